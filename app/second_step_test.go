//go:build !js

package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
)

var (
	mine  = api.TextWay{ID: "t1", Name: "Mine", Number: "+49 ••• 42"}
	other = api.TextWay{ID: "t2", Name: "Work", Number: "+49 ••• 77"}
)

// onItsWay is a code that went out a moment ago to mine.
func onItsWay() *api.TextSent {
	now := time.Now()
	return &api.TextSent{Number: mine.Number, Resend: now.Add(30 * time.Second).UnixMilli(), Expires: now.Add(textLife).UnixMilli()}
}

// waitingForText is a sign-in that waits for a code by text message.
func waitingForText() api.SignInState {
	return api.SignInState{Ways: []api.Way{api.WayText, api.WayTOTP, api.WayRecoveryCode},
		Texts: []api.TextWay{mine, other}, Text: onItsWay(), TrustDays: 30}
}

// noText is one that has no code to wait for.
func noText() api.SignInState {
	s := waitingForText()
	s.Text = nil
	return s
}

// hearing keeps what hearText was to call with the code of a message, and how often
// it was told to stop.
func hearing(t *testing.T) (heard *func(string), stopped *int) {
	t.Helper()
	heard, stopped = new(func(string)), new(int)
	old := hearText
	hearText = func(got func(string)) func() {
		*heard = got
		return func() { *stopped++ }
	}
	t.Cleanup(func() { hearText = old })
	return heard, stopped
}

// handler returns a context as the handlers of a page get it, and what waits for all
// that they start.
func handler(t *testing.T) (goapp.Context, func()) {
	t.Helper()
	ctx, engine := probed(t)
	return ctx, engine.ConsumeAll
}

func TestTextPage_SaysWhereTheCodeWent(t *testing.T) {
	left := departures(t)
	p := &textPage{}
	d, _ := open(t, p, "/sign-in/text", map[string][]any{
		api.CurrentSignIn.Path: {waitingForText()},
		api.VerifyText.Path:    {&api.Error{Code: check.WrongTextCode}, api.NextStep{Path: "/apps"}},
	})
	ctx, settle := handler(t)
	reads(t, p, []string{"the number ending in 42", "good for 10 minutes", "Another code in", "Not received?",
		"Do not ask again on this device for 30 days", "Another way", "Lost your phone?"}, "•")
	p.send(ctx, "123")
	settle()
	reads(t, p, []string{say().Code(check.PasscodeShape)})
	p.send(ctx, "123456")
	settle()
	reads(t, p, []string{say().Code(check.WrongTextCode)})
	p.form.set("trust", "true")
	p.send(ctx, "654321")
	settle()
	if got := d.called(api.VerifyText.Path); !slices.Equal(got, []string{`{"code":"123456"}`, `{"code":"654321","trust":true}`}) {
		t.Errorf("sent %v", got)
	}
	if !slices.Equal(*left, []string{"/apps"}) || p.door != doorOpen {
		t.Errorf("left for %v, the door is %q", *left, p.door)
	}
}

func TestTextPage_SendsAnother(t *testing.T) {
	p := &textPage{}
	again := waitingForText()
	again.Text.Number = other.Number
	d, _ := open(t, p, "/sign-in/text", map[string][]any{
		api.CurrentSignIn.Path: {waitingForText(), again},
		api.SendText.Path:      {&api.Error{Code: check.TextLimit, Retry: 300}, &api.Error{Code: check.TextsPaused}, api.NextStep{Path: "/sign-in/text"}},
	})
	ctx, settle := handler(t)
	for _, want := range []string{"Another code in 5 minutes", say().Code(check.TextsPaused)} {
		p.sendAnother(ctx, p.phone().ID)
		settle()
		reads(t, p, []string{want, "ending in 42"})
	}
	p.sendAnother(ctx, p.phone().ID)
	settle()
	reads(t, p, []string{"ending in 77"}, say().Code(check.TextsPaused))
	if got := d.called(api.SendText.Path); !slices.Equal(got, []string{`{"authenticator":"t1"}`, `{"authenticator":"t1"}`, `{"authenticator":"t1"}`}) {
		t.Errorf("sent %v", got)
	}
}

func TestTextPage_ACodeThatRanOutIsAskedForAnew(t *testing.T) {
	p := &textPage{}
	open(t, p, "/sign-in/text", map[string][]any{
		api.CurrentSignIn.Path: {waitingForText()},
		api.VerifyText.Path:    {&api.Error{Code: check.TextCodeExpired}},
	})
	ctx, settle := handler(t)
	p.send(ctx, "123456")
	settle()
	reads(t, p, []string{say().Code(check.TextCodeExpired), "Text a code to the number ending in 42", "ending in 77", "Authenticator app", "Recovery code"},
		"Six-digit code", "Not received?")
}

func TestTextPage_RunsOutByItself(t *testing.T) {
	p := &textPage{}
	open(t, p, "/sign-in/text", map[string][]any{api.CurrentSignIn.Path: {waitingForText(), waitingForText(), noText()}})
	ctx, settle := handler(t)
	p.ranOut(ctx) // by the clock here; the server's says otherwise
	settle()
	reads(t, p, []string{"Six-digit code"}, say().Code(check.TextCodeExpired))
	p.ranOut(ctx)
	settle()
	reads(t, p, []string{say().Code(check.TextCodeExpired), "Text a code to"}, "Six-digit code")
}

func TestTextPage_NothingWasSent(t *testing.T) {
	p := &textPage{}
	open(t, p, "/sign-in/text?code=text_limit&retry=300", map[string][]any{api.CurrentSignIn.Path: {noText()}})
	reads(t, p, []string{"No code is on its way", say().Code(check.TextLimit), "Try again in 5 minutes", "Authenticator app", "Recovery code", "I have none of these"},
		"Six-digit code")

	none := api.SignInState{Ways: []api.Way{api.WayTOTP}}
	p = &textPage{}
	open(t, p, "/sign-in/text?code=texts_unavailable", map[string][]any{api.CurrentSignIn.Path: {none}})
	reads(t, p, []string{say().Code(check.TextsUnavailable), "Authenticator app"}, "Text a code to", "Recovery code")
}

func TestTextPage_FillsInByItself(t *testing.T) {
	heard, stopped := hearing(t)
	left := departures(t)
	p := &textPage{}
	d, settle := open(t, p, "/sign-in/text", map[string][]any{
		api.CurrentSignIn.Path: {waitingForText()}, api.VerifyText.Path: {api.NextStep{Path: "/"}}})
	(*heard)("123456")
	settle()
	(*heard)("123456")
	settle()
	if got := d.called(api.VerifyText.Path); !slices.Equal(got, []string{`{"code":"123456"}`}) || len(*left) != 1 {
		t.Errorf("sent %v, left for %v", got, *left)
	}
	if p.form.value("code") != "123456" {
		t.Error("the code does not stand in the field")
	}
	p.OnDismount()
	if *stopped != 1 {
		t.Errorf("told %d times to stop listening", *stopped)
	}
}

func TestTextPage_NoSignInAnyMore(t *testing.T) {
	for _, path := range []string{api.CurrentSignIn.Path, api.VerifyText.Path, api.SendText.Path} {
		left := departures(t)
		p := &textPage{}
		answers := map[string][]any{api.CurrentSignIn.Path: {waitingForText()}}
		answers[path] = []any{&api.Error{Code: check.SignInExpired}}
		open(t, p, "/sign-in/text", answers)
		ctx, settle := handler(t)
		if path == api.VerifyText.Path {
			p.send(ctx, "123456")
		}
		if path == api.SendText.Path {
			p.sendAnother(ctx, "")
		}
		settle()
		if !slices.Equal(*left, []string{"/sign-in?code=sign_in_expired"}) {
			t.Errorf("%s: left for %v", path, *left)
		}
	}
}

func TestAnotherWay_OnlyWhatThereIsAndInOrder(t *testing.T) {
	p := &anotherWayPage{}
	open(t, p, "/sign-in/another-way", map[string][]any{api.CurrentSignIn.Path: {waitingForText()}})
	words := text(t, p)
	last := -1
	for _, w := range []string{"ending in 42", "ending in 77", "Authenticator app", "Recovery code", "I have none of these"} {
		i := strings.Index(words, w)
		if i <= last {
			t.Errorf("%q is not there or out of order: %s", w, words)
		}
		last = i
	}
	p = &anotherWayPage{}
	open(t, p, "/sign-in/another-way", map[string][]any{api.CurrentSignIn.Path: {api.SignInState{Ways: []api.Way{api.WayRecoveryCode}}}})
	reads(t, p, []string{"Recovery code", "I have none of these"}, "Authenticator app", "Text message")
	p = &anotherWayPage{}
	open(t, p, "/sign-in/another-way", map[string][]any{api.CurrentSignIn.Path: {&api.Error{Code: check.Offline}}})
	reads(t, p, []string{"Authenticator app", "Recovery code", "I have none of these"})
}

// forms returns the forms of a page: action, and the names of their fields.
func forms(root *html.Node) map[string][]string {
	found := map[string][]string{}
	each(root, func(n *html.Node) {
		if n.Data != "form" {
			return
		}
		action, _ := value(n, "action")
		var names []string
		each(n, func(in *html.Node) {
			if name, ok := value(in, "name"); ok {
				v, _ := value(in, "value")
				names = append(names, name+"="+v)
			}
		})
		found[action] = append(found[action], strings.Join(names, "&"))
	})
	return found
}

func TestPrerender_SecondStepWorksWithoutTheClient(t *testing.T) {
	state := waitingForText()
	for address, want := range map[string]map[string][]string{
		"/sign-in/text":        {"/sign-in/text": {"code=&trust=on"}, "/sign-in/text/send": {"authenticator=t1"}, "/sign-in/cancel": {""}},
		"/sign-in/passcode":    {"/sign-in/totp": {"passcode=&trust=on"}, "/sign-in/cancel": {""}},
		"/sign-in/another-way": {"/sign-in/text/send": {"authenticator=t1", "authenticator=t2"}, "/sign-in/cancel": {""}},
	} {
		shell, root := drawn(t, address, Personal{SignIn: &state})
		got := forms(root)
		for action, fields := range want {
			if !slices.Equal(got[action], fields) {
				t.Errorf("%s: the forms to %s have %v, want %v", address, action, got[action], fields)
			}
		}
		if strings.Contains(shell.Body, "checked") || strings.Contains(shell.Body, "disabled") {
			t.Errorf("%s: a box is ticked, or a button waits for a clock that does not run", address)
		}
	}
	none := noText()
	_, root := drawn(t, "/sign-in/text?code=texts_paused", Personal{SignIn: &none})
	if got := forms(root)["/sign-in/text/send"]; !slices.Equal(got, []string{"authenticator=t1", "authenticator=t2"}) {
		t.Errorf("without a code the forms have %v", got)
	}
}

func TestPrerender_TheClientTakesTheSignInFromThePage(t *testing.T) {
	for _, bad := range append(hostile, "Ünï ☎ 'quoted' \"twice\" <b> & {n}") {
		state := waitingForText()
		state.Texts = []api.TextWay{{ID: bad, Name: bad, Number: bad}}
		state.Text.Number = bad
		for _, address := range []string{"/sign-in/text", "/sign-in/passcode", "/sign-in/another-way"} {
			_, root := drawn(t, address, Personal{SignIn: &state})
			found := ""
			each(root, func(n *html.Node) {
				if v, ok := value(n, "data-sign-in"); ok {
					found = v
				}
				if slices.Contains([]string{"script", "img", "iframe", "b"}, n.Data) {
					t.Errorf("%s with %q draws a <%s>", address, bad, n.Data)
				}
				for _, a := range n.Attr {
					if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "injected" {
						t.Errorf("%s with %q draws the attribute %s", address, bad, a.Key)
					}
				}
			})
			var s secondStep
			s.read(found)
			if !s.known || s.state.TrustDays != 30 || s.state.Texts[0].Name != bad || *s.state.Text != *state.Text {
				t.Errorf("%s: from %q the client takes %+v", address, bad, s.state)
			}
		}
	}
}

func TestPrerender_SaysWhatIsWrongWithATextCode(t *testing.T) {
	state := waitingForText()
	for _, c := range []check.Code{check.WrongTextCode, check.TextCodeExpired, check.Throttled} {
		shell, _ := drawn(t, "/sign-in/text?code="+string(c), Personal{SignIn: &state})
		if !strings.Contains(shell.Body, html.EscapeString(say().Code(c))) {
			t.Errorf("%s is not said", c)
		}
	}
	shell, _ := drawn(t, "/sign-in/passcode", Personal{})
	if strings.Contains(shell.Body, "data-sign-in") {
		t.Error("a page that knows nothing carries something")
	}
}
