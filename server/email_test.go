package server_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

const adas = "ada@example.org"

func profileOf(t *testing.T, who api.Transport) api.ProfileInfo {
	t.Helper()
	return servertest.Must(t, who, api.Profile, api.None{})
}

// changeEmail asks for another address and opens the link that is mailed to it.
func changeEmail(t *testing.T, p *servertest.Portal, who *servertest.Person, address string) {
	t.Helper()
	servertest.Must(t, who, api.ChangeEmail, api.ChangeEmailRequest{Email: address})
	servertest.Must(t, p.Browser(), api.ConfirmEmail, api.LinkRequest{Token: p.LinkAt(address, "/email/")})
}

// A new address counts once its link is opened, by anybody who has the mail; the
// old one is told when it is asked for and when it is changed.
func TestEmail_Change(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn()
		if refused := servertest.Refused(t, ada, api.ChangeEmail, api.ChangeEmailRequest{Email: "new@example.net"}); refused != check.StepUpRequired {
			t.Errorf("without a step-up: %q", refused)
		}
		ada.StepUp()
		for _, same := range []string{adas, " ADA@Example.org "} {
			if refused := servertest.Refused(t, ada, api.ChangeEmail, api.ChangeEmailRequest{Email: same}); refused != check.SameEmail && refused != check.EmailShape {
				t.Errorf("the same address %q: %q", same, refused)
			}
		}
		p.Deliver()
		p.Post.Empty()
		servertest.Must(t, ada, api.ChangeEmail, api.ChangeEmailRequest{Email: "New@Example.net"})
		token := p.LinkAt("New@Example.net", "/email/")
		if got := profileOf(t, ada); got.Email != adas || got.EmailPending != "New@Example.net" {
			t.Errorf("while it waits: %+v", got)
		}
		if told := p.Post.Mails(adas); len(told) != 1 || !strings.Contains(told[0].Text, "New@Example.net") || p.Post.Link(adas, "/email/") != "" || p.Post.Link(adas, "/not-me/") == "" {
			t.Errorf("the old address: %+v", told)
		}
		b := p.Browser()
		if info := servertest.Must(t, b, api.CheckLink, api.CheckLinkRequest{Token: token, Kind: api.LinkEmail}); info.Email != "New@Example.net" || info.UserName != "" {
			t.Errorf("the link: %+v", info)
		}
		if at := location(b.Post("/email", url.Values{"token": {token}})); at != "/sign-in?notice=email_confirmed" {
			t.Errorf("the link leads to %q", at)
		}
		if refused := servertest.Refused(t, b, api.ConfirmEmail, api.LinkRequest{Token: token}); refused != check.LinkDead {
			t.Errorf("the link again: %q", refused)
		}
		p.Deliver()
		if got := profileOf(t, ada); got.Email != "New@Example.net" || got.EmailPending != "" || len(p.Post.Mails(adas)) != 2 || len(p.Post.Mails("New@Example.net")) != 2 {
			t.Errorf("afterwards: %+v, %d mails to the old and %d to the new address", got, len(p.Post.Mails(adas)), len(p.Post.Mails("New@Example.net")))
		}
		if refused := servertest.Refused(t, p.Browser(), api.SignIn, api.SignInRequest{Name: adas, Password: ada.Password}); refused != check.WrongPassword {
			t.Errorf("signing in with the old address: %q", refused)
		}
		servertest.Must(t, p.Browser(), api.SignIn, api.SignInRequest{Name: "new@example.net", Password: ada.Password})
	})
}

// Whether somebody else has an address is not told: not by the answer, the profile
// or the notice; only nothing is mailed to it (requirement 58).
func TestEmail_TakenIsNotTold(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		p.Invite("grace")
		var answers, profiles, told []string
		for _, address := range []string{"grace@example.org", "other@example.org", "GRACE@example.org"} {
			p.Deliver()
			p.Post.Empty()
			status, answer, err := ada.Send(t.Context(), http.MethodPost, api.ChangeEmail.Path, []byte(`{"email":"`+address+`"}`))
			if err != nil {
				t.Fatal(err)
			}
			p.Deliver()
			answers = append(answers, http.StatusText(status)+string(answer))
			profiles = append(profiles, strings.Replace(profileOf(t, ada).EmailPending, address, "X", 1))
			told = append(told, strings.ReplaceAll(p.Post.Mails(adas)[0].Text[:120], address, "X"))
			if n := len(p.Post.Mails(address)); (n == 1) != strings.HasPrefix(address, "other") {
				t.Errorf("%d mails to %s", n, address)
			}
		}
		for _, list := range [][]string{answers, profiles, told} {
			if list[0] != list[1] || list[1] != list[2] {
				t.Errorf("a taken address differs: %q", list)
			}
		}
	})
}

// Somebody who comes to have the address meanwhile keeps it.
func TestEmail_TakenMeanwhile(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		servertest.Must(t, ada, api.ChangeEmail, api.ChangeEmailRequest{Email: "grace@example.org"})
		token := p.LinkAt("grace@example.org", "/email/")
		p.Invite("grace")
		if refused := servertest.Refused(t, p.Browser(), api.ConfirmEmail, api.LinkRequest{Token: token}); refused != check.LinkDead || profileOf(t, ada).Email != adas {
			t.Errorf("confirming what is somebody else's: %q, %+v", refused, profileOf(t, ada))
		}
	})
}

// A newer link voids the older one, cancelling voids both kinds, a day voids all;
// one link is good once among fifty (requirements 31, 38, 102).
func TestEmail_LinksEnd(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		ask := func(address string) string {
			t.Helper()
			servertest.Must(t, ada, api.ChangeEmail, api.ChangeEmailRequest{Email: address})
			return p.LinkAt(address, "/email/")
		}
		confirm := func(token string) check.Code {
			t.Helper()
			return servertest.Refused(t, p.Browser(), api.ConfirmEmail, api.LinkRequest{Token: token})
		}
		older, newer := ask("one@example.net"), ask("two@example.net")
		if refused := confirm(older); refused != check.LinkDead {
			t.Errorf("the older: %q", refused)
		}
		servertest.Must(t, ada, api.AddNoticeAddress, api.ChangeEmailRequest{Email: "further@example.net"})
		further := p.LinkAt("further@example.net", "/email/")
		servertest.Must(t, ada, api.CancelEmailChange, api.None{})
		for _, token := range []string{newer, further} {
			if refused := confirm(token); refused != check.LinkDead {
				t.Errorf("cancelled: %q", refused)
			}
		}
		if got := profileOf(t, ada); got.EmailPending+got.NoticePending != "" {
			t.Errorf("after cancelling: %+v", got)
		}
		late := ask("three@example.net")
		p.Clock.Advance(24 * time.Hour)
		if refused := confirm(late); refused != check.LinkDead {
			t.Errorf("after a day: %q", refused)
		}
		ada.SignIn().StepUp()
		token := ask("four@example.net")
		if n := once(func(i int) bool {
			_, err := api.ConfirmEmail.Call(t.Context(), elsewhere(p, i), api.LinkRequest{Token: token})
			return err == nil
		}); n != 1 {
			t.Errorf("one link confirmed %d times", n)
		}
	})
}

// Nobody can have the portal mail strangers without end.
func TestEmail_MailsAreLimited(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		sent := 0
		for i := range 30 {
			_, err := api.ChangeEmail.Call(t.Context(), ada, api.ChangeEmailRequest{Email: strings.Repeat("x", i+1) + "@example.net"})
			if refusal, ok := errors.AsType[*api.Error](err); ok && refusal.Code == check.Throttled && refusal.Retry > 0 {
				break
			}
			sent++
		}
		if sent != 10 {
			t.Errorf("%d mails to strangers in a row", sent)
		}
	})
}

// A further address gets every notice and opens nothing; it is told when it goes,
// or when another takes its place.
func TestEmail_NoticeAddress(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		add := func(address string) {
			t.Helper()
			servertest.Must(t, ada, api.AddNoticeAddress, api.ChangeEmailRequest{Email: address})
			token := p.LinkAt(address, "/email/")
			if got := profileOf(t, ada); got.NoticePending != address {
				t.Errorf("while it waits: %+v", got)
			}
			servertest.Must(t, p.Browser(), api.ConfirmEmail, api.LinkRequest{Token: token})
		}
		if refused := servertest.Refused(t, ada, api.AddNoticeAddress, api.ChangeEmailRequest{Email: adas}); refused != check.SameEmail {
			t.Errorf("the address itself: %q", refused)
		}
		if refused := servertest.Refused(t, ada, api.RemoveNoticeAddress, api.None{}); refused != check.NotFound {
			t.Errorf("removing what is not there: %q", refused)
		}
		add("one@example.net")
		if refused := servertest.Refused(t, ada, api.AddNoticeAddress, api.ChangeEmailRequest{Email: "one@example.net"}); refused != check.SameEmail {
			t.Errorf("the same again: %q", refused)
		}
		for _, login := range []string{"one@example.net", "ONE@example.net"} {
			if refused := servertest.Refused(t, p.Browser(), api.SignIn, api.SignInRequest{Name: login, Password: ada.Password}); refused != check.WrongPassword {
				t.Errorf("signing in with it: %q", refused)
			}
		}
		p.Deliver()
		p.Post.Empty()
		servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: "seven owls watch the tide"})
		p.Deliver()
		if len(p.Post.Mails(adas)) != 1 || len(p.Post.Mails("one@example.net")) != 1 || p.Post.Link(adas, "/not-me/") == p.Post.Link("one@example.net", "/not-me/") {
			t.Error("a notice does not go to both, each with a link of its own")
		}
		p.Post.Empty()
		add("two@example.net")
		p.Deliver()
		if n := len(p.Post.Mails("one@example.net")); n != 1 {
			t.Errorf("the address that was replaced got %d mails", n)
		}
		p.Post.Empty()
		servertest.Must(t, ada, api.RemoveNoticeAddress, api.None{})
		p.Deliver()
		if got := profileOf(t, ada); got.NoticeAddress != "" || len(p.Post.Mails("two@example.net")) != 1 {
			t.Errorf("removed: %+v, %d mails to it", got, len(p.Post.Mails("two@example.net")))
		}
	})
}

// The links of a user who is suspended meanwhile are dead.
func TestEmail_Suspended(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		servertest.Must(t, ada, api.ChangeEmail, api.ChangeEmailRequest{Email: "new@example.net"})
		token, notMe := p.LinkAt("new@example.net", "/email/"), p.LinkAt(adas, "/not-me/")
		setState(t, p, "ada", auth.Suspended)
		if refused := servertest.Refused(t, p.Browser(), api.ConfirmEmail, api.LinkRequest{Token: token}); refused != check.LinkDead {
			t.Errorf("confirming: %q", refused)
		}
		if refused := servertest.Refused(t, p.Browser(), api.LockDown, api.LinkRequest{Token: notMe}); refused != check.LinkDead {
			t.Errorf("locking down: %q", refused)
		}
		setState(t, p, "ada", auth.Active)
		servertest.Must(t, p.Browser(), api.LockDown, api.LinkRequest{Token: notMe})
	})
}
