package server_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

const (
	atHome = "ada@example.org"
	atWork = "lovelace@example.net"
	atDesk = "desk@example.net"
)

var notMe = regexp.MustCompile(`/not-me/([A-Za-z0-9_-]{43})`)

// listener hears what people are told.
type listener struct {
	*servertest.Portal
	t     *testing.T
	heard map[string]bool // messages and links, each once
	kinds map[string]bool
}

func listen(t *testing.T, p *servertest.Portal) *listener {
	return &listener{Portal: p, t: t, heard: map[string]bool{}, kinds: map[string]bool{}}
}

// told delivers what is due and returns what people were told since the last time:
// "kind to address", sorted, without codes.
func (l *listener) told() string {
	l.t.Helper()
	l.Deliver()
	var all []string
	note := func(id, to, said string) {
		if l.heard[id] {
			return
		}
		l.heard[id] = true
		m, err := l.Store.Message(l.t.Context(), auth.ID(id))
		if err != nil {
			l.t.Fatal(err)
		}
		if m.Kind == "text_code" {
			return
		}
		l.kinds[m.Kind] = true
		all = append(all, m.Kind+" to "+to)
		l.check(m.Kind, to, said)
	}
	for _, m := range l.Post.Mails("") {
		note(m.ID, m.To, m.Text)
	}
	for _, m := range l.Post.Texts("") {
		note(m.ID, m.To, m.Body)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// check fails the test unless a notice has a link of its own that says "this was
// not me", and that works.
func (l *listener) check(kind, to, said string) {
	l.t.Helper()
	switch message.Kind(kind) {
	case message.EmailConfirm, message.NoticeAddressConfirm, message.PasswordLink, message.TextsPaused:
		return // not about what somebody did to an account
	case message.LockedDown, message.AccountSuspended:
		if notMe.MatchString(said) {
			l.t.Errorf("%s to %s has a link that locks down what lets nobody in", kind, to)
		}
		return
	}
	found := notMe.FindStringSubmatch(said)
	if found == nil || l.heard[found[1]] {
		l.t.Errorf("%s to %s has no link of its own: %s", kind, to, said)
		return
	}
	l.heard[found[1]] = true
	if code := servertest.Refused(l.t, l.Browser(), api.CheckLink, api.CheckLinkRequest{Token: found[1], Kind: api.LinkNotMe}); code != "" {
		l.t.Errorf("the link in %s to %s: %q", kind, to, code)
	}
}

// after does something and compares what is told of it.
func (l *listener) after(what, want string, do func()) {
	l.t.Helper()
	l.Clock.Advance(time.Minute)
	do()
	if got := l.told(); got != want {
		l.t.Errorf("%s: told\n%s\nwant\n%s", what, got, want)
	}
}

// to returns what told tells of one kind to several.
func to(kind message.Kind, recipients ...string) string {
	var all []string
	for _, r := range recipients {
		all = append(all, string(kind)+" to "+r)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// verifyPhone makes a number a recovery phone, in the place of the one called
// replaces.
func verifyPhone(t *testing.T, p *servertest.Portal, who *servertest.Person, number, replaces string) {
	t.Helper()
	servertest.Must(t, who, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: number, Country: "DE", Replaces: replaces})
	servertest.Must(t, who, api.ConfirmRecoveryPhone, api.ConfirmRecoveryPhoneRequest{Passcode: p.CodeAt(number)})
}

// phoneID returns the first recovery phone of who.
func phoneID(t *testing.T, who *servertest.Person) string {
	t.Helper()
	return servertest.Must(t, who, api.Security, api.None{}).RecoveryPhones[0].ID
}

// appID returns the authenticator of who that was added last.
func appID(t *testing.T, who *servertest.Person) string {
	t.Helper()
	list := servertest.Must(t, who, api.Security, api.None{}).Authenticators
	return list[len(list)-1].ID
}

// confirm proves the pending secret of who.
func (l *listener) confirm(who *servertest.Person, secret auth.Secret) {
	l.t.Helper()
	servertest.Must(l.t, who, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: secret.Passcode(auth.TimeStep(l.Clock.Now()))})
}

// Each event that people are told of is told once to each address, with a way to
// say "this was not me"; the gravest also to verified phones.
func TestNotices_EveryEvent(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		l := listen(t, p)
		ada := p.SetUp().SignIn()
		if got := l.told(); got != "" {
			t.Errorf("setting the portal up: told %s", got)
		}
		l.authenticators(ada)
		l.phones(ada)
		l.addresses(ada)
		l.endings(ada)
		l.help(ada)
		for event, kind := range server.Notices() {
			if !l.kinds[string(kind)] && kind != message.AuthenticatorDisabled {
				t.Errorf("nobody was told of %s", event)
			}
		}
	}, servertest.WithTexts)
}

// authenticators changes those of ada, who has none yet.
func (l *listener) authenticators(ada *servertest.Person) {
	l.after("the first wizard", to(message.TwoFactorOn, atHome), func() {
		ada.StepUp()
		verifyPhone(l.t, l.Portal, ada, german, "")
		ada.Enroll()
	})
	l.after("another app", to(message.AuthenticatorAdded, atHome), func() { l.confirm(ada, ada.StepUp().Start("Tablet", "")) })
	l.after("its name", to(message.AuthenticatorRenamed, atHome), func() {
		servertest.Must(l.t, ada, api.RenameAuthenticator, api.RenameAuthenticatorRequest{ID: appID(l.t, ada), Name: "Old tablet"})
	})
	l.after("a new one in its place", to(message.AuthenticatorReplaced, atHome), func() { l.confirm(ada, ada.Start("New tablet", appID(l.t, ada))) })
	l.after("without it", to(message.AuthenticatorRemoved, atHome), func() {
		servertest.Must(l.t, ada, api.RemoveAuthenticator, api.RemoveAuthenticatorRequest{ID: appID(l.t, ada)})
	})
	l.after("a recovery code", to(message.RecoveryCodeUsed, german, atHome), func() {
		servertest.Must(l.t, ada, api.StepUp, api.StepUpRequest{Password: ada.Password, RecoveryCode: ada.Codes[0]})
	})
	l.after("new recovery codes", to(message.RecoveryCodesMade, atHome), func() { servertest.Must(l.t, ada, api.RegenerateRecoveryCodes, api.None{}) })
	l.after("another password", to(message.PasswordChanged, german, atHome), func() { changePassword(l.t, ada) })
	l.after("trust", to(message.TrustedDeviceAdded, atHome), func() {
		l.SetPolicy(func(q *auth.Policy) { q.TrustedDays = 30 })
		servertest.Must(l.t, ada, api.SignOut, api.None{})
		servertest.Must(l.t, ada, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		servertest.Must(l.t, ada, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode(), Trust: true})
	})
}

// phones changes the recovery phones of ada, who has the German one.
func (l *listener) phones(ada *servertest.Person) {
	ada.StepUp()
	l.after("another phone", to(message.PhoneVerified, atHome), func() { verifyPhone(l.t, l.Portal, ada, british, "") })
	l.after("one phone for another", to(message.PhoneChanged, german, british, american, atHome), func() {
		verifyPhone(l.t, l.Portal, ada, american, phoneID(l.t, ada))
	})
	l.after("without a phone", to(message.PhoneRemoved, british, american, atHome), func() {
		servertest.Must(l.t, ada, api.RemoveRecoveryPhone, api.RemoveRecoveryPhoneRequest{ID: phoneID(l.t, ada)})
	})
}

// addresses moves ada, who has the American phone, from home to work.
func (l *listener) addresses(ada *servertest.Person) {
	confirm := func(address string) {
		servertest.Must(l.t, ada, api.ConfirmEmail, api.LinkRequest{Token: l.LinkAt(address, "/email/")})
	}
	ada.StepUp()
	l.after("a notice address is asked for", to(message.NoticeAddressConfirm, atDesk), func() {
		servertest.Must(l.t, ada, api.AddNoticeAddress, api.ChangeEmailRequest{Email: atDesk})
	})
	l.after("and confirmed", to(message.NoticeAddressAdded, atHome, atDesk), func() { confirm(atDesk) })
	l.after("another address is asked for", to(message.EmailChangeAsked, atHome, atDesk)+", "+to(message.EmailConfirm, atWork), func() {
		servertest.Must(l.t, ada, api.ChangeEmail, api.ChangeEmailRequest{Email: atWork})
	})
	l.after("and confirmed", to(message.EmailChanged, american, atHome, atWork, atDesk), func() { confirm(atWork) })
	l.after("another password", to(message.PasswordChanged, american, atWork, atDesk), func() { changePassword(l.t, ada.StepUp()) })
	l.after("another language", to(message.LanguageChanged, atWork, atDesk), func() {
		servertest.Must(l.t, ada, api.ChangeLanguage, api.ChangeLanguageRequest{Language: "en"})
	})
	l.after("without the notice address", to(message.NoticeAddressRemoved, atWork, atDesk), func() {
		servertest.Must(l.t, ada, api.RemoveNoticeAddress, api.None{})
	})
}

// endings turns ada's two-factor off, on, has the desk reset it, and locks the
// account down.
func (l *listener) endings(ada *servertest.Person) {
	l.after("without two-factor", to(message.TwoFactorOff, american, atWork), func() {
		servertest.Must(l.t, ada.StepUp(), api.TurnOffTwoFactor, api.None{})
		ada.Secret = nil
	})
	l.after("a second wizard", to(message.TwoFactorOn, atWork), func() {
		ada.StepUp()
		verifyPhone(l.t, l.Portal, ada, german, "")
		ada.Enroll()
	})
	l.after("a reset by the desk", to(message.TwoFactorReset, german, atWork), func() {
		if _, err := l.Server.ResetTwoFactor(l.t.Context(), "ada", "lost everything"); err != nil {
			l.t.Fatal(err)
		}
		ada.Secret = nil
	})
	l.after("a phone that takes codes", to(message.TwoFactorOn, atWork), func() { ada.SignIn().EnrollText(british) })
	l.after("this was not me", to(message.LockedDown, british, atWork)+", "+to(message.PasswordLink, atWork), func() {
		servertest.Must(l.t, l.Browser(), api.LockDown, api.LinkRequest{Token: l.Post.Link(atWork, "/not-me/")})
	})
	l.after("another password by a link", to(message.PasswordReset, british, atWork), func() {
		servertest.Must(l.t, l.Browser(), api.ChoosePassword, api.ChoosePasswordRequest{Token: l.Post.Link(atWork, "/password/"), Password: "marble teapot horizon"})
	})
}

// A hundred wrong passcodes in a row are told once, when they switch the app off.
func TestNotices_AuthenticatorDisabled(t *testing.T) {
	p := servertest.New(t, "")
	l := listen(t, p)
	ada := p.SetUp().SignIn().Enroll()
	l.told()
	before := ""
	for range auth.MaxFailures {
		p.Clock.Advance(time.Hour)
		b := half(t, p, ada)
		servertest.Refused(t, b, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: "000000"})
		if got := l.told(); got != "" && got != to(message.SecondStepFailed, atHome) {
			before += got
		}
	}
	if before != to(message.AuthenticatorDisabled, atHome) {
		t.Errorf("told %q", before)
	}
}

// A sign-in is told when the browser is a strange one, and only then.
func TestNotices_NewDevice(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		l := listen(t, p)
		ada := p.SetUp().SignIn()
		grace := p.Invite("grace")
		l.after("right after an invitation", "", func() { grace.SignIn() })
		l.after("in the same browser", "", func() { servertest.Must(t, grace, api.SignOut, api.None{}); grace.SignIn() })
		stranger := p.Browser()
		l.after("in a strange browser", to(message.NewDevice, "grace@example.org"), func() {
			servertest.Must(t, stranger, api.SignIn, api.SignInRequest{Name: "grace", Password: grace.Password})
		})
		l.after("there again", "", func() {
			servertest.Must(t, stranger, api.SignOut, api.None{})
			servertest.Must(t, stranger, api.SignIn, api.SignInRequest{Name: "grace", Password: grace.Password})
		})
		l.after("in somebody else's browser", to(message.NewDevice, "grace@example.org"), func() {
			b := ada.Copy()
			servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "grace", Password: grace.Password})
		})
		l.after("two-factor", to(message.TwoFactorOn, atHome), func() { ada.SignIn().Enroll() })
		strange := p.Browser()
		l.after("the password alone, of somebody with two-factor", "", func() {
			servertest.Must(t, strange, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		})
		l.after("both, in a strange browser", to(message.NewDevice, atHome), func() {
			servertest.Must(t, strange, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()})
		})
	})
}

// The third wrong second step in a row is told, once.
func TestNotices_SecondStepFailed(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		l := listen(t, p)
		ada := p.SetUp().SignIn().Enroll()
		l.told()
		fail := func() {
			b := half(t, p, ada)
			servertest.Refused(t, b, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: "000000"})
		}
		failed := to(message.SecondStepFailed, atHome)
		for i, want := range []string{"", "", failed, "", "", "", ""} {
			l.after(fmt.Sprintf("wrong passcode %d", i+1), want, func() { p.Clock.Advance(time.Hour); fail() })
		}
		l.after("a right one", to(message.NewDevice, atHome), func() {
			p.Clock.Advance(time.Hour)
			servertest.Must(t, half(t, p, ada), api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()})
		})
		for i, want := range []string{"", "", failed, ""} {
			l.after(fmt.Sprintf("wrong passcode %d after a right one", i+1), want, fail)
		}
	})
}

// However fast they come: who tries many recovery codes at once is told of once.
func TestNotices_SecondStepFailedAtOnce(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		l := listen(t, p)
		ada := p.SetUp().SignIn().Enroll()
		l.told()
		browsers := halves(t, p, ada)
		l.after("many at once", to(message.SecondStepFailed, atHome), func() {
			once(func(i int) bool {
				code := servertest.Refused(t, browsers[i], api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: "0000-0000-0000-0000"})
				if code != check.WrongRecoveryCode && code != check.Throttled {
					t.Errorf("a wrong recovery code: %q", code)
				}
				return false
			})
		})
	})
}
