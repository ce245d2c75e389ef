//go:build !js

package app

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
)

// desk answers each path with what is laid out for it, one after another; the last
// answer stays. An *api.Error is a refusal.
type desk struct {
	t *testing.T

	mu      sync.Mutex // calls of one page go out side by side
	answers map[string][]any
	calls   []string
}

func (d *desk) Send(_ context.Context, method, path string, body []byte) (int, []byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls = append(d.calls, strings.TrimSpace(path+" "+string(body)))
	list := d.answers[path]
	if len(list) == 0 {
		d.t.Errorf("%s %s was not expected", method, path)
		return 500, []byte(`{"code":"internal"}`), nil
	}
	if len(list) > 1 {
		d.answers[path] = list[1:]
	}
	answer, err := json.Marshal(list[0])
	if err != nil {
		d.t.Fatal(err)
	}
	if _, refused := list[0].(*api.Error); refused {
		return 401, answer, nil
	}
	return 200, answer, nil
}

// called returns the calls of path since the last time, and forgets them all.
func (d *desk) called(path string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var found []string
	for _, c := range d.calls {
		if c == path || strings.HasPrefix(c, path+" ") {
			found = append(found, strings.TrimPrefix(strings.TrimPrefix(c, path), " "))
		}
	}
	d.calls = nil
	return found
}

var (
	ada      = api.SessionInfo{UserID: "u1", UserName: "ada", DisplayName: "Ada Lovelace", Email: "ada@example.org", Role: "member", Organization: "Engines"}
	adaTwo   = func() api.SessionInfo { s := ada; s.TwoFactor = true; return s }()
	freshly  = func() int64 { return time.Now().Add(5 * time.Minute).UnixMilli() }
	phone    = api.AuthenticatorRow{ID: "a1", Name: "Phone", Added: 1_700_000_000_000}
	active   = api.SecurityInfo{Active: true, Authenticators: []api.AuthenticatorRow{phone}, MaxAuthenticators: 5, RecoveryCodesLeft: 10, RecoveryCodesTotal: 10, RecoveryCodesMade: 1_700_000_000_000, MinPassword: 8}
	inactive = api.SecurityInfo{MaxAuthenticators: 5, MinPassword: 15}
)

// open lays out answers, opens a page and waits until it has loaded.
func open[P interface {
	page
	load(goapp.Context)
}](t *testing.T, p P, address string, answers map[string][]any) (*desk, func()) {
	t.Helper()
	for path, usual := range map[string]any{
		api.StepUpWays.Path:        api.SignInState{Ways: []api.Way{api.WayTOTP, api.WayRecoveryCode}},
		api.Checklist.Path:         api.ChecklistInfo{Away: true},
		api.EnrollmentOptions.Path: api.EnrollmentChoices{Methods: []api.Method{api.MethodTOTP}, RecoveryPhone: api.PhoneOff},
	} {
		if answers[path] == nil {
			answers[path] = []any{usual}
		}
	}
	d := &desk{t: t, answers: answers}
	transport = d
	oldLater := later
	later = func(goapp.Context, time.Duration, func()) {}
	ctx, engine := probed(t)
	t.Cleanup(func() {
		engine.ConsumeAll() // what was begun beside must be over
		transport, later = nil, oldLater
	})
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	p.at(u)
	p.load(ctx)
	engine.ConsumeAll()
	return d, engine.ConsumeAll
}

// text returns what can be read on p.
func text(t *testing.T, p goapp.UI) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(goapp.HTMLString(p)))
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	var read func(*html.Node)
	read = func(n *html.Node) {
		if n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			words = append(words, strings.TrimSpace(n.Data))
		}
		for c := range n.ChildNodes() {
			read(c)
		}
	}
	read(root)
	return strings.Join(words, " ")
}

// reads fails unless each of want can be read on p, and none of never.
func reads(t *testing.T, p goapp.UI, want []string, never ...string) {
	t.Helper()
	got := text(t, p)
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("it does not say %q:\n%s", w, got)
		}
	}
	for _, w := range never {
		if strings.Contains(got, w) {
			t.Errorf("it says %q:\n%s", w, got)
		}
	}
}

// departures notes where the page leaves for.
func departures(t *testing.T) *[]string {
	t.Helper()
	var left []string
	oldLeave, oldVisit := leave, visit
	leave = func(path string) { left = append(left, path) }
	visit = func(_ goapp.Context, path string) { left = append(left, path) }
	t.Cleanup(func() { leave, visit = oldLeave, oldVisit })
	return &left
}

func TestStepUp_AskedBeforeAndRepeatedAfter(t *testing.T) {
	p := &securityPage{}
	d, settle := open(t, p, "/profile/security", map[string][]any{
		api.Session.Path:                 {adaTwo},
		api.Security.Path:                {active},
		api.StepUp.Path:                  {&api.Error{Code: check.WrongPassword}, &api.Error{Code: check.WrongPasscode}, api.Proof{Until: 1}},
		api.RegenerateRecoveryCodes.Path: {&api.Error{Code: check.StepUpRequired}, api.RecoveryCodes{Codes: []string{"AAAA-BBBB-CCCC-DDDD"}}},
	})
	p.prepare(askCodes, "")
	reads(t, p, []string{"Is it still you?", "Six-digit code"}, "Make new recovery codes?")
	p.stepUp.submit(&p.account)
	if got := p.stepUp.form.problems; got["password"] != check.Required || got["passcode"] != check.Required {
		t.Errorf("an empty proof has the problems %v", got)
	}
	p.stepUp.form.set("password", "guess")
	p.stepUp.form.set("passcode", "123 456")
	for _, want := range []string{"That password is not right.", "That code is not right."} {
		p.stepUp.submit(&p.account)
		settle()
		reads(t, p, []string{want})
		p.stepUp.form.set("passcode", "123456")
	}
	p.stepUp.submit(&p.account)
	settle()
	reads(t, p, []string{"Make new recovery codes?"}, "Is it still you?")
	if n := len(d.called(api.StepUp.Path)); n != 3 {
		t.Errorf("%d proofs were sent, want 3", n)
	}

	// The server wants it again all the same: asked, proved, and the call repeated.
	p.regenerate()
	settle()
	reads(t, p, []string{"Is it still you?"})
	p.stepUp.form.set("password", "right")
	p.stepUp.form.set("passcode", "123456")
	p.stepUp.submit(&p.account)
	settle()
	reads(t, p, []string{"Your new recovery codes", "AAAA-BBBB-CCCC-DDDD"})
	if n := len(d.called(api.RegenerateRecoveryCodes.Path)); n != 2 {
		t.Errorf("the call was made %d times, want 2", n)
	}
}

func TestStepUp_Declined(t *testing.T) {
	p := &securityPage{}
	_, settle := open(t, p, "/profile/security", map[string][]any{
		api.Session.Path: {ada}, api.Security.Path: {active},
		api.TurnOffTwoFactor.Path: {&api.Error{Code: check.StepUpRequired}},
	})
	p.asks = askOff
	p.turnOff()
	settle()
	reads(t, p, []string{"Is it still you?"}, "Six-digit code")
	p.stepUp.dismiss()
	if p.busy || p.failure.Code != "" {
		t.Errorf("declined, it is busy (%v) or failed (%q)", p.busy, p.failure.Code)
	}
	reads(t, p, []string{"Turn off two-factor authentication?"}, "Is it still you?")
}

func TestStepUp_RecoveryCodeTellsItsReplacement(t *testing.T) {
	p := &securityPage{}
	d, settle := open(t, p, "/profile/security", map[string][]any{
		api.Session.Path: {adaTwo}, api.Security.Path: {active}, api.AcknowledgeRecovery.Path: {api.NextStep{Path: "/"}},
		api.StepUp.Path: {api.Proof{Recovery: &api.Recovery{Replacement: "NEWW-CODE-0000-1111", Left: 10}}},
	})
	p.prepare(askOff, "")
	p.stepUp.recovery = true
	p.stepUp.form.set("password", "right")
	p.stepUp.form.set("recovery_code", "AAAA-BBBB-CCCC-DDDD")
	p.stepUp.submit(&p.account)
	settle()
	if got := d.called(api.StepUp.Path); !slices.Equal(got, []string{`{"password":"right","recovery_code":"AAAA-BBBB-CCCC-DDDD"}`}) {
		t.Errorf("sent %v", got)
	}
	reads(t, p, []string{"Note your new recovery code", "NEWW CODE 0000 1111"}, "Turn off two-factor authentication?")
	p.stepUp.dismiss()
	reads(t, p, []string{"Note your new recovery code"})
	p.stepUp.noted(&p.account)
	settle()
	reads(t, p, []string{"Turn off two-factor authentication?"}, "Note your new recovery code")
	if n := len(d.called(api.AcknowledgeRecovery.Path)); n != 1 {
		t.Errorf("it was acknowledged %d times", n)
	}
}

func TestStepUp_Fresh(t *testing.T) {
	now := time.Unix(1000, 0)
	for _, c := range []struct {
		name  string
		until time.Time // as the server says
		here  time.Time // of a proof given here
		want  bool
	}{
		{"never proved", time.Unix(0, 0), time.Time{}, false},
		{"good for minutes", now.Add(5 * time.Minute), time.Time{}, true},
		{"about to run out", now.Add(10 * time.Second), time.Time{}, false},
		{"proved here, by a clock that is ahead", now.Add(-time.Hour), now.Add(9 * time.Minute), true},
		{"run out", now.Add(-time.Second), now.Add(-time.Second), false},
	} {
		s := stepUp{until: c.here}
		if got := s.fresh(c.until.UnixMilli(), now); got != c.want {
			t.Errorf("%s: fresh is %v", c.name, got)
		}
	}
}

func TestPerform_SignedOutLeadsToSignIn(t *testing.T) {
	left := departures(t)
	p := &securityPage{}
	_, settle := open(t, p, "/profile/security", map[string][]any{
		api.Session.Path: {ada}, api.Security.Path: {active}, api.TurnOffTwoFactor.Path: {&api.Error{Code: check.SignedOut}},
	})
	p.turnOff()
	settle()
	if !slices.Equal(*left, []string{"/sign-in"}) {
		t.Errorf("left for %v", *left)
	}
}

// goappEvent is an event that nothing is asked of.
func goappEvent() goapp.Event { return goapp.Event{Value: goapp.Null()} }

func mustParse(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
