package server_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

func contains(text, part string) bool { return strings.Contains(text, part) }

// What is done on the host works while the portal runs: sessions and sign-ins end at
// once, the audit says "command line" and why, the person is told.
func TestOnHost(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		gus := p.Add("gus", auth.Member, p.SetUp().User().Organization).SignIn().Enroll()
		link := ""
		for _, tt := range []struct {
			name    string
			do      func() error
			kind    auth.EventKind
			subject string
		}{
			{"unlock", func() error { _, err := p.Server.Unlock(t.Context(), "gus", "because"); return err }, auth.EventThrottleLifted, "You can try to sign in again"},
			{"promote", func() error { _, err := p.Server.Promote(t.Context(), "GUS", auth.Admin, "because"); return err }, auth.EventRoleChanged, "Your role was changed"},
			{"password link", func() (err error) {
				link, _, err = p.Server.PasswordLink(t.Context(), "gus@example.org", "because")
				return err
			}, auth.EventPasswordLinkSent, "You were signed out by an administrator"},
			{"reset two-factor", func() error { _, err := p.Server.ResetTwoFactor(t.Context(), "gus", "because"); return err }, auth.EventTwoFactorReset, "Two-factor authentication was turned off for you"},
		} {
			gus.SignIn()
			half := gus.Halfway()
			if err := tt.do(); err != nil {
				t.Fatalf("%s: %v", tt.name, err)
			}
			if got := servertest.Refused(t, gus, api.Session, api.None{}); got != check.SignedOut {
				t.Errorf("%s: a session is %q", tt.name, got)
			}
			if got := servertest.Refused(t, half, api.CurrentSignIn, api.None{}); got != check.SignInExpired {
				t.Errorf("%s: a sign-in is %q", tt.name, got)
			}
			if e := gus.Events(tt.kind); len(e) == 0 || e[0].Actor != auth.CommandLine || e[0].Details["reason"] != "because" {
				t.Errorf("%s: the audit has %+v", tt.name, e)
			}
			if !slices.Contains(subjects(p, "gus@example.org"), tt.subject) {
				t.Errorf("%s: the person is not told", tt.name)
			}
		}
		if gus.User().Role != auth.Admin {
			t.Error("promoting has no effect")
		}
		gus.Secret, gus.Password = nil, "seven owls watch the tide"
		servertest.Must(t, p.Browser(), api.ChoosePassword, api.ChoosePasswordRequest{Token: tokenOf(link), Password: gus.Password})
		gus.SignIn()
		if _, err := p.Server.Unlock(t.Context(), "nobody", "because"); err == nil {
			t.Error("unlocking nobody")
		}
		p.Change("gus", func(u *auth.User) { u.State = auth.Suspended })
		if _, _, err := p.Server.PasswordLink(t.Context(), "gus", "because"); err == nil {
			t.Error("a link for who is suspended")
		}
	})
}

// Somebody who waits can try again after unlock.
func TestOnHost_UnlockEndsTheWait(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp()
	b := p.Browser()
	for servertest.Refused(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: "wrong"}) != check.Throttled {
	}
	if _, err := p.Server.Unlock(t.Context(), "ada", "because"); err != nil {
		t.Fatal(err)
	}
	servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
}

// The last operator stays, also when two are demoted at the same moment; one who is
// suspended is none.
func TestPromote_TheLastOperatorStays(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		here := p.SetUp().User().Organization
		demote := func(name string) check.Code {
			_, err := p.Server.Promote(t.Context(), name, auth.Member, "leaves")
			code, refused := auth.Refused(err)
			if err != nil && !refused {
				t.Errorf("demoting %s: %v", name, err)
			}
			return code
		}
		if got := demote("ada"); got != check.LastOperator {
			t.Errorf("the last operator: %q", got)
		}
		p.Add("idle", auth.Operator, here)
		p.Change("idle", func(u *auth.User) { u.State = auth.Suspended })
		if got := demote("ada"); got != check.LastOperator {
			t.Errorf("the last who can sign in: %q", got)
		}
		if got := demote("idle"); got != "" {
			t.Errorf("one who is suspended: %q", got)
		}
		p.Add("otto", auth.Operator, here)
		var both sync.WaitGroup
		answers := make([]check.Code, 2)
		for i, name := range []string{"ada", "otto"} {
			both.Go(func() { answers[i] = demote(name) })
		}
		both.Wait()
		slices.Sort(answers)
		if list, err := p.Store.Operators(t.Context()); err != nil || len(list) != 1 || !slices.Equal(answers, []check.Code{"", check.LastOperator}) {
			t.Errorf("two at once: %q, %d operators, %v", answers, len(list), err)
		}
	})
}
