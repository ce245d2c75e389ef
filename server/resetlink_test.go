package server_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// desk is a small organization: ada its operator, hugo a helper who has just proved
// who he is, grace a member, all with two-factor.
func desk(t *testing.T, p *servertest.Portal) (ada, hugo, grace *servertest.Person) {
	t.Helper()
	ada = p.SetUp().Equip()
	here := ada.User().Organization
	grace = p.Add("grace", auth.Member, here).SignIn().Enroll()
	hugo = p.Add("hugo", auth.Helper, here).SignIn().StepUp()
	return ada, hugo, grace
}

func subjects(p *servertest.Portal, to string) (list []string) {
	p.Deliver()
	for _, m := range p.Post.Mails(to) {
		list = append(list, m.Subject)
	}
	return list
}

func resetLink(t *testing.T, by, whom *servertest.Person, hours int) api.ResetLink {
	t.Helper()
	by.StepUp()
	return servertest.Must(t, by, api.SendResetLink, api.SendResetLinkRequest{ID: whom.ID(), Reason: " lost her phone ", Hours: hours})
}

func tokenOf(link string) string { return link[strings.LastIndexByte(link, '/')+1:] }

// The link lives for an hour unless staff say more, is mailed and told once, listed
// while it is pending, and the newest kills the older.
func TestResetLink_LivesIsListedAndRevoked(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		_, hugo, grace := desk(t, p)
		p.Change("grace", func(u *auth.User) { u.NoticeEmail = "grace@elsewhere.example" })
		check := func(link api.ResetLink) check.Code {
			return servertest.Refused(t, p.Browser(), api.CheckLink, api.CheckLinkRequest{Token: tokenOf(link.Link), Kind: api.LinkReset})
		}
		pending := func() (list []api.LinkRow) {
			return servertest.Must(t, hugo, api.Person, api.PersonRequest{ID: grace.ID()}).Links
		}
		first := resetLink(t, hugo, grace, 0)
		if first.Mailed != "grace@example.org" || len(first.QR) < 21 || first.Expires != p.Clock.Now().Add(time.Hour).UnixMilli() ||
			!strings.HasPrefix(first.Link, "https://auth.example.org/turn-off/") {
			t.Errorf("the link: %+v", first)
		}
		p.Deliver()
		if p.Post.Link("grace@example.org", "/turn-off/") != tokenOf(first.Link) || p.Post.Link("grace@elsewhere.example", "/turn-off/") != "" {
			t.Error("the link is to go to the main address, and there only")
		}
		if !slices.Contains(subjects(p, "grace@elsewhere.example"), "A link to turn off two-factor authentication was made") {
			t.Error("the further address is not told")
		}
		second := resetLink(t, hugo, grace, 24)
		if list := pending(); len(list) != 1 || list[0].Kind != "reset" || list[0].Expires != p.Clock.Now().Add(24*time.Hour).UnixMilli() {
			t.Errorf("pending: %+v", list)
		}
		if got := check(first); got != "link_dead" {
			t.Errorf("the older link: %q", got)
		}
		if info := servertest.Must(t, p.Browser(), api.CheckLink, api.CheckLinkRequest{Token: tokenOf(second.Link), Kind: api.LinkReset}); info.UserName != "grace" || info.Email != "" {
			t.Errorf("the link tells %+v", info)
		}
		servertest.Must(t, hugo, api.RevokeLink, api.RevokeLinkRequest{ID: grace.ID(), Link: pending()[0].ID})
		if got := check(second); got != "link_dead" || len(pending()) != 0 {
			t.Errorf("a revoked link: %q, pending %+v", got, pending())
		}
		third := resetLink(t, hugo, grace, 1)
		p.Clock.Advance(time.Hour)
		if got := check(third); got != "link_dead" {
			t.Errorf("after an hour: %q", got)
		}
		hugo.SignIn().StepUp()
		for hours, want := range map[int]string{25: "too_long", -1: "too_long"} {
			if got := servertest.Refused(t, hugo, api.SendResetLink, api.SendResetLinkRequest{ID: grace.ID(), Reason: "x", Hours: hours}); string(got) != want {
				t.Errorf("%d hours: %q", hours, got)
			}
		}
		if got := servertest.Refused(t, hugo, api.SendResetLink, api.SendResetLinkRequest{ID: grace.ID(), Reason: "  "}); got != "required" {
			t.Errorf("without a reason: %q", got)
		}
	})
}

// The link asks for the password, turns two-factor off, signs nobody in and ends
// every session; it works once.
func TestResetLink_TurnsOff(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		_, hugo, grace := desk(t, p)
		link := tokenOf(resetLink(t, hugo, grace, 0).Link)
		half, b := grace.Halfway(), p.Browser()
		if got := servertest.Refused(t, b, api.TurnOffByLink, api.TurnOffByLinkRequest{Token: link, Password: "not hers"}); got != check.WrongPassword {
			t.Errorf("a wrong password: %q", got)
		}
		if n := once(func(i int) bool {
			b := p.Browser()
			b.Address = fmt.Sprintf("198.51.100.%d", i+1)
			_, err := api.TurnOffByLink.Call(t.Context(), b, api.TurnOffByLinkRequest{Token: link, Password: grace.Password})
			return err == nil
		}); n != 1 {
			t.Errorf("%d of %d used one link", n, parallel)
		}
		for name, browser := range map[string]*servertest.Browser{"a session": grace.Browser, "who used the link": b} {
			if got := servertest.Refused(t, browser, api.Session, api.None{}); got != check.SignedOut {
				t.Errorf("%s: %q", name, got)
			}
		}
		if got := servertest.Refused(t, half, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: grace.Passcode()}); got != check.SignInExpired {
			t.Errorf("a sign-in from before: %q", got)
		}
		p.Clock.Advance(time.Hour)
		grace.Secret = nil
		if grace.SignIn(); servertest.Must(t, grace, api.Session, api.None{}).TwoFactor {
			t.Error("two-factor is still on")
		}
		if !slices.Contains(subjects(p, "grace@example.org"), "Two-factor authentication was turned off for you") {
			t.Error("the person is not told")
		}
		if made, off := grace.Events(auth.EventResetLinkMade), grace.Events(auth.EventTwoFactorReset); len(made) != 1 || made[0].Details["reason"] != "lost her phone" ||
			made[0].Details["by"] != "The hugo" || made[0].Details["person"] != "grace" || len(off) != 1 || off[0].Details["by"] != "The hugo" {
			t.Errorf("the audit: %+v, %+v", made, off)
		}
	})
}

// Guessing the password behind a link slows down for the account.
func TestResetLink_WrongPasswordsAreLimited(t *testing.T) {
	p := servertest.New(t, "")
	_, hugo, grace := desk(t, p)
	link := tokenOf(resetLink(t, hugo, grace, 24).Link)
	try := func(i int, password string) check.Code {
		b := p.Browser()
		b.Address = fmt.Sprintf("198.51.100.%d", i+1)
		return servertest.Refused(t, b, api.TurnOffByLink, api.TurnOffByLinkRequest{Token: link, Password: password})
	}
	for i := range auth.LimitAccount.Free {
		if got := try(i, "guess"); got != check.WrongPassword {
			t.Errorf("guess %d: %q", i+1, got)
		}
	}
	if got := try(99, grace.Password); got != check.Throttled {
		t.Errorf("after that, the right one: %q", got)
	}
	if len(grace.Events(auth.EventTurnOffRefused)) != auth.LimitAccount.Free {
		t.Error("refusals are not in the audit")
	}
	p.Clock.Advance(time.Minute)
	if got := try(0, grace.Password); got != "" {
		t.Errorf("after the wait: %q", got)
	}
}

// A helper's link does not outlive a promotion of whom it is for: they may not help them
// any more.
func TestResetLink_DeadWhenThePersonIsPromoted(t *testing.T) {
	p := servertest.New(t, "")
	_, hugo, grace := desk(t, p)
	link := tokenOf(resetLink(t, hugo, grace, 24).Link)
	if _, err := p.Server.Promote(t.Context(), "grace", auth.Admin, "new task"); err != nil {
		t.Fatal(err)
	}
	if got := servertest.Refused(t, p.Browser(), api.TurnOffByLink, api.TurnOffByLinkRequest{Token: link, Password: grace.Password}); got != check.LinkDead {
		t.Errorf("a helper's link about an admin: %q", got)
	}
}

// The link is of no use for anything but what it was made for, and to nobody who may
// not sign in.
func TestResetLink_DeadWhenItsTimeHasPassed(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		_, hugo, grace := desk(t, p)
		for _, tt := range []struct {
			name string
			meet func()
		}{
			{"two-factor was turned off by its owner, and set up again", func() {
				grace.StepUp()
				servertest.Must(t, grace, api.TurnOffTwoFactor, api.None{})
				grace.Secret = nil
				grace.Enroll()
			}},
			{"the authenticator was replaced", func() {
				grace.StepUp()
				grace.Secret = grace.Start("New", "any")
				servertest.Must(t, grace, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: grace.Passcode()})
			}},
			{"the account was locked down", func() {
				servertest.Must(t, hugo, api.LockDownPerson, api.HelpRequest{ID: grace.ID(), Reason: "stolen"})
				p.Change("grace", func(u *auth.User) { u.PasswordLocked = time.Time{} })
			}},
			{"the password is closed", func() {
				p.Change("grace", func(u *auth.User) { u.PasswordLocked = p.Clock.Now() })
			}},
			{"the person is suspended", func() {
				p.Change("grace", func(u *auth.User) { u.PasswordLocked, u.State = time.Time{}, auth.Suspended })
			}},
		} {
			link := tokenOf(resetLink(t, hugo, grace, 24).Link)
			tt.meet()
			if got := servertest.Refused(t, p.Browser(), api.TurnOffByLink, api.TurnOffByLinkRequest{Token: link, Password: grace.Password}); got != check.LinkDead {
				t.Errorf("%s: %q", tt.name, got)
			}
			if !grace.User().TwoFactor() {
				t.Fatalf("%s: two-factor is off", tt.name)
			}
		}
		hugo.StepUp()
		if got := servertest.Refused(t, hugo, api.SendResetLink, api.SendResetLinkRequest{ID: grace.ID(), Reason: "x"}); got != check.Forbidden {
			t.Errorf("a link for who is suspended: %q", got)
		}
	})
}

// A password that is too short to stand alone opens nothing once two-factor is off
// (requirement 1); signing in with it mails a link to choose a longer one.
func TestReset_ShortPasswordIsClosed(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		_, hugo, grace := desk(t, p)
		grace.StepUp()
		servertest.Must(t, grace, api.ChangePassword, api.ChangePasswordRequest{Current: grace.Password, New: "g7Kq#v2Z"})
		grace.Password = "g7Kq#v2Z"
		link := tokenOf(resetLink(t, hugo, grace, 0).Link)
		servertest.Must(t, p.Browser(), api.TurnOffByLink, api.TurnOffByLinkRequest{Token: link, Password: grace.Password})
		if got := servertest.Refused(t, p.Browser(), api.SignIn, api.SignInRequest{Name: "grace", Password: grace.Password}); got != check.PasswordLocked {
			t.Errorf("the short password alone: %q", got)
		}
		p.Deliver()
		choose := p.Post.Link("grace@example.org", "/password/")
		if got := servertest.Refused(t, p.Browser(), api.ChoosePassword, api.ChoosePasswordRequest{Token: choose, Password: "h8Lr#w3Y"}); got != check.PasswordTooShort {
			t.Errorf("another short one: %q", got)
		}
		grace.Password, grace.Secret = "seven owls watch the tide", nil
		servertest.Must(t, p.Browser(), api.ChoosePassword, api.ChoosePasswordRequest{Token: choose, Password: grace.Password})
		grace.SignIn()
	})
}
