package server_test

import (
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// addPhone verifies a recovery phone; with replaces, in the place of that one.
func addPhone(t *testing.T, p *servertest.Portal, who *servertest.Person, number, replaces string) api.PhoneCheck {
	t.Helper()
	servertest.Must(t, who, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: number, Country: "DE", Replaces: replaces})
	return servertest.Must(t, who, api.ConfirmRecoveryPhone, api.ConfirmRecoveryPhoneRequest{Passcode: p.CodeAt(number)})
}

func phonesOf(t *testing.T, who *servertest.Person) []api.PhoneRow {
	t.Helper()
	return servertest.Must(t, who, api.Security, api.None{}).RecoveryPhones
}

// confirmApp goes through the wizard with an app, up to the recovery codes.
func confirmApp(t *testing.T, p *servertest.Portal, who *servertest.Person) {
	t.Helper()
	who.Secret = who.Start("App", "")
	servertest.Must(t, who, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: who.Secret.Passcode(auth.TimeStep(p.Clock.Now()))})
}

// In a first wizard a verified number waits for two-factor to be turned on:
// cancelled, nothing is left of it; reloaded, it is still there.
func TestRecoveryPhone_InTheFirstWizard(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		p.SetPolicy(func(q *auth.Policy) { q.RecoveryPhone = auth.PhoneRequired })
		if checked := addPhone(t, p, ada, german, ""); checked.Stage != api.StageConfirmed || checked.Number != germanMasked {
			t.Errorf("verified in the wizard: %+v", checked)
		}
		if list := phonesOf(t, ada); len(list) != 0 {
			t.Errorf("before two-factor is on: %+v", list)
		}
		if again := servertest.Must(t, ada, api.CurrentRecoveryPhone, api.None{}); again.Stage != api.StageConfirmed || !servertest.Must(t, ada, api.EnrollmentOptions, api.None{}).HasPhone {
			t.Errorf("after a reload: %+v", again)
		}
		servertest.Must(t, ada, api.CancelRecoveryPhone, api.None{})
		confirmApp(t, p, ada)
		if refused := servertest.Refused(t, ada, api.FinishEnrollment, api.FinishEnrollmentRequest{Saved: true}); refused != check.RecoveryPhoneRequired {
			t.Errorf("finishing without the phone that is asked for: %q", refused)
		}
		addPhone(t, p, ada, british, "")
		p.Clock.Advance(auth.SaveFor - time.Minute)
		confirmAgain := *ada
		confirmAgain.Secret = nil
		confirmAgain.StepUp()
		confirmApp(t, p, ada)
		p.Clock.Advance(2 * time.Minute) // the phone waits as long as the codes do
		servertest.Must(t, ada, api.FinishEnrollment, api.FinishEnrollmentRequest{Saved: true})
		if list := phonesOf(t, ada); len(list) != 1 || list[0].Number != "+44 ••• 56" {
			t.Errorf("once two-factor is on: %+v", list)
		}
	}, servertest.WithTexts)
}

// A phone that takes the codes needs no other beside it; where a recovery phone is
// off or no message can be sent, none is asked for nor taken.
func TestRecoveryPhone_Policies(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	ada := p.SetUp().SignIn()
	p.SetPolicy(func(q *auth.Policy) { q.RecoveryPhone = auth.PhoneRequired })
	ada.EnrollText(german)
	grace, edith := p.Invite("grace").SignIn().StepUp(), p.Invite("edith").SignIn()
	start := func() check.Code {
		return servertest.Refused(t, grace, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: british, Country: "GB"})
	}
	p.SetPolicy(func(q *auth.Policy) { q.RecoveryPhone = auth.PhoneOff })
	if refused := start(); refused != check.TextsUnavailable {
		t.Errorf("where it is off: %q", refused)
	}
	p.SetPolicy(func(q *auth.Policy) { q.RecoveryPhone = auth.PhoneRequired })
	p.Reconfigure(withoutTexts)
	if refused := start(); refused != check.TextsUnavailable {
		t.Errorf("without a gateway: %q", refused)
	}
	grace.Enroll() // nobody is kept from two-factor by a gateway that is not there
	p.SetPolicy(func(q *auth.Policy) { q.RecoveryPhone = auth.PhoneOptional })
	edith.Enroll()
}

// With two-factor on a number counts at once; two are the most; each change tells
// the numbers from before it; the last stays where one is asked for.
func TestRecoveryPhone_ChangeAndRemove(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().StepUp()
		if checked := addPhone(t, p, ada, german, ""); checked.Stage != api.StageFinished {
			t.Errorf("verified: %+v", checked)
		}
		start := func(number, replaces string) check.Code {
			t.Helper()
			return servertest.Refused(t, ada, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: number, Country: "DE", Replaces: replaces})
		}
		if refused := start(german, ""); refused != check.PhoneSame {
			t.Errorf("the same number: %q", refused)
		}
		addPhone(t, p, ada, british, "")
		if refused := start(american, ""); refused != check.TooManyPhones {
			t.Errorf("a third: %q", refused)
		}
		list := phonesOf(t, ada)
		p.Deliver()
		p.Post.Empty()
		addPhone(t, p, ada, american, list[0].ID)
		p.Deliver()
		if n := len(p.Post.Texts(german)); n != 1 {
			t.Errorf("the number that was replaced got %d messages", n)
		}
		if n := len(p.Post.Mails("ada@example.org")); n != 1 {
			t.Errorf("%d mails about the change", n)
		}
		p.SetPolicy(func(q *auth.Policy) { q.RecoveryPhone = auth.PhoneRequired })
		p.Post.Empty()
		remove := func(id string) check.Code {
			t.Helper()
			return servertest.Refused(t, ada, api.RemoveRecoveryPhone, api.RemoveRecoveryPhoneRequest{ID: id})
		}
		if refused := remove(list[0].ID); refused != check.NotFound {
			t.Errorf("removing what was replaced: %q", refused)
		}
		if refused := remove(list[1].ID); refused != "" {
			t.Errorf("removing one of two: %q", refused)
		}
		p.Deliver()
		if n := len(p.Post.Texts(british)); n != 1 {
			t.Errorf("the number that was removed got %d messages", n)
		}
		last := phonesOf(t, ada)
		if refused := remove(last[0].ID); len(last) != 1 || refused != check.RecoveryPhoneRequired {
			t.Errorf("removing the last of %d: %q", len(last), refused)
		}
		p.SetPolicy(func(q *auth.Policy) { q.RecoveryPhone = auth.PhoneOptional })
		p.Post.Empty()
		servertest.Must(t, ada, api.TurnOffTwoFactor, api.None{})
		p.Deliver()
		if n := len(p.Post.Texts(american)); n != 1 || len(phonesOf(t, ada)) != 0 {
			t.Errorf("turning two-factor off: %d messages to the phone, %d phones left", n, len(phonesOf(t, ada)))
		}
	}, servertest.WithTexts)
}

// Another session of the user neither sees nor confirms nor cancels a verification,
// and nobody else names its phones.
func TestRecoveryPhone_OtherSessions(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		eve := thief(p, ada).SignIn().StepUp()
		grace := p.Invite("grace").SignIn().Enroll().StepUp()
		ada.StepUp()
		servertest.Must(t, ada, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: german, Country: "DE"})
		code := p.CodeAt(german)
		if seen := servertest.Must(t, eve, api.CurrentRecoveryPhone, api.None{}); seen.Stage != api.StageNone || seen.Number != "" {
			t.Errorf("another session sees %+v", seen)
		}
		for _, refused := range []check.Code{
			servertest.Refused(t, eve, api.ConfirmRecoveryPhone, api.ConfirmRecoveryPhoneRequest{Passcode: code}),
			servertest.Refused(t, eve, api.ResendRecoveryPhone, api.None{}),
			servertest.Refused(t, grace, api.ConfirmRecoveryPhone, api.ConfirmRecoveryPhoneRequest{Passcode: code}),
		} {
			if refused != check.EnrollmentExpired {
				t.Errorf("another session: %q", refused)
			}
		}
		servertest.Must(t, eve, api.CancelRecoveryPhone, api.None{})
		p.Clock.Advance(30 * time.Second)
		if again := servertest.Must(t, ada, api.ResendRecoveryPhone, api.None{}); again.Text == nil || again.Number != germanMasked {
			t.Errorf("sent again: %+v", again)
		}
		if refused := servertest.Refused(t, ada, api.ConfirmRecoveryPhone, api.ConfirmRecoveryPhoneRequest{Passcode: code}); refused != check.WrongTextCode {
			t.Errorf("the code before: %q", refused)
		}
		newest := p.CodeAt(german)
		if n := once(func(int) bool {
			_, err := api.ConfirmRecoveryPhone.Call(t.Context(), ada.Copy(), api.ConfirmRecoveryPhoneRequest{Passcode: newest})
			return err == nil
		}); n != 1 {
			t.Errorf("one code confirmed %d times", n)
		}
		id := phonesOf(t, ada)[0].ID
		for _, refused := range []check.Code{
			servertest.Refused(t, grace, api.RemoveRecoveryPhone, api.RemoveRecoveryPhoneRequest{ID: id}),
			servertest.Refused(t, grace, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: british, Country: "GB", Replaces: id}),
		} {
			if refused != check.NotFound {
				t.Errorf("somebody else's phone: %q", refused)
			}
		}
		if refused := servertest.Refused(t, eve, api.RemoveRecoveryPhone, api.RemoveRecoveryPhoneRequest{ID: id}); refused != check.StepUpRequired {
			t.Errorf("a proof from before the phone was added: %q", refused)
		}
	}, servertest.WithTexts)
}

// A phone that is taken away with two-factor, on the host, is told of it first.
func TestRecoveryPhone_ToldOfTheReset(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	p.SetUp().SignIn().EnrollText(german)
	p.Deliver()
	p.Post.Empty()
	if _, err := p.Server.ResetTwoFactor(t.Context(), "ada", "a test"); err != nil {
		t.Fatal(err)
	}
	p.Deliver()
	if n := len(p.Post.Texts(german)); n != 1 {
		t.Errorf("%d messages", n)
	}
}
