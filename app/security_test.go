//go:build !js

package app

import (
	"slices"
	"strings"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"
)

func TestSecurityPage_NotSetUp(t *testing.T) {
	p := &securityPage{}
	open(t, p, "/profile/security", map[string][]any{api.Session.Path: {ada}, api.Security.Path: {inactive}})
	reads(t, p, []string{"Not set up", "Set up two-factor authentication", "Change the password"}, "Active", "Recovery codes", "Turn it off")
}

func TestSecurityPage_Active(t *testing.T) {
	p := &securityPage{}
	open(t, p, "/profile/security", map[string][]any{api.Session.Path: {adaTwo}, api.Security.Path: {active}})
	reads(t, p, []string{"Active", "Active since", "Phone", "Not used yet", "Keep a second way in", "10 of 10 left", "Turn it off", "Add another"},
		"Not set up", "Few recovery codes")

	many := active
	many.Authenticators = nil
	for _, id := range []string{"a1", "a2", "a3", "a4", "a5"} {
		many.Authenticators = append(many.Authenticators, api.AuthenticatorRow{ID: id, Name: "Phone " + id, Disabled: id == "a3", LastUsed: 1})
	}
	many.RecoveryCodesLeft = 3
	p.info.value = many
	reads(t, p, []string{"as many as there may be", "Few recovery codes are left", "3 of 10 left", "Switched off", "Last used"},
		"Add another", "Keep a second way in")
	p.info.value.RecoveryCodesLeft = 0
	reads(t, p, []string{"No recovery codes are left"})
}

func TestSecurityPage_TheLastOneIsReplacedOrTurnedOff(t *testing.T) {
	p := &securityPage{}
	d, _ := open(t, p, "/profile/security", map[string][]any{api.Session.Path: {adaTwo}, api.Security.Path: {provedSecurity(active)}})
	d.calls = nil
	p.onRemove("a1")
	reads(t, p, []string{"This is your only authenticator app", "Replace it", "Turn it off"})
	if len(d.calls) != 0 {
		t.Errorf("explaining took the calls %v", d.calls)
	}
}

func TestSecurityPage_TextMessages(t *testing.T) {
	pocket := api.AuthenticatorRow{ID: "a2", Method: api.MethodText, Name: "Pocket", Number: "••• 42"}
	nameless := api.AuthenticatorRow{ID: "a3", Method: api.MethodText, Number: "••• 77"}
	s := provedSecurity(active)
	s.Authenticators = []api.AuthenticatorRow{phone, pocket, nameless}
	p := &securityPage{}
	open(t, p, "/profile/security", map[string][]any{api.Session.Path: {adaTwo}, api.Security.Path: {s}})
	reads(t, p, []string{"Pocket", "Text message – the weaker choice", "••• 42", "••• 77"}, "Keep a second way in")
	if got := strings.Count(text(t, p), "••• 77"); got != 4 { // the name, and what each of three buttons is about
		t.Errorf("the number of a nameless one is there %d times", got)
	}
	p.onRemove("a2")
	reads(t, p, []string{"Remove Pocket?", "No codes are sent to it any more."}, "QR code")
	p.close()
	p.prepare(askRename, "a2")
	reads(t, p, []string{"Rename this phone"})
	p.asks, p.info.value.Authenticators = askNothing, []api.AuthenticatorRow{nameless}
	p.onRemove("a3")
	reads(t, p, []string{"This phone is your only second step"})
}

func TestSecurityPage_UrgesASecondWay(t *testing.T) {
	text := api.AuthenticatorRow{ID: "a2", Method: api.MethodText, Name: "Pocket"}
	verified := []api.PhoneRow{{ID: "p1", Number: "••• 42"}}
	for _, c := range []struct {
		name   string
		list   []api.AuthenticatorRow
		phones []api.PhoneRow
		policy api.PhonePolicy
		want   string // "" for no advice
	}{
		{"an app alone", []api.AuthenticatorRow{phone}, nil, api.PhoneOff, say().Security.OneOnlyText},
		{"an app where phones are possible", []api.AuthenticatorRow{phone}, nil, api.PhoneOptional, say().Security.OneOnlyOrPhone},
		{"an app and a phone", []api.AuthenticatorRow{phone}, verified, api.PhoneOptional, ""},
		{"text messages alone", []api.AuthenticatorRow{text}, verified, api.PhoneOptional, say().Security.OneIsText},
		{"two", []api.AuthenticatorRow{phone, text}, nil, api.PhoneOptional, ""},
	} {
		if got := secondWay(api.SecurityInfo{Authenticators: c.list, RecoveryPhones: c.phones, RecoveryPhone: c.policy}); got != c.want {
			t.Errorf("%s: the advice is %q", c.name, got)
		}
	}
}

func TestSecurityPage_Remove(t *testing.T) {
	two := provedSecurity(active)
	two.Authenticators = []api.AuthenticatorRow{phone, {ID: "a2", Name: "Tablet"}}
	one := provedSecurity(active)
	p := &securityPage{}
	d, settle := open(t, p, "/profile/security", map[string][]any{
		api.Session.Path: {adaTwo}, api.Security.Path: {two, one}, api.RemoveAuthenticator.Path: {api.Done{}}})
	p.onRemove("a2")
	reads(t, p, []string{"Remove Tablet?"})
	p.remove()
	settle()
	if got := d.called(api.RemoveAuthenticator.Path); !slices.Equal(got, []string{`{"id":"a2"}`}) {
		t.Errorf("sent %v", got)
	}
	reads(t, p, []string{"Phone"}, "Tablet", "Remove Tablet?")
}

func TestSecurityPage_Rename(t *testing.T) {
	renamed := provedSecurity(active)
	renamed.Authenticators = []api.AuthenticatorRow{{ID: "a1", Name: "Pocket"}}
	p := &securityPage{}
	d, settle := open(t, p, "/profile/security", map[string][]any{
		api.Session.Path: {adaTwo}, api.Security.Path: {provedSecurity(active), renamed}, api.RenameAuthenticator.Path: {api.Done{}}})
	p.prepare(askRename, "a1")
	p.form.set("name", " ")
	p.onRename(p.page, goappEvent())
	settle()
	reads(t, p, []string{"Rename this authenticator app", "Please fill this in."})
	p.form.set("name", "Pocket")
	p.onRename(p.page, goappEvent())
	settle()
	if got := d.called(api.RenameAuthenticator.Path); !slices.Equal(got, []string{`{"id":"a1","name":"Pocket"}`}) {
		t.Errorf("sent %v", got)
	}
	reads(t, p, []string{"Pocket"}, "Rename this authenticator app")
	// What is drawn for the row from here on knows the new name.
	p.onRemove("a1")
	if p.row.Name != "Pocket" {
		t.Errorf("the row is still called %q", p.row.Name)
	}
}

func TestSecurityPage_NewCodesAreHeldUntilSaved(t *testing.T) {
	p := &securityPage{}
	_, settle := open(t, p, "/profile/security", map[string][]any{
		api.Session.Path: {adaTwo}, api.Security.Path: {provedSecurity(active)},
		api.RegenerateRecoveryCodes.Path: {api.RecoveryCodes{Codes: []string{"AAAA-BBBB-CCCC-0000"}}}})
	p.prepare(askCodes, "")
	reads(t, p, []string{"Make new recovery codes?", "stop working at once"})
	p.regenerate()
	settle()
	p.kept()
	reads(t, p, []string{"AAAA-BBBB-CCCC-0000", "Please save the codes first"})
	p.keep.take()
	p.keep.tick(true)
	p.kept()
	settle()
	reads(t, p, []string{"Recovery codes"}, "AAAA-BBBB-CCCC-0000")
}

func TestSecurityPage_TurnOff(t *testing.T) {
	p := &securityPage{}
	_, settle := open(t, p, "/profile/security", map[string][]any{
		api.Session.Path: {adaTwo}, api.Security.Path: {provedSecurity(active), provedSecurity(inactive)},
		api.TurnOffTwoFactor.Path: {&api.Error{Code: check.PasswordShortAlone}, api.Done{}}})
	p.prepare(askOff, "")
	reads(t, p, []string{"Your authenticators are forgotten.", "Keep it on"})
	p.turnOff()
	settle()
	reads(t, p, []string{"too short to stand alone", "Choose a longer one"})
	p.turnOff()
	settle()
	reads(t, p, []string{"Not set up"}, "too short to stand alone", "Keep it on")
}
