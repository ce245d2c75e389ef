package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
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

// Questions to the database: how many notes there ever were, and how many still say
// what somebody has claimed to be.
const (
	notes  = "SELECT count(*) FROM outbox WHERE channel = 'note'"
	claims = notes + " AND (recipient IS NOT NULL OR content IS NOT NULL)"
)

func forgot(t *testing.T, p *servertest.Portal, name string) api.NextStep {
	t.Helper()
	return servertest.Must(t, p.Browser(), api.ForgotPassword, api.ForgotPasswordRequest{Name: name})
}

// Until the answer is given the same is done for everyone (requirements 39, 58): the
// same status, headers and body, as many statements, messages and hashes.
func TestForgotPassword_TellsNothing(t *testing.T) {
	wire := servertest.NewWire(t)
	p := servertest.New(t, wire.URL)
	ada := p.SetUp()
	p.Add("grace", auth.Member, ada.User().Organization).SignIn().Enroll()
	p.Add("gone", auth.Member, ada.User().Organization)
	p.Change("gone", func(u *auth.User) { u.State = auth.Suspended })
	p.Add("closed", auth.Member, ada.User().Organization)
	p.Change("closed", func(u *auth.User) { u.PasswordLocked = p.Clock.Now() })
	if _, _, err := p.Server.Invite(t.Context(), server.Invitation{UserName: "new", Email: "new@example.org"}); err != nil {
		t.Fatal(err)
	}
	ask := func(name string) string {
		hashes, waiting := p.Server.HashesRun(), p.Count(notes)
		wire.Statements()
		r := httptest.NewRequest(http.MethodPost, api.ForgotPassword.Path, strings.NewReader(fmt.Sprintf(`{"name":%q}`, name)))
		r.Header.Set("Content-Type", "application/json")
		a := p.Browser().Do(r)
		return fmt.Sprintln(a.Code, a.Header(), a.Body, wire.Statements(), "statements", p.Server.HashesRun()-hashes, "hashes", p.Count(notes)-waiting, "notes")
	}
	ask("warm")
	want := ask("nobody")
	if !strings.Contains(want, "1 notes") || strings.Contains(want, " 0 statements") {
		t.Fatalf("nobody: %s", want)
	}
	for _, name := range []string{"ada", "ada@example.org", "ADA ", "grace", "gone", "closed", "new", "new@example.org", "nobody@example.org"} {
		if got := ask(name); got != want {
			t.Errorf("%s:\n%swant, as for nobody:\n%s", name, got, want)
		}
	}
	form := p.Browser().Post("/forgot-password", url.Values{"name": {"nobody"}})
	if known := p.Browser().Post("/forgot-password", url.Values{"name": {"ada"}}); known.Code != form.Code || location(known) != location(form) {
		t.Errorf("the form: %d to %q for ada, %d to %q for nobody", known.Code, location(known), form.Code, location(form))
	}
	for range 20 { // far beyond the limits
		if got := forgot(t, p, "ada"); got != forgot(t, p, "nobody") {
			t.Errorf("beyond the limit: %+v", got)
		}
	}
	p.Deliver()
	to := map[string]bool{}
	for _, m := range p.Post.Mails("") {
		to[m.To] = to[m.To] || m.Subject == "Choose a new password"
	}
	if want := map[string]bool{"ada@example.org": true, "grace@example.org": true, "closed@example.org": true}; fmt.Sprint(to) != fmt.Sprint(want) && len(to) != 3 {
		t.Errorf("mailed: %v", to)
	}
	if n := len(p.Post.Mails("gone@example.org")) + len(p.Post.Mails("new@example.org")); n != 0 {
		t.Errorf("%d mails to people who may not sign in", n)
	}
	if p.Count(claims) != 0 {
		t.Error("claims are still in the database")
	}
}

// The link lives an hour, works once, and kills the one before. A new password ends
// all sessions, signs nobody in and replaces no second factor (36, 38, 41).
func TestForgotPassword_TheLink(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		ada.StepUp()
		before := ada.Elsewhere()
		link := func() string {
			forgot(t, p, "ada@EXAMPLE.org")
			p.Deliver()
			return p.Post.Link("ada@example.org", "/password/")
		}
		choose := func(token, password string) check.Code {
			return servertest.Refused(t, before, api.ChoosePassword, api.ChoosePasswordRequest{Token: token, Password: password})
		}
		first := link()
		servertest.Must(t, ada, api.Session, api.None{}) // asking changes nothing
		second := link()
		if got := choose(first, "seven owls watch the tide"); got != check.LinkDead || first == second {
			t.Errorf("the older link: %q", got)
		}
		p.Clock.Advance(auth.PasswordFor)
		if got := choose(second, "seven owls watch the tide"); got != check.LinkDead {
			t.Errorf("after an hour: %q", got)
		}
		third := link()
		if got := choose(third, "g7Kq#v"); got != check.PasswordTooShort {
			t.Errorf("six characters: %q", got)
		}
		p.Clock.Advance(auth.PasswordFor - time.Second)
		if n := once(func(i int) bool {
			b := p.Browser()
			b.Address = fmt.Sprintf("198.51.100.%d", i+1)
			_, err := api.ChoosePassword.Call(t.Context(), b, api.ChoosePasswordRequest{Token: third, Password: "seven owls watch the tide"})
			return err == nil
		}); n != 1 {
			t.Errorf("%d of %d used one link", n, parallel)
		}
		if got := servertest.Refused(t, ada, api.Session, api.None{}); got != check.SignedOut {
			t.Errorf("a session from before: %q", got)
		}
		if got := servertest.Refused(t, before, api.Session, api.None{}); got != check.SignedOut {
			t.Errorf("choosing signs in: %q", got)
		}
		if got := servertest.Refused(t, p.Browser(), api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password}); got != check.WrongPassword {
			t.Errorf("the old password: %q", got)
		}
		ada.Password = "seven owls watch the tide"
		if next := servertest.Must(t, before, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password}); next.Path != "/sign-in/passcode" {
			t.Errorf("with the new password one goes to %q", next.Path)
		}
		p.Deliver()
		if !slices.ContainsFunc(p.Post.Mails("ada@example.org"), func(m message.Mail) bool { return m.Subject == "Your password was reset" }) {
			t.Error("the person is not told")
		}
	})
}

// Whoever is asked for too often, or asks too often, gets no more links; the answer
// does not change. Others' mail does not suffer.
func TestForgotPassword_Limits(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		mailed := func() int {
			p.Deliver()
			n := len(p.Post.Mails("ada@example.org"))
			p.Post.Empty()
			return n
		}
		for range 10 {
			forgot(t, p, "ada")
		}
		if n := mailed(); n != 3 {
			t.Errorf("ten asks are %d mails", n)
		}
		for hour := range 30 {
			p.Clock.Advance(time.Hour)
			for range 4 {
				forgot(t, p, "ada")
				forgot(t, p, "ada@example.org")
			}
			if n := mailed(); n < 1 || n > 2 && hour > 0 {
				t.Errorf("eight asks in hour %d are %d mails", hour, n)
			}
		}
		ada := p.Browser()
		who := servertest.Person{Browser: ada, Name: "ada", Password: "umbrella kitchen orbit"}
		servertest.Must(t, who, api.SignIn, api.SignInRequest{Name: who.Name, Password: who.Password})
		servertest.Must(t, who, api.StepUp, api.StepUpRequest{Password: who.Password})
		servertest.Must(t, who, api.ChangeEmail, api.ChangeEmailRequest{Email: "new@example.org"}) // a stranger has not used that up
		flood, before := p.Browser(), p.Count(notes)
		flood.Address = "198.51.100.9"
		for i := range 60 {
			servertest.Must(t, flood, api.ForgotPassword, api.ForgotPasswordRequest{Name: fmt.Sprintf("user%d", i)})
		}
		if n := p.Count(notes) - before; n != 20 {
			t.Errorf("one address leaves %d notes", n)
		}
	})
}

// An address that has to wait keeps nobody's link from them, and fills no table.
func TestForgotPassword_AnAddressThatWaitsUsesUpNothing(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		flood := p.Browser()
		flood.Address = "198.51.100.9"
		for i := range 20 {
			servertest.Must(t, flood, api.ForgotPassword, api.ForgotPasswordRequest{Name: fmt.Sprintf("user%d", i)})
		}
		const buckets = "SELECT count(*) FROM buckets"
		before := p.Count(buckets)
		for i := range 20 {
			servertest.Must(t, flood, api.ForgotPassword, api.ForgotPasswordRequest{Name: "ada"})
			servertest.Must(t, flood, api.ForgotPassword, api.ForgotPasswordRequest{Name: fmt.Sprintf("other%d", i)})
		}
		if n := p.Count(buckets) - before; n != 0 {
			t.Errorf("an address that waits leaves %d buckets", n)
		}
		forgot(t, p, "ada")
		p.Deliver()
		if n := len(p.Post.Mails("ada@example.org")); n != 1 {
			t.Errorf("ada, who asks from elsewhere, is mailed %d links", n)
		}
	})
}

// Who guesses at the password in a session that they stole cannot keep its owner from
// choosing another, which ends that session.
func TestChoosePassword_WhateverIsGuessedInASession(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn()
	for range auth.LimitAccount.Free + 1 {
		servertest.Refused(t, ada, api.StepUp, api.StepUpRequest{Password: "a guess"})
	}
	if got := servertest.Refused(t, ada, api.StepUp, api.StepUpRequest{Password: ada.Password}); got != check.Throttled {
		t.Fatalf("the session is not throttled: %q", got)
	}
	forgot(t, p, "ada")
	p.Deliver()
	token := p.Post.Link("ada@example.org", "/password/")
	if got := servertest.Refused(t, p.Browser(), api.ChoosePassword, api.ChoosePasswordRequest{Token: token, Password: "seven owls watch the tide"}); got != "" {
		t.Errorf("choosing another: %q", got)
	}
	if got := servertest.Refused(t, ada, api.Session, api.None{}); got != check.SignedOut {
		t.Errorf("the session: %q", got)
	}
}

// Without mail a stranger who asks does not void the link that was made on the host.
func TestForgotPassword_WithoutMailVoidsNothing(t *testing.T) {
	p := servertest.New(t, "")
	p.SetUp()
	p.Reconfigure(func(c *serverConfig) { c.Delivery.Mail = nil })
	link, _, err := p.Server.PasswordLink(t.Context(), "ada", "no mail here")
	if err != nil {
		t.Fatal(err)
	}
	forgot(t, p, "ada")
	p.Deliver()
	if got := servertest.Refused(t, p.Browser(), api.ChoosePassword, api.ChoosePasswordRequest{Token: tokenOf(link), Password: "seven owls watch the tide"}); got != "" {
		t.Errorf("the link from the host: %q", got)
	}
}

// Whoever asked is mailed even if the process ends between the answer and the mail.
func TestForgotPassword_SurvivesARestart(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		forgot(t, p, "ada")
		if p.Count(claims) != 1 {
			t.Error("there is no note")
		}
		p.Restart()
		p.Deliver()
		if p.Post.Link("ada@example.org", "/password/") == "" {
			t.Error("no mail after a restart")
		}
		if p.Count(claims) != 0 {
			t.Error("the claim is still in the database")
		}
		forgot(t, p, "nobody at all")
		p.Clock.Advance(auth.PasswordFor)
		p.Deliver()
		if p.Count(claims) != 0 {
			t.Error("a claim outlives the hour in which it is of use")
		}
	})
}
