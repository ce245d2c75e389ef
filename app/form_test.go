//go:build !js

package app

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// probe is a component whose real Context a test can borrow.
type probe struct {
	goapp.Compo
	ctx goapp.Context
}

func (p *probe) OnPreRender(ctx goapp.Context) { p.ctx = ctx }
func (p *probe) Render() goapp.UI              { return goapp.Div() }

// probed returns a Context as handlers get it, and the engine that runs what they
// start.
func probed(t *testing.T) (goapp.Context, goapp.TestEngine) {
	t.Helper()
	e, p := goapp.NewTestEngine(), &probe{}
	if err := e.Load(p); err != nil {
		t.Fatal(err)
	}
	e.ConsumeAll()
	return p.ctx, e
}

// server answers every call the same way, and counts them.
type server struct {
	status int
	body   string
	err    error
	calls  []string
}

func (s *server) Send(_ context.Context, method, path string, body []byte) (int, []byte, error) {
	s.calls = append(s.calls, method+" "+path+" "+string(body))
	return s.status, []byte(s.body), s.err
}

func answering(t *testing.T, s *server) *server {
	transport = s
	t.Cleanup(func() { transport = nil })
	return s
}

func TestSubmit(t *testing.T) {
	good := api.SignInRequest{Name: "ada", Password: "correct horse"}
	for _, c := range []struct {
		name    string
		server  server
		req     api.SignInRequest
		calls   int
		done    bool
		code    check.Code
		problem check.Code // of the name
	}{
		{"it worked", server{status: 200, body: `{"path":"/sign-in/passcode"}`}, good, 1, true, "", ""},
		{"wrong before it is sent", server{status: 200, body: `{}`}, api.SignInRequest{Password: "x"}, 0, false, "", check.Required},
		{"refused", server{status: 401, body: `{"code":"wrong_password"}`}, good, 1, false, check.WrongPassword, ""},
		{"a field is wrong there", server{status: 422, body: `{"problems":{"name":"taken"}}`}, good, 1, false, "", check.Taken},
		{"a field that is not drawn", server{status: 422, body: `{"problems":{"next":"bad_characters"}}`}, good, 1, false, check.BadCharacters, ""},
		{"no answer", server{err: errors.New("cable")}, good, 1, false, check.Offline, ""},
		{"not our answer", server{status: 502, body: `<html>`}, good, 1, false, check.Internal, ""},
	} {
		ctx, engine := probed(t)
		s := answering(t, &c.server)
		f, done := &form{ID: "f"}, false
		f.note("name")
		submit(ctx, f, api.SignIn, c.req, func(goapp.Context, api.NextStep) { done = true })
		engine.ConsumeAll()
		if len(s.calls) != c.calls || done != c.done || f.failure.Code != c.code || f.problems["name"] != c.problem || f.busy {
			t.Errorf("%s: %d calls, done %v, failure %q, problems %v, busy %v", c.name, len(s.calls), done, f.failure.Code, f.problems, f.busy)
		}
	}
}

func TestSubmit_OnceAtATime(t *testing.T) {
	ctx, engine := probed(t)
	s := answering(t, &server{status: 200, body: `{"path":"/"}`})
	f := &form{ID: "f"}
	for range 3 {
		submit(ctx, f, api.SignIn, api.SignInRequest{Name: "ada", Password: "x"}, func(goapp.Context, api.NextStep) {})
	}
	engine.ConsumeAll()
	if len(s.calls) != 1 {
		t.Errorf("%d calls", len(s.calls))
	}
}

func TestForm_TypingTakesAProblemAway(t *testing.T) {
	f := &form{ID: "f"}
	f.at(url.Values{"p.name": {"required"}, "p.email": {"email_shape"}})
	f.set("name", "a")
	if f.problems["name"] != "" || f.problems["email"] == "" {
		t.Errorf("problems are %v", f.problems)
	}
}

func TestSentOnce(t *testing.T) {
	var s sentOnce
	for i, c := range []struct {
		code string
		want bool
	}{{"123456", true}, {"123456", false}, {"654321", true}, {"123456", true}} {
		if got := s.first(c.code); got != c.want {
			t.Errorf("%d: first(%s) = %v", i, c.code, got)
		}
	}
	s.reset("12")
	if s.first("123456") {
		t.Error("deleting a digit and typing it again sends a refused code again")
	}
	s.reset("")
	if !s.first("123456") {
		t.Error("typed anew from nothing, it is not sent")
	}
}

func TestSecondsUntil(t *testing.T) {
	now := time.Unix(1000, 0)
	for _, c := range []struct {
		until time.Time
		want  int
	}{{time.Time{}, 0}, {now, 0}, {now.Add(-time.Second), 0}, {now.Add(time.Millisecond), 1}, {now.Add(30 * time.Second), 30}, {now.Add(29500 * time.Millisecond), 30}} {
		if got := secondsUntil(c.until, now); got != c.want {
			t.Errorf("secondsUntil(%v) = %d, want %d", c.until, got, c.want)
		}
	}
}

func TestSignInFor(t *testing.T) {
	for _, c := range []struct{ path, want string }{
		{"/", "/sign-in"}, {"", "/sign-in"}, {"/profile/security?x=1", "/sign-in?next=%2Fprofile%2Fsecurity%3Fx%3D1"}, {"//evil.example", "/sign-in"},
	} {
		if got := signInFor(c.path); got != c.want {
			t.Errorf("signInFor(%q) = %q, want %q", c.path, got, c.want)
		}
	}
}

func TestInitials(t *testing.T) {
	for _, c := range []struct{ name, user, want string }{
		{"Ada Lovelace", "ada", "AL"}, {"Åsa", "x", "Å"}, {"", "ada", "A"}, {"", "", ""}, {"Juan de la Cruz", "", "JC"},
		{"Nguyê\u0303n Va\u0306n", "", "NV"}, {"E\u0301va A\u030alund", "", "E\u0301A\u030a"}, {"(Grace) \"Hopper\" 🦊", "g", "GH"}, {"王浩然", "w", "王"},
		{"مريم سعيد", "m", "م\u200cس"}, {"शिवा नायर", "s", "शिना"}, {"🇫🇷🇩🇪", "f", "🇫🇷"}, {"👩\u200d👧 🦊", "f", "👩\u200d👧🦊"}, {"👍🏽!", "t", "👍🏽"}, {"1", "o", "1"},
	} {
		if got := initials(c.name, c.user); got != c.want {
			t.Errorf("initials(%q, %q) = %q, want %q", c.name, c.user, got, c.want)
		}
	}
}

func TestQRPath_DrawsEveryBlackModule(t *testing.T) {
	rows := []string{"1011", "0000", "0110", "1111"}
	got := qrPath(rows)
	want := "M4 4h1v1h-1zM6 4h2v1h-2zM5 6h2v1h-2zM4 7h4v1h-4z"
	if got != want {
		t.Errorf("qrPath = %s, want %s", got, want)
	}
	if s := qrSVG([]string{`"><script>`}); strings.Contains(s, "script") {
		t.Error("what is in the rows gets into the picture")
	}
}
