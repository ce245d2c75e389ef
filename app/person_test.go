//go:build !js

package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

// mary is a member with everything.
func mary() api.PersonInfo {
	now := time.Now().UnixMilli()
	return api.PersonInfo{PersonRow: api.PersonRow{ID: idMary, UserName: "mary", DisplayName: "Mary Somerville", Email: "mary@stars.example", Role: "member", State: "active", TwoFactorSince: now},
		MayHelp: true, RecoveryCodesLeft: 7,
		Authenticators: []api.AuthenticatorRow{{ID: "a1", Name: "Pocket", Added: now}, {ID: "a2", Name: "Broken", Added: now, Disabled: true}},
		RecoveryPhones: []api.PhoneRow{{ID: "p1", Number: "+44 ••• 42", Added: now}},
		Sessions:       []api.SessionRow{{ID: "s1", Device: "Firefox on Android", Address: "203.0.113.7", Started: now, LastSeen: now}},
		Links:          []api.LinkRow{{ID: idLocky, Kind: "reset", Created: now, Expires: now + 3_600_000}},
		Activity: []api.ActivityRow{
			{At: now, Kind: "two_factor_reset", Outcome: "denied", By: "Ada Lovelace", Address: "127.0.0.1", Details: map[string]string{"way": "recovery code by telephone", "reason": "she called"}},
			{At: now, Kind: "authenticator_added", Outcome: "allowed", Device: "Chromium on Linux", Address: "127.0.0.1", Details: map[string]string{"name": "Pocket"}},
			{At: now, Kind: "sign_in_refused", Outcome: "denied", Address: "203.0.113.9"},
			{At: now, Kind: "sign_in_refused", Outcome: "denied", Address: "203.0.113.9"},
			{At: now, Kind: "sign_in_refused", Outcome: "denied", Address: "203.0.113.10"},
			{At: now, Kind: "throttle_lifted", Outcome: "allowed", By: "command line"},
			{At: now, Kind: "of_a_newer_server", Outcome: "allowed"},
		}}
}

// at opens the page of i, for somebody who has proved who they are.
func atPerson(t *testing.T, i api.PersonInfo, answers map[string][]any) (*personPage, *desk, func()) {
	t.Helper()
	who := grace
	who.ProvedUntil = freshly()
	answers[api.Session.Path] = []any{who}
	if answers[api.Person.Path] == nil {
		answers[api.Person.Path] = []any{i}
	}
	p := &personPage{}
	d, settle := open(t, p, personPath(i.ID), answers)
	return p, d, settle
}

func TestPerson_SaysHowTheAccountStands(t *testing.T) {
	p, d, _ := atPerson(t, mary(), map[string][]any{})
	reads(t, p, []string{"Mary Somerville", "mary@stars.example", "Member", "Can sign in", "Active", "Pocket", "Broken", "7 left", "+44 ••• 42", "Firefox on Android", "203.0.113.7",
		"Turns two-factor authentication off", "Good until",
		"A recovery code that was read out by telephone was refused.", "by Ada Lovelace, with a recovery code by telephone, from 127.0.0.1", "Reason: she called",
		"Added the authenticator “Pocket”.", "Chromium on Linux from 127.0.0.1", "A sign-in was refused. 2 times from 203.0.113.9", "by a command on the host", "of a newer server",
		"Send a link to turn off two-factor", "Caller has a recovery code", "Close the account to strangers", "End all sessions"},
		"your own account", "You cannot act", "closed to strangers", "has to wait")
	if p.title() != "Mary Somerville" {
		t.Errorf("the title is %q", p.title())
	}
	if got := d.called(api.Person.Path); !slices.Equal(got, []string{`{"id":"` + idMary + `"}`}) {
		t.Errorf("asked %v", got)
	}
}

func TestPerson_SaysWhyNothingCanBeDone(t *testing.T) {
	acts := []string{"Send a link to turn off two-factor", "Caller has a recovery code", "Close the account to strangers", "End all sessions", "Take back", "Let them try again"}
	self, above := mary(), mary()
	self.MayHelp, self.Self, self.ThrottledUntil = false, true, time.Now().Add(time.Hour).UnixMilli()
	above.MayHelp = false
	p, _, _ := atPerson(t, self, map[string][]any{})
	reads(t, p, []string{"This is your own account", "Nobody helps themselves here"}, acts...)
	p, _, _ = atPerson(t, above, map[string][]any{})
	reads(t, p, []string{"You cannot act on this account"}, acts...)
}

func TestPerson_OffersWhatMakesSense(t *testing.T) {
	plain := api.PersonInfo{PersonRow: api.PersonRow{ID: idMary, UserName: "mary", Role: "member", State: "active", Locked: true}, MayHelp: true,
		ThrottledUntil: time.Now().Add(time.Hour).UnixMilli()}
	p, _, _ := atPerson(t, plain, map[string][]any{})
	reads(t, p, []string{"This account is closed to strangers", "has to wait until", "Let them try again", "The password alone opens the door.", "Close the account to strangers", "Nowhere at this moment.", "Nothing yet."},
		"Send a link to turn off", "Caller has a recovery code", "End all sessions", "Authenticators")
	none := mary()
	none.RecoveryCodesLeft = 0
	p, _, _ = atPerson(t, none, map[string][]any{})
	reads(t, p, []string{"None left", "Send a link to turn off"}, "Caller has a recovery code")
}

func TestPerson_NotThere(t *testing.T) {
	for _, c := range []check.Code{check.NotFound, check.Forbidden} {
		p, _, _ := atPerson(t, mary(), map[string][]any{api.Person.Path: {&api.Error{Code: c}}})
		want := "There is no such person"
		if c == check.Forbidden {
			want = say().Code(c)
		}
		reads(t, p, []string{want}, "Send a link")
	}
}

func TestPerson_EveryHelpAsksForAReasonAndSaysWhatHappens(t *testing.T) {
	for _, c := range []struct {
		asks   helpAsk
		path   string
		answer any
		says   []string
		sent   string
		done   string
	}{
		{helpLock, api.LockDownPerson.Path, api.Done{}, []string{"Close the account to strangers?", "Every session ends at once", "What they are told"}, `{"id":"` + idMary + `","reason":"stolen"}`, ""},
		{helpEnd, api.EndPersonSessions.Path, api.Ended{Count: 2}, []string{"End all sessions?", "The password and the second step stay"}, `{"id":"` + idMary + `","reason":"stolen"}`, ""},
		{helpLift, api.LiftThrottle.Path, api.Done{}, []string{"Let them try again at once?", "If it was not them"}, `{"id":"` + idMary + `","reason":"stolen"}`, ""},
		{helpCode, api.HelpByRecoveryCode.Path, api.Done{}, []string{"Take a recovery code", "Never ask for their password.", "Read it back: ABCD-EFGH-JKMN-PQRS"},
			`{"id":"` + idMary + `","reason":"stolen","recovery_code":"abcd efgh-jkmn pqrs"}`, ""},
	} {
		t.Run(string(c.asks), func(t *testing.T) {
			p, d, settle := atPerson(t, mary(), map[string][]any{c.path: {&api.Error{Code: check.Forbidden}, c.answer}})
			p.begin(c.asks)
			p.help.form.set("recovery_code", "abcd efgh-jkmn pqrs")
			reads(t, p, append(c.says, "Mary Somerville (mary)", "Reason"), "Is it still you?")
			p.submit()
			settle()
			reads(t, p, []string{"Please fill this in."})
			p.help.form.set("reason", "stolen")
			p.submit()
			settle()
			reads(t, p, []string{say().Code(check.Forbidden)})
			p.submit()
			p.submit() // once is enough
			settle()
			if got := d.called(c.path); !slices.Equal(got, []string{c.sent, c.sent}) {
				t.Errorf("sent %v", got)
			}
			reads(t, p, []string{"Recent activity"}, c.says[0])
		})
	}
}

func TestPerson_AsksForAStepUpFirst(t *testing.T) {
	p := &personPage{}
	_, settle := open(t, p, personPath(idMary), map[string][]any{api.Session.Path: {grace}, api.Person.Path: {mary()}, api.StepUp.Path: {api.Proof{}}})
	p.begin(helpLock)
	reads(t, p, []string{"Is it still you?"}, "Close the account to strangers?")
	p.stepUp.form.set("password", "umbrella kitchen orbit")
	p.stepUp.submit(&p.account)
	settle()
	reads(t, p, []string{"Close the account to strangers?"}, "Is it still you?")
	p.close()
	reads(t, p, nil, "Close the account to strangers?")
}

func TestPerson_WrongRecoveryCodesAreCalm(t *testing.T) {
	p, _, settle := atPerson(t, mary(), map[string][]any{api.HelpByRecoveryCode.Path: {&api.Error{Code: check.WrongRecoveryCode}, &api.Error{Code: check.Throttled, Retry: 90}}})
	p.begin(helpCode)
	p.help.form.set("reason", "she called")
	p.help.form.set("recovery_code", "ABCD")
	p.submit()
	settle()
	reads(t, p, []string{say().Code(check.RecoveryCodeShape)})
	p.help.form.set("recovery_code", "ABCD-EFGH-JKMN-PQRS")
	p.submit()
	settle()
	if c := p.help.form.problems["recovery_code"]; c != check.WrongRecoveryCode || p.help.form.failure.Code != "" {
		t.Errorf("the field has the problem %q", c)
	}
	p.submit()
	settle()
	reads(t, p, []string{"There were too many tries.", "Try again in 90 seconds.", "Read it back: ABCD-EFGH-JKMN-PQRS"})
}

func TestPerson_TheLinkIsShownOnce(t *testing.T) {
	link := "https://door.example/turn-off/" + testToken
	made := api.ResetLink{Link: link, QR: []string{"101", "010", "101"}, Expires: time.Now().Add(3 * time.Hour).UnixMilli(), Mailed: "mary@stars.example"}
	p, d, settle := atPerson(t, mary(), map[string][]any{api.SendResetLink.Path: {made}})
	p.begin(helpLink)
	reads(t, p, []string{"1 hour", "24 hours", "What they are told: that you have made this link"})
	p.help.form.set("reason", "new phone")
	p.help.hours = 3
	p.submit()
	settle()
	if got := d.called(api.SendResetLink.Path); !slices.Equal(got, []string{`{"id":"` + idMary + `","reason":"new phone","hours":3}`}) {
		t.Errorf("sent %v", got)
	}
	reads(t, p, []string{link, "Mailed to mary@stars.example.", "It works once, until", "Copy the link"}, "shown only now")
	p.who.value.Warnings = []api.Warning{api.WarnMailUnset}
	reads(t, p, []string{"The mail to mary@stars.example waits in the outbox"}, "Mailed to")
	p.handedOver()
	reads(t, p, []string{link, "It is shown only now.", "Close for good"})
	p.handedOver()
	reads(t, p, nil, link, "It is shown only now.")

	p.help.made, p.help.hurry, p.help.taken = &made, false, true
	p.handedOver()
	reads(t, p, nil, link) // it was copied
}

func TestPerson_TakesALinkBack(t *testing.T) {
	after := mary()
	after.Links = nil
	p, d, settle := atPerson(t, mary(), map[string][]any{api.Person.Path: {mary(), after}, api.RevokeLink.Path: {&api.Error{Code: check.NotFound}, api.Done{}}})
	p.revoke(idLocky)
	reads(t, p, []string{"Take this link back?", "It stops working at once."}, "How you know that it is them")
	p.submit()
	settle()
	reads(t, p, []string{say().Code(check.NotFound)})
	p.submit()
	settle()
	if got := d.called(api.RevokeLink.Path); len(got) != 2 || got[0] != `{"id":"`+idMary+`","link":"`+idLocky+`"}` {
		t.Errorf("sent %v", got)
	}
	reads(t, p, []string{"None."}, "Take this link back?", "Good until")
}

func TestPerson_AnotherIdForgetsThePersonBefore(t *testing.T) {
	p, _, _ := atPerson(t, mary(), map[string][]any{})
	p.help.asks = helpLock
	_, settle := open(t, p, personPath(idAda), map[string][]any{api.Session.Path: {grace}, api.Person.Path: {&api.Error{Code: check.NotFound}}})
	settle()
	reads(t, p, []string{"There is no such person"}, "Mary", "Close the account to strangers?")
}

func TestPerson_LongNames(t *testing.T) {
	long := mary()
	long.DisplayName, long.Email = strings.Repeat("Somerville", 20), strings.Repeat("m", 200)+"@stars.example"
	p, _, _ := atPerson(t, long, map[string][]any{})
	p.begin(helpLink)
	reads(t, p, []string{long.DisplayName + " (mary)", long.Email})
}
