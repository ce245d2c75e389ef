package server_test

import (
	"strings"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// What a new password must be (requirements 1, 4, 6, 7), and that changing asks
// for the current one (10).
func TestPassword_Change(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().StepUp()
	for _, tt := range []struct {
		name, password string
		want           check.Code
	}{
		{"fourteen characters", "fourteen chars", check.PasswordTooShort},
		{"257 characters", strings.Repeat("xyz ", 64) + "!", check.TooLong},
		{"the product with a year", "doorward2026doorward", check.PasswordContext},
		{"the organization", "Analytical Engines 1", check.PasswordContext},
		{"the user's address", "ada@example.org!!", check.PasswordContext},
		{"a common one twice", "passwordpassword", check.PasswordWeak},
		{"a run", "qwertyuiopasdfgh", check.PasswordWeak},
		{"the same", ada.Password, check.PasswordSame},
		{"small letters and spaces only", "seven owls watch the tide", ""},
	} {
		req := api.ChangePasswordRequest{Current: ada.Password, New: tt.password}
		if code := servertest.Refused(t, ada, api.ChangePassword, req); code != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, code, tt.want)
		}
	}
	if code := servertest.Refused(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: "wrong", New: "nine geese cross the marsh"}); code != check.WrongPassword {
		t.Errorf("with a wrong current password: %q", code)
	}
	p.Clock.Advance(time.Second)
	if code := servertest.Refused(t, p.Browser(), api.SignIn, api.SignInRequest{Name: "ada", Password: "seven owls watch the tide"}); code != "" {
		t.Errorf("signing in with the new password: %q", code)
	}
}

// Changing the password can end all other sessions (requirement 72).
func TestPassword_ChangeEndsOthersWhenAsked(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		other := *ada
		other.Browser = p.Browser()
		other.SignIn()
		for _, tt := range []struct {
			end  bool
			next string
			want check.Code
		}{{false, "seven owls watch the tide", ""}, {true, "nine geese cross the marsh", check.SignedOut}} {
			servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: tt.next, EndOthers: tt.end})
			ada.Password = tt.next
			if code := servertest.Refused(t, other, api.Session, api.None{}); code != tt.want {
				t.Errorf("end_others %v: the other session is %q", tt.end, code)
			}
		}
	})
}

// Links are long, single and short-lived; a newer one voids the older; a link of
// one kind is none of another (requirements 38, 60).
func TestLinks(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		first, expires, err := p.Server.SetupLink(t.Context())
		if err != nil || expires.Sub(p.Clock.Now()) != 24*time.Hour || !strings.HasPrefix(first, "https://auth.example.org/setup/") {
			t.Fatal(first, expires, err)
		}
		second, _, err := p.Server.SetupLink(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		b := p.Browser()
		tok := func(link string) string { return link[len(link)-43:] }
		if code := servertest.Refused(t, b, api.CheckLink, api.CheckLinkRequest{Token: tok(first), Kind: api.LinkSetup}); code != check.LinkDead {
			t.Errorf("the older link: %q", code)
		}
		if code := servertest.Refused(t, b, api.CheckLink, api.CheckLinkRequest{Token: tok(second), Kind: api.LinkInvitation}); code != check.LinkDead {
			t.Errorf("a setup link as an invitation: %q", code)
		}
		if info := servertest.Must(t, b, api.CheckLink, api.CheckLinkRequest{Token: tok(second), Kind: api.LinkSetup}); info.MinPassword != 15 {
			t.Errorf("the newer link: %+v", info)
		}
		p.Clock.Advance(24 * time.Hour)
		if code := servertest.Refused(t, b, api.CheckLink, api.CheckLinkRequest{Token: tok(second), Kind: api.LinkSetup}); code != check.LinkDead {
			t.Errorf("after a day: %q", code)
		}
		p.SetUp()
		if _, _, err := p.Server.SetupLink(t.Context()); err == nil {
			t.Error("a setup link although there is an administrator")
		}
		invitation, expires, err := p.Server.Invite(t.Context(), server.Invitation{UserName: "grace", Email: "grace@example.org"})
		if err != nil || expires.Sub(p.Clock.Now()) != auth.InvitationFor {
			t.Fatal(expires, err)
		}
		if info := servertest.Must(t, b, api.CheckLink, api.CheckLinkRequest{Token: tok(invitation), Kind: api.LinkInvitation}); info.UserName != "grace" || info.Organization != "Analytical Engines" {
			t.Errorf("an invitation: %+v", info)
		}
		if code := servertest.Refused(t, b, api.AcceptInvitation, api.AcceptInvitationRequest{Token: tok(invitation), Password: "grace@example.org1"}); code != check.PasswordContext {
			t.Errorf("a password built on the invited person's name: %q", code)
		}
		servertest.Must(t, b, api.AcceptInvitation, api.AcceptInvitationRequest{Token: tok(invitation), Password: "seven owls watch the tide"})
		if code := servertest.Refused(t, b, api.Session, api.None{}); code != check.SignedOut {
			t.Errorf("accepting an invitation signs in: %q", code)
		}
		if code := servertest.Refused(t, b, api.AcceptInvitation, api.AcceptInvitationRequest{Token: tok(invitation), Password: "nine geese cross the marsh"}); code != check.LinkDead {
			t.Errorf("the invitation again: %q", code)
		}
	})
}

// Names and addresses are unique, whatever their case.
func TestInvite_Taken(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		for _, i := range []server.Invitation{{UserName: "ADA", Email: "other@example.org"}, {UserName: "other", Email: "Ada@Example.org"}} {
			if _, _, err := p.Server.Invite(t.Context(), i); err == nil || !strings.Contains(err.Error(), "taken") {
				t.Errorf("%+v: %v", i, err)
			}
		}
	})
}

// The last resort: reset-2fa turns two-factor off and ends every session at once.
func TestResetTwoFactor(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		half := p.Browser()
		servertest.Must(t, half, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		if _, err := p.Server.ResetTwoFactor(t.Context(), "ada", "lost everything"); err != nil {
			t.Fatal(err)
		}
		if code := servertest.Refused(t, ada, api.Session, api.None{}); code != check.SignedOut {
			t.Errorf("a session after the reset: %q", code)
		}
		if code := servertest.Refused(t, half, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: ada.Passcode()}); code != check.WrongPasscode && code != check.SignInExpired {
			t.Errorf("the second step of a sign-in from before: %q", code)
		}
		ada.Secret = nil
		ada.SignIn()
		if _, err := p.Server.ResetTwoFactor(t.Context(), "ada", "again"); err == nil {
			t.Error("resetting what is off")
		}
	})
}
