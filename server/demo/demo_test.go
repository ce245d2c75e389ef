package demo_test

import (
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"doorward/server/auth"
	"doorward/server/demo"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

func fill(t *testing.T, p *servertest.Portal, people, events int) demo.Made {
	t.Helper()
	made, err := demo.Fill(t.Context(), p.Store, demo.Plan{People: people, Events: events, Cost: servertest.Cost, Now: p.Clock.Now(), Random: rand.NewChaCha8([32]byte{1})})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestFill_WholeChainAndOnlyOnce(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		made := fill(t, p, 200, 3000)
		entries, err := p.Store.VerifyAudit(t.Context())
		if err != nil || entries != int64(made.Events) || made.Events != 3000 {
			t.Errorf("%d entries of %d, %v", entries, made.Events, err)
		}
		if n := p.Count("SELECT count(*) FROM users"); n != 200 || made.People != 200 {
			t.Errorf("%d people, %d told", n, made.People)
		}
		if n := p.Count("SELECT count(*) FROM (SELECT seq, at, lag(at) OVER (ORDER BY seq) AS before FROM audit) a WHERE at < before"); n != 0 {
			t.Errorf("%d events stand before what came earlier", n)
		}
		if latest := p.Count("SELECT max(at) FROM audit"); int64(latest) > p.Clock.Now().UnixMilli() {
			t.Error("the audit tells of the future")
		}
		_, err = demo.Fill(t.Context(), p.Store, demo.Plan{People: 20, Cost: servertest.Cost, Now: p.Clock.Now(), Random: rand.NewChaCha8([32]byte{2})})
		if !errors.Is(err, demo.ErrInUse) {
			t.Errorf("the second time: %v", err)
		}
		if n := p.Count("SELECT count(*) FROM users") + p.Count("SELECT count(*) FROM audit"); n != 3200 {
			t.Errorf("the second time changed something: %d rows", n)
		}
	})
}

func TestFill_NotWhereSomebodyIs(t *testing.T) {
	p := servertest.New(t, "")
	p.SetUp()
	_, err := demo.Fill(t.Context(), p.Store, demo.Plan{People: 20, Cost: servertest.Cost, Now: p.Clock.Now(), Random: rand.NewChaCha8([32]byte{2})})
	if !errors.Is(err, demo.ErrInUse) || p.Count("SELECT count(*) FROM users") != 1 {
		t.Errorf("%v", err)
	}
}

func TestFill_BoundsOfPeople(t *testing.T) {
	p := servertest.New(t, "")
	for _, n := range []int{demo.MinPeople - 1, demo.MaxPeople + 1} {
		if _, err := demo.Fill(t.Context(), p.Store, demo.Plan{People: n}); err == nil {
			t.Errorf("%d people were taken", n)
		}
	}
}

// TestFill_Names looks at enough people that every name and every number behind one has
// come up.
func TestFill_Names(t *testing.T) {
	p := servertest.New(t, "")
	fill(t, p, 3000, 0)
	users, err := p.Store.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	scripts, longest, longestEmail := map[string]bool{}, 0, 0
	for _, u := range users {
		for what, code := range map[string]check.Code{"user name": check.UserName(u.UserName), "address": check.Email(u.Email), "name": check.Text(u.DisplayName, check.MaxName)} {
			if code != "" {
				t.Errorf("the %s of %q %q %q: %s", what, u.UserName, u.DisplayName, u.Email, code)
			}
		}
		_, host, _ := strings.Cut(u.Email, "@")
		if parts := strings.Split(host, "."); parts[len(parts)-2] != "example" || !strings.Contains("org com net", parts[len(parts)-1]) {
			t.Errorf("%q may be somebody's", u.Email)
		}
		longest, longestEmail = max(longest, utf8.RuneCountInString(u.DisplayName)), max(longestEmail, len(u.Email))
		for name, table := range unicode.Scripts {
			if name != "Common" && name != "Inherited" && strings.ContainsFunc(u.DisplayName, func(r rune) bool { return unicode.Is(table, r) }) {
				scripts[name] = true
			}
		}
	}
	if len(scripts) < 15 || longest < 90 || longestEmail < 100 {
		t.Errorf("%d scripts, names of at most %d characters, addresses of at most %d", len(scripts), longest, longestEmail)
	}
}

func TestFill_WhatThereIsToSee(t *testing.T) {
	p := servertest.New(t, "")
	made := fill(t, p, 200, 0)
	now := p.Clock.Now()
	for _, c := range []struct {
		what, query string
		least, most int
	}{
		{"operators", "SELECT count(*) FROM users WHERE role = 3", 2, 2},
		{"administrators", "SELECT count(*) FROM users WHERE role = 2", 1, 5},
		{"helpers", "SELECT count(*) FROM users WHERE role = 1", 4, 12},
		{"staff without two-factor", "SELECT count(*) FROM users WHERE role > 0 AND two_factor_since = 0", 0, 0},
		{"invited", "SELECT count(*) FROM users WHERE state = 'invited' AND password_hash IS NULL", 5, 25},
		{"suspended", "SELECT count(*) FROM users WHERE state = 'suspended'", 2, 15},
		{"with two-factor", "SELECT count(*) FROM users WHERE two_factor_since > 0", 85, 125},
		{"with an app", "SELECT count(*) FROM users WHERE methods = 'totp'", 40, 100},
		{"with text messages", "SELECT count(*) FROM users WHERE methods = 'sms'", 5, 30},
		{"with both", "SELECT count(*) FROM users WHERE methods = 'totp sms'", 5, 30},
		{"with two-factor and no method, or the reverse", "SELECT count(*) FROM users WHERE (methods = '') <> (two_factor_since = 0)", 0, 0},
		{"methods without an authenticator", "SELECT count(*) FROM users u WHERE length(methods) - length(replace(methods, ' ', '')) + (methods <> '') <> (SELECT count(*) FROM authenticators a WHERE a.user_id = u.id)", 0, 0},
		{"with two-factor and no codes", "SELECT count(*) FROM users u WHERE two_factor_since > 0 AND NOT EXISTS (SELECT 1 FROM recovery_sets s WHERE s.user_id = u.id)", 0, 0},
		{"recovery phones", "SELECT count(*) FROM recovery_phones", 20, 60},
		{"exempt", "SELECT count(*) FROM users WHERE exempt_until > 0 AND exempt_reason <> ''", 2, 20},
		{"locked down", "SELECT count(*) FROM users WHERE password_locked > 0", 1, 8},
		{"throttled", "SELECT count(*) FROM buckets", 2, 12},
		{"sessions", "SELECT count(*) FROM sessions", 8, 45},
		{"days of adoption", "SELECT count(*) FROM adoption", 61, 61},
		{"kinds of event", "SELECT count(DISTINCT kind) FROM audit", 20, 60},
		{"refused", "SELECT count(*) FROM audit WHERE outcome = 'denied'", 20, 300},
		{"events about nobody who is there", "SELECT count(*) FROM audit WHERE subject <> '' AND subject NOT IN (SELECT id FROM users)", 0, 0},
		{"active people who never were reminded", "SELECT count(*) FROM users WHERE state = 'active' AND two_factor_since = 0 AND reminded = 0", 0, 0},
		{"times in the future", "SELECT count(*) FROM users WHERE max(created, password_changed, two_factor_since, last_sign_in, reminded, password_locked) > " + strconv.FormatInt(now.UnixMilli(), 10), 0, 0},
		{"ready before they came", "SELECT count(*) FROM users WHERE two_factor_since > 0 AND two_factor_since < password_changed", 0, 0},
	} {
		if n := p.Count(c.query); n < c.least || n > c.most {
			t.Errorf("%s: %d, want %d to %d", c.what, n, c.least, c.most)
		}
	}
	o := made.Organization.Policy
	if days := o.MandatoryFrom.Sub(now) / (24 * time.Hour); days < 20 || days > 21 {
		t.Errorf("mandatory in %d days", days)
	}
	standing := p.Count("SELECT count(*) FROM users WHERE state = 'active' AND two_factor_since > 0")
	if n := p.Count("SELECT ready FROM adoption ORDER BY day DESC LIMIT 1"); n != standing {
		t.Errorf("the line ends at %d, and %d are ready", n, standing)
	}
}

// TestFill_PeopleGetIn signs in as the two that are told of, and looks at somebody who
// has to wait.
func TestFill_PeopleGetIn(t *testing.T) {
	p := servertest.New(t, "")
	made := fill(t, p, 60, 0)
	operator, member := p.Browser(), p.Browser()
	servertest.Must(t, operator, api.SignIn, api.SignInRequest{Name: made.Operator.UserName, Password: made.Password})
	servertest.Must(t, operator, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: made.Secret.Passcode(auth.TimeStep(p.Clock.Now()))})
	servertest.Must(t, member, api.SignIn, api.SignInRequest{Name: made.Member.UserName, Password: made.Password})
	for _, c := range []struct {
		as   *servertest.Browser
		want auth.User
		two  bool
	}{{operator, made.Operator, true}, {member, made.Member, false}} {
		if s := servertest.Must(t, c.as, api.Session, api.None{}); s.UserName != c.want.UserName || s.Role != c.want.Role.String() || s.TwoFactor != c.two {
			t.Errorf("signed in as %+v", s)
		}
	}
	waiting := 0
	users, err := p.Store.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range users {
		if servertest.Must(t, operator, api.Person, api.PersonRequest{ID: string(u.ID)}).ThrottledUntil > 0 {
			waiting++
		}
	}
	if n := p.Count("SELECT count(*) FROM buckets WHERE until > " + strconv.FormatInt(p.Clock.Now().UnixMilli(), 10)); waiting < 2 || waiting != n {
		t.Errorf("%d have to wait, by %d buckets", waiting, n)
	}
}

func TestFill_SamePeopleEachTime(t *testing.T) {
	var lists [2]string
	for i := range lists {
		p := servertest.New(t, "")
		fill(t, p, 80, 0)
		users, err := p.Store.Users(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range users {
			lists[i] += u.UserName + u.DisplayName + u.Email + string(u.State) + u.LastSignIn.String() + "\n"
		}
	}
	if lists[0] != lists[1] {
		t.Error("they differ")
	}
}
