package server_test

import (
	"net/url"
	"strconv"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// setState gives a user another state.
func setState(t *testing.T, p *servertest.Portal, login string, state auth.State) {
	t.Helper()
	u, err := p.Store.UserByLogin(t.Context(), login)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Store.Update(t.Context(), func(tx *store.Tx) error {
		u, err := tx.LockUser(t.Context(), u.ID)
		if err != nil {
			return err
		}
		u.State = state
		return tx.SaveUser(t.Context(), u)
	}); err != nil {
		t.Fatal(err)
	}
}

// elsewhere returns a new browser at an address of its own.
func elsewhere(p *servertest.Portal, i int) *servertest.Browser {
	b := p.Browser()
	b.Address = "198.51.100." + strconv.Itoa(i+1)
	return b
}

// lockDown presses "this was not me" in the last mail to address.
func lockDown(t *testing.T, p *servertest.Portal, address string) {
	t.Helper()
	servertest.Must(t, p.Browser(), api.LockDown, api.LinkRequest{Token: p.LinkAt(address, "/not-me/")})
}

// choose sets a new password with the last link that was mailed to address.
func choose(t *testing.T, p *servertest.Portal, address, password string) check.Code {
	t.Helper()
	return servertest.Refused(t, p.Browser(), api.ChoosePassword, api.ChoosePasswordRequest{Token: p.LinkAt(address, "/password/"), Password: password})
}

// "This was not me" ends everything that is open or under way, leaves the second
// factor, and works once.
func TestLockDown_EndsEverythingButTheSecondFactor(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		trustDays(p, 30)
		mine := trusted(t, p, ada)
		ada.StepUp()
		servertest.Must(t, ada, api.ChangeEmail, api.ChangeEmailRequest{Email: "new@example.net"})
		servertest.Must(t, ada, api.AddNoticeAddress, api.ChangeEmailRequest{Email: "further@example.net"})
		email, further := p.LinkAt("new@example.net", "/email/"), p.LinkAt("further@example.net", "/email/")
		notMe := p.Post.Link(adas, "/not-me/")
		servertest.Must(t, ada, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: german, Country: "DE"})
		begun := half(t, p, ada)
		servertest.Must(t, ada, api.RegenerateRecoveryCodes, api.None{})
		newest := p.LinkAt(adas, "/not-me/")
		if info := servertest.Must(t, p.Browser(), api.CheckLink, api.CheckLinkRequest{Token: newest, Kind: api.LinkNotMe}); info.UserName != "" || info.Expires == 0 {
			t.Errorf("the link: %+v", info)
		}
		servertest.Must(t, ada, api.Session, api.None{})
		if n := once(func(i int) bool {
			_, err := api.LockDown.Call(t.Context(), elsewhere(p, i), api.LinkRequest{Token: newest})
			return err == nil
		}); n != 1 {
			t.Errorf("one link locked the account down %d times", n)
		}
		p.Deliver()
		for _, tt := range []struct {
			name      string
			got, want check.Code
		}{
			{"a session", servertest.Refused(t, ada, api.Session, api.None{}), check.SignedOut},
			{"a half-finished sign-in", servertest.Refused(t, begun, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()}), check.SignInExpired},
			{"a new address", servertest.Refused(t, p.Browser(), api.ConfirmEmail, api.LinkRequest{Token: email}), check.LinkDead},
			{"a further address", servertest.Refused(t, p.Browser(), api.ConfirmEmail, api.LinkRequest{Token: further}), check.LinkDead},
			{"the link of another notice", servertest.Refused(t, p.Browser(), api.LockDown, api.LinkRequest{Token: notMe}), check.LinkDead},
			{"the right password in a trusted browser", servertest.Refused(t, mine, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password}), check.PasswordLocked},
		} {
			if tt.got != tt.want {
				t.Errorf("%s: %q, want %q", tt.name, tt.got, tt.want)
			}
		}
		if refused := choose(t, p, adas, "seven owls watch the tide"); refused != "" {
			t.Fatalf("choosing a password: %q", refused)
		}
		mine.Password = "seven owls watch the tide"
		p.Clock.Advance(time.Minute)
		if at := leads(t, mine); at != "/sign-in/passcode" {
			t.Errorf("a browser that was trusted is led to %q", at)
		}
		servertest.Must(t, mine, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()})
		mine.StepUp()
		if seen := servertest.Must(t, mine, api.CurrentRecoveryPhone, api.None{}); seen.Stage != api.StageNone {
			t.Errorf("a verification under way: %+v", seen)
		}
	}, servertest.WithTexts)
}

// By plain form as well, without the client.
func TestLockDown_PlainForm(t *testing.T) {
	p := servertest.New(t, "")
	thief(p, p.SetUp()).SignIn()
	token, b := p.LinkAt(adas, "/not-me/"), p.Browser()
	if at := location(b.Post("/not-me", url.Values{"token": {token}})); at != "/sign-in?notice=locked_down" {
		t.Errorf("the form leads to %q", at)
	}
	if at := location(b.Post("/not-me", url.Values{"token": {token}})); at != "/not-me/"+token+"?code=link_dead" {
		t.Errorf("once more: %q", at)
	}
	token = p.LinkAt(adas, "/password/")
	if at := location(b.Post("/password", url.Values{"token": {token}, "password": {"short"}})); at != "/password/"+token+"?p.password=password_too_short" {
		t.Errorf("a short password: %q", at)
	}
	if at := location(b.Post("/password", url.Values{"token": {token}, "password": {"seven owls watch the tide"}})); at != "/sign-in?notice=password_chosen" {
		t.Errorf("a password: %q", at)
	}
}

// Who knows the right password of a locked account is told, and gets another link
// by mail, a few times; a wrong one is as wrong as ever.
func TestLockDown_OldPassword(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp()
		thief(p, ada).SignIn()
		lockDown(t, p, adas)
		first := p.LinkAt(adas, "/password/")
		try := func(password string) check.Code {
			t.Helper()
			return servertest.Refused(t, p.Browser(), api.SignIn, api.SignInRequest{Name: "ada", Password: password})
		}
		if refused := try("wrong"); refused != check.WrongPassword {
			t.Errorf("a wrong password: %q", refused)
		}
		p.Post.Empty()
		if refused := try(ada.Password); refused != check.PasswordLocked {
			t.Errorf("the right one: %q", refused)
		}
		if p.Deliver(); len(p.Post.Mails(adas)) > 0 {
			t.Error("another link was mailed while there is one")
		}
		p.Clock.Advance(auth.PasswordFor)
		try(ada.Password)
		fresh := p.LinkAt(adas, "/password/")
		if refused := servertest.Refused(t, p.Browser(), api.CheckLink, api.CheckLinkRequest{Token: first, Kind: api.LinkPassword}); refused != check.LinkDead || fresh == "" {
			t.Errorf("the link before the fresh one: %q", refused)
		}
		for range 20 {
			p.Clock.Advance(2 * time.Second)
			try(ada.Password)
		}
		p.Deliver()
		if n := len(p.Post.Mails(adas)); n > 10 {
			t.Errorf("%d links in a minute", n)
		}
		p.Clock.Advance(24 * time.Hour)
		if refused := try(ada.Password); refused != check.PasswordLocked {
			t.Errorf("a day later: %q", refused)
		}
		if refused := choose(t, p, adas, "seven owls watch the tide"); refused != "" {
			t.Errorf("choosing: %q", refused)
		}
		if refused := try(ada.Password); refused != check.WrongPassword {
			t.Errorf("the old password afterwards: %q", refused)
		}
		if refused := try("seven owls watch the tide"); refused != "" {
			t.Errorf("the new one: %q", refused)
		}
	})
}

// What a mailed link lets one choose: as long as the account asks for, judged, not
// the old one; it ends sessions, signs nobody in and skips no second factor
// (requirements 1, 5, 6, 36, 41).
func TestChoosePassword(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, grace := p.SetUp().SignIn().Enroll(), p.Invite("grace")
		thief(p, grace).SignIn()
		for _, tt := range []struct {
			who  *servertest.Person
			at   string
			min  int
			fine string
		}{{ada, adas, 8, "g7Kq#v2Z"}, {grace, "grace@example.org", 15, "seven owls watch the tide"}} {
			lockDown(t, p, tt.at)
			token := p.LinkAt(tt.at, "/password/")
			if info := servertest.Must(t, p.Browser(), api.CheckLink, api.CheckLinkRequest{Token: token, Kind: api.LinkPassword}); info.MinPassword != tt.min || info.UserName != tt.who.Name {
				t.Errorf("%s's link: %+v", tt.who.Name, info)
			}
			for _, bad := range []struct {
				name, password string
				want           check.Code
			}{
				{"too short", "g7Kq#v2Z"[:tt.min/2+1-tt.min/15], check.PasswordTooShort},
				{"common", "passwordpassword", check.PasswordWeak},
				{"built on the name", tt.at + "!!", check.PasswordContext},
				{"the old one", tt.who.Password, check.PasswordSame},
			} {
				if refused := choose(t, p, tt.at, bad.password); refused != bad.want {
					t.Errorf("%s, %s: %q, want %q", tt.who.Name, bad.name, refused, bad.want)
				}
			}
			b := p.Browser()
			servertest.Must(t, b, api.ChoosePassword, api.ChoosePasswordRequest{Token: token, Password: tt.fine})
			if refused := servertest.Refused(t, b, api.Session, api.None{}); refused != check.SignedOut {
				t.Errorf("choosing signs %s in: %q", tt.who.Name, refused)
			}
			if refused := servertest.Refused(t, b, api.ChoosePassword, api.ChoosePasswordRequest{Token: token, Password: "nine geese cross the marsh"}); refused != check.LinkDead {
				t.Errorf("the link again: %q", refused)
			}
			tt.who.Password = tt.fine
			p.Clock.Advance(time.Minute)
			tt.who.SignIn()
		}
		lockDown(t, p, adas)
		token := p.LinkAt(adas, "/password/")
		p.Clock.Advance(auth.PasswordFor)
		if refused := servertest.Refused(t, p.Browser(), api.ChoosePassword, api.ChoosePasswordRequest{Token: token, Password: "nine geese cross the marsh"}); refused != check.LinkDead {
			t.Errorf("after an hour: %q", refused)
		}
		servertest.Refused(t, p.Browser(), api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password}) // has another link mailed
		if refused := choose(t, p, adas, "nine geese cross the marsh"); refused != "" {
			t.Errorf("by another link: %q", refused)
		}
	})
}

// An address that the account has lost gets it back for a week, whatever whoever
// moved it does: locks the account down, chooses a password, moves it on.
func TestLockDown_GivesTheAddressBack(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		changeEmail(t, p, ada, "eve@example.net")
		back := p.LinkAt(adas, "/not-me/")
		lockDown(t, p, "eve@example.net")
		if refused := choose(t, p, "eve@example.net", "evil owls watch the tide"); refused != "" {
			t.Fatalf("eve chooses a password: %q", refused)
		}
		ada.Password = "evil owls watch the tide"
		ada.SignIn().StepUp()
		changeEmail(t, p, ada, "eve2@example.net")
		lockDown(t, p, "eve2@example.net")
		moved := p.LinkAt("eve@example.net", "/not-me/")
		if refused := choose(t, p, "eve2@example.net", "more owls watch the tide"); refused != "" {
			t.Fatalf("eve chooses again: %q", refused)
		}
		p.Clock.Advance(6 * 24 * time.Hour)
		p.Deliver()
		p.Post.Empty()
		servertest.Must(t, p.Browser(), api.LockDown, api.LinkRequest{Token: back})
		p.Deliver()
		for _, hers := range []string{"eve@example.net", "eve2@example.net"} {
			if p.Post.Link(hers, "/not-me/")+p.Post.Link(hers, "/password/") != "" {
				t.Errorf("%s gets a link", hers)
			}
		}
		if n := len(p.Post.Mails("eve2@example.net")); n != 1 {
			t.Errorf("the address that is lost is told by %d mails", n)
		}
		if refused := servertest.Refused(t, p.Browser(), api.LockDown, api.LinkRequest{Token: moved}); refused != check.LinkDead {
			t.Errorf("a link of the address in between: %q", refused)
		}
		if refused := choose(t, p, adas, "seven owls watch the tide"); refused != "" {
			t.Errorf("ada chooses: %q", refused)
		}
		ada.Password = "seven owls watch the tide"
		p.Clock.Advance(time.Hour)
		ada.SignIn()
		if got := profileOf(t, ada); got.Email != adas {
			t.Errorf("afterwards: %+v", got)
		}
	})
}

// Links that go to further addresses and to phones lock the account down, and open
// nothing: what lets one choose a password goes to the account's address alone.
func TestLockDown_OpensNothingElsewhere(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().EnrollText(german).StepUp()
		servertest.Must(t, ada, api.AddNoticeAddress, api.ChangeEmailRequest{Email: "further@example.net"})
		servertest.Must(t, p.Browser(), api.ConfirmEmail, api.LinkRequest{Token: p.LinkAt("further@example.net", "/email/")})
		servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: "seven owls watch the tide"})
		p.Deliver()
		p.Post.Empty()
		lockDownBy := func(token string) {
			t.Helper()
			if next := servertest.Must(t, p.Browser(), api.LockDown, api.LinkRequest{Token: token}); next.Path != "/sign-in?notice=locked_down" {
				t.Errorf("a link leads to %q", next.Path)
			}
			p.Deliver()
			if p.Post.Link("further@example.net", "/password/") != "" || p.Post.Link(adas, "/password/") == "" {
				t.Error("the link for a password goes elsewhere than to the account's address")
			}
		}
		servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: "seven owls watch the tide", New: "nine geese cross the marsh"})
		p.Deliver()
		texted := p.Post.TextLink(german, "/not-me/")
		if texted == "" {
			t.Fatal("the phone is not told")
		}
		lockDownBy(texted)
		if refused := choose(t, p, adas, "ten moths circle the lamp"); refused != "" {
			t.Fatalf("choosing: %q", refused)
		}
		p.Deliver()
		lockDownBy(p.Post.Link("further@example.net", "/not-me/"))
	}, servertest.WithTexts)
}

// Without mail no phone is offered to lock the account down: nobody could open it
// again.
func TestLockDown_NotWithoutMail(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	ada := p.SetUp().SignIn().EnrollText(german).StepUp()
	p.Reconfigure(func(c *serverConfig) { c.Delivery.Mail = nil })
	servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: "seven owls watch the tide"})
	p.Deliver()
	if texts := p.Post.Texts(german); len(texts) < 2 || p.Post.TextLink(german, "/not-me/") != "" {
		t.Errorf("the phone is told: %d messages, with a link: %v", len(texts), p.Post.TextLink(german, "/not-me/") != "")
	}
}
