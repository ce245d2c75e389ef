//go:build !js

package app

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

func rules() api.PolicySettings {
	return api.PolicySettings{Methods: []api.Method{api.MethodTOTP, api.MethodText}, RecoveryPhone: api.PhoneOptional, TrustedDays: 30, IdleMinutes: 60,
		OverallMinutes: 1440, StaySignedIn: true, MinPassword: 8}
}

func TestDraft_ChangesWhatWasTypedAndNothingElse(t *testing.T) {
	told := map[string]string{}
	typed := func(name string) (string, bool) { v, ok := told[name]; return v, ok }
	d := draftOf(rules())
	if got, problems := d.settings(typed); len(problems) > 0 || len(differences(rules(), got)) > 0 {
		t.Errorf("untouched, it is %+v with %v", got, problems)
	}
	told[numberIdle], told[numberTrust] = " 2 ", "0"
	d.unit[numberIdle], d.stay, d.text, d.phone = unitDay, false, false, api.PhoneOff
	got, problems := d.settings(typed)
	if len(problems) > 0 || got.IdleMinutes != 2880 || got.TrustedDays != 0 || got.StaySignedIn || allows(got, api.MethodText) || got.RecoveryPhone != api.PhoneOff || got.OverallMinutes != 1440 {
		t.Errorf("it is %+v with %v", got, problems)
	}
	for text, want := range map[string]api.Code{"": check.Required, "x": check.WrongType, "-1": check.WrongType, "1.5": check.WrongType, "99999999999999999999": check.WrongType, "9999999": check.TooLong} {
		told[numberPassword] = text
		if _, problems := d.settings(typed); problems[numberPassword] != want {
			t.Errorf("%q: %v", text, problems)
		}
	}
}

func TestDraft_OntoTheirsKeepsWhatWasTyped(t *testing.T) {
	d := draftOf(rules())
	d.stay, d.unit[numberOverall] = false, unitHour
	theirs := rules()
	theirs.MinPassword, theirs.IdleMinutes, theirs.RecoveryPhone = 12, 15, api.PhoneRequired
	anew := d.onto(theirs, map[string]string{numberTrust: "14"})
	want := map[string]string{numberTrust: "14", numberIdle: "15", numberOverall: "1", numberPassword: "12"}
	for name, text := range want {
		if anew.first[name] != text {
			t.Errorf("%s shows %q, want %q", name, anew.first[name], text)
		}
	}
	if anew.stay || anew.phone != api.PhoneRequired || anew.unit[numberIdle] != unitMinute || anew.unit[numberOverall] != unitHour {
		t.Errorf("it is %+v", anew)
	}
	if got := differences(rules(), theirs); len(got) != 3 || got[0] != (api.SettingChange{Name: "recovery_phone", Before: "optional", After: "required"}) {
		t.Errorf("they differ in %v", got)
	}
}

func TestSettingWords(t *testing.T) {
	for _, c := range []struct{ name, v, want string }{
		{"methods", "totp, sms", "Authenticator app, Text message"}, {"recovery_phone", "required", "Required"}, {numberTrust, "0", "Not at all"}, {numberTrust, "1", "1 day"},
		{numberIdle, "15", "15 minutes"}, {numberIdle, "60", "1 hour"}, {numberOverall, "43200", "30 days"}, {numberOverall, "90", "90 minutes"},
		{"stay_signed_in", "true", "Yes"}, {"stay_signed_in", "false", "No"}, {numberPassword, "12", "12 characters"}, {"of_a_newer_server", "blue", "blue"},
	} {
		if got := settingWords(c.name, c.v); got != c.want {
			t.Errorf("%s %s: %q", c.name, c.v, got)
		}
	}
}

// atPolicy opens the page of the rules with what the calls answer.
func atPolicy(t *testing.T, answers map[string][]any) (*policyPage, *desk, func()) {
	t.Helper()
	p := &policyPage{}
	answers[api.Session.Path] = []any{graceTwo}
	d, settle := open(t, p, policyPath, answers)
	return p, d, settle
}

func TestPolicyPage_PreviewsAndPutsInForce(t *testing.T) {
	tighter := rules()
	tighter.TrustedDays, tighter.Methods = 7, []api.Method{api.MethodTOTP}
	p, d, settle := atPolicy(t, map[string][]any{api.Policy.Path: {api.PolicyInfo{PolicySettings: rules(), Version: 3, Texts: true}},
		api.PreviewPolicy.Path: {api.PolicyPreview{Changes: []api.SettingChange{{Name: "methods", Before: "totp, sms", After: "totp"}, {Name: numberTrust, Before: "30", After: "7"}},
			Affected: []api.MethodUse{{Method: api.MethodText, People: 7, Only: 1, First: peopleRows()[1:2]}}, Sessions: 12}},
		api.ChangePolicy.Path: {api.PolicyInfo{PolicySettings: tighter, Version: 4, Texts: true}}})
	reads(t, p, []string{"Recovery phone", "15 is the least in any case", "See what changes"}, "Put it in force")
	p.draft.text = false
	p.form.set(numberTrust, "700")
	p.look()
	reads(t, p, []string{"This is more than it can be."}, "Put it in force")
	p.form.set(numberTrust, "7")
	p.look()
	settle()
	reads(t, p, []string{"Methods Authenticator app, Text message Authenticator app", "Trusted devices 30 days 7 days", "Text message: 7 people use it. 1 person has nothing else", "Mary Somerville",
		"12 sessions end at once", "Text messages alone are enough until"})
	p.until.form.set(whenDay, "2020-01-01")
	p.enact()
	reads(t, p, []string{"Please choose a moment that is still to come."})
	day := time.Now().UTC().AddDate(0, 0, 20).Format("2006-01-02")
	p.until.form.set(whenDay, day)
	p.enact()
	settle()
	at, _ := momentOf(day, "09:00")
	if got := d.called(api.ChangePolicy.Path); len(got) != 1 || got[0] != fmt.Sprintf(`{"version":3,"methods":["totp"],"until":{"sms":%d},"recovery_phone":"optional","trusted_days":7,"idle_minutes":60,"overall_minutes":1440,"stay_signed_in":true,"min_password":8}`, at) {
		t.Errorf("sent %q", got)
	}
	reads(t, p, []string{"See what changes"}, "Put it in force")
}

func TestPolicyPage_SomebodyElseWasFaster(t *testing.T) {
	theirs := rules()
	theirs.MinPassword = 12
	p, d, settle := atPolicy(t, map[string][]any{api.Policy.Path: {api.PolicyInfo{PolicySettings: rules(), Version: 3, Texts: true}, api.PolicyInfo{PolicySettings: theirs, Version: 4, Texts: true}},
		api.PreviewPolicy.Path: {&api.Error{Code: check.PolicyChanged}, api.PolicyPreview{}}})
	p.form.set(numberTrust, "14")
	p.look()
	settle()
	reads(t, p, []string{"Somebody else has changed the rules meanwhile", "Least length of a password: 8 characters before, 12 characters now."})
	p.look()
	settle()
	if got := d.called(api.PreviewPolicy.Path); len(got) != 2 || got[1] != `{"version":4,"methods":["totp","sms"],"recovery_phone":"optional","trusted_days":14,"idle_minutes":60,"overall_minutes":1440,"stay_signed_in":true,"min_password":12}` {
		t.Errorf("sent %q", got)
	}
	reads(t, p, []string{"Nothing changes", "Change it again"}, "Put it in force", "meanwhile")
}

func TestPolicyPage_WithoutTextsAsksForNoPhone(t *testing.T) {
	s := rules()
	s.Methods = s.Methods[:1]
	s.Until = map[api.Method]int64{api.MethodText: time.Date(2099, 3, 3, 9, 0, 0, 0, time.UTC).UnixMilli()}
	p, _, _ := atPolicy(t, map[string][]any{api.Policy.Path: {api.PolicyInfo{PolicySettings: s, Version: 3}}})
	reads(t, p, []string{"DOORWARD_SMS_GATEWAY", "so nobody is asked for one", "Until Tuesday, 3 March 2099"}, "Optional")
}

func TestAdminPages_WhoHasNoTwoFactorIsLedToTheWizard(t *testing.T) {
	p, _, _ := atPolicy(t, map[string][]any{api.Policy.Path: {&api.Error{Code: check.TwoFactorFirst}}})
	reads(t, p, []string{"protects their own first", "Set up two-factor authentication"}, "Try again")
	if links := linksOf(t, p); !slices.Contains(links, WizardPath) {
		t.Errorf("it leads to %q", links)
	}
}

func TestChecklist_TicksAndGoesAway(t *testing.T) {
	item := func(i api.ChecklistItem, done bool) api.ChecklistRow { return api.ChecklistRow{Item: i, Done: done} }
	open1 := []api.ChecklistRow{item(api.ItemTwoFactor, true), item(api.ItemInvite, false), item(api.ItemMandatory, false), item(api.ItemMail, false), item(api.ItemBackup, false), item("of_a_newer_server", false)}
	done := slices.Clone(open1)
	done[4].Done = true
	p := &homePage{}
	d, settle := open(t, p, "/", map[string][]any{api.Session.Path: {graceTwo}, api.Security.Path: {active}, api.Checklist.Path: {api.ChecklistInfo{Items: open1}},
		api.TickChecklist.Path: {api.ChecklistInfo{Items: done}, &api.Error{Code: check.Offline}, api.ChecklistInfo{Items: done, Away: true}}})
	reads(t, p, []string{"First steps", "5 things are left.", "Done: Protect your own account", "To do: Invite people", "DOORWARD_SMTP", "DOORWARD_MAIL_FROM", "key ring", "Something new", "Put this list away"}, "DOORWARD_SMS_GATEWAY")
	links := linksOf(t, p)
	for _, to := range []string{invitePath, adoptionPath} {
		if !slices.Contains(links, to) {
			t.Errorf("nothing leads to %s", to)
		}
	}
	p.first.tick(&p.account, api.ItemBackup)
	settle()
	reads(t, p, []string{"4 things are left.", "Done: Have it backed up"})
	p.first.tick(&p.account, api.ItemAll)
	settle()
	reads(t, p, []string{"The server cannot be reached.", "First steps"})
	p.first.tick(&p.account, api.ItemAll)
	settle()
	reads(t, p, nil, "First steps")
	if got := d.called(api.TickChecklist.Path); !slices.Equal(got, []string{`{"item":"backup","done":true}`, `{"item":"all","done":true}`, `{"item":"all","done":true}`}) {
		t.Errorf("sent %q", got)
	}
	m := &homePage{}
	dm, _ := open(t, m, "/", map[string][]any{api.Session.Path: {ada}, api.Security.Path: {inactive}})
	if got := dm.called(api.Checklist.Path); len(got) != 0 {
		t.Error("a member is asked for the list")
	}
}
