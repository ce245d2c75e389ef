//go:build !js

package app

import (
	"slices"
	"strings"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"

	"golang.org/x/net/html"
)

// everyWayBack is what somebody has who has everything.
func everyWayBack() api.LostInfo {
	return api.LostInfo{RecoveryCodes: true, Phones: []api.TextWay{mine, other}, Staff: true, Mail: true}
}

func TestLostPhone_OnlyTheWaysThatThereAreAndInOrder(t *testing.T) {
	for _, c := range []struct {
		name        string
		lost        api.LostInfo
		want, never []string
	}{
		{"everything", everyWayBack(), []string{"Take the first of these", "Use a recovery code", "ending in 42", "ending in 77", "Ask your administrator", "Tell them that I need help"},
			[]string{"reset-2fa", "They were told"}},
		{"staff only", api.LostInfo{Staff: true, Mail: true}, []string{"people can let you in again", "Ask your administrator", "Tell them that I need help"},
			[]string{"Use a recovery code", "Have a code sent"}},
		{"asked", api.LostInfo{Staff: true, Mail: true, Asked: true}, []string{"They were told a while ago."}, []string{"Tell them that I need help"}},
		{"no mail", api.LostInfo{Staff: true}, []string{"They cannot be told from here"}, []string{"Tell them that I need help"}},
		{"nobody", api.LostInfo{}, []string{"Whoever runs this portal can let you in again.", "Ask whoever runs this portal", "doorward user reset-2fa"},
			[]string{"Ask your administrator", "Tell them", "Use a recovery code"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &lostPhonePage{}
			open(t, p, "/sign-in/lost-phone", map[string][]any{api.LostWays.Path: {c.lost}})
			reads(t, p, c.want, c.never...)
			words, last := text(t, p), -1
			for _, w := range c.want {
				i := strings.Index(words, w)
				if i <= last {
					t.Errorf("%q is out of order: %s", w, words)
				}
				last = i
			}
		})
	}
}

func TestLostPhone_WithoutASignIn(t *testing.T) {
	for _, c := range []check.Code{check.SignInExpired, check.Offline} {
		p := &lostPhonePage{}
		open(t, p, "/sign-in/lost-phone", map[string][]any{api.LostWays.Path: {&api.Error{Code: c}}})
		reads(t, p, []string{"Sign in with your name and password first", "Use a recovery code", "Have a code sent to your recovery phone", "Ask your administrator", "reset-2fa"},
			"Tell them that I need help", "Sign in as someone else")
		if links := linksOf(t, p); !slices.Contains(links, "/sign-in") || slices.Contains(links, "/sign-in/recovery-code") {
			t.Errorf("it leads to %v", links)
		}
	}
}

func TestPrerender_LostPhoneWorksWithoutTheClient(t *testing.T) {
	lost := everyWayBack()
	_, root := drawn(t, "/sign-in/lost-phone", Personal{Lost: &lost})
	got := forms(root)
	for action, fields := range map[string][]string{
		"/sign-in/recovery-phone/send": {"authenticator=t1", "authenticator=t2"}, "/sign-in/ask-staff": {""}, "/sign-in/cancel": {""}} {
		if !slices.Equal(got[action], fields) {
			t.Errorf("the forms to %s have %v, want %v", action, got[action], fields)
		}
	}
	lost.Asked = true
	for _, c := range []struct{ query, want string }{
		{"?notice=asked", "They have been told."},
		{"", "They were told a while ago."},
		{"?code=throttled&retry=600", "There were too many tries."},
		{"?code=not_found", "reset-2fa"},
		{"?code=texts_paused", say().Code(check.TextsPaused)},
	} {
		shell, root := drawn(t, "/sign-in/lost-phone"+c.query, Personal{Lost: &lost})
		if !strings.Contains(shell.Body, html.EscapeString(c.want)) || forms(root)["/sign-in/ask-staff"] != nil {
			t.Errorf("with %q it does not say %q, or the staff can be asked again", c.query, c.want)
		}
	}
	shell, root := drawn(t, "/sign-in/lost-phone", Personal{})
	if len(forms(root)) != 0 || !strings.Contains(shell.Body, `data-lost="null"`) {
		t.Error("without a sign-in there is something to send, or the client has to ask")
	}
}

func TestPrerender_TheClientTakesTheWaysBackFromThePage(t *testing.T) {
	for _, bad := range append(hostile, "Ünï ☎ 'quoted' \"twice\" <b> & {n}") {
		lost := api.LostInfo{RecoveryCodes: true, Phones: []api.TextWay{{ID: bad, Name: bad, Number: bad}}, Text: onItsWay(), Staff: true}
		lost.Text.Number = bad
		for address, key := range map[string]string{"/sign-in/lost-phone": "data-lost", "/sign-in/recovery-phone": "data-back-in"} {
			_, root := drawn(t, address, Personal{Lost: &lost})
			found := ""
			each(root, func(n *html.Node) {
				if v, ok := value(n, key); ok {
					found = v
				}
				if n.Data == "script" || n.Data == "img" || n.Data == "b" {
					t.Errorf("%s with %q draws a <%s>", address, bad, n.Data)
				}
				for _, a := range n.Attr {
					if strings.HasPrefix(a.Key, "on") || a.Key == "injected" {
						t.Errorf("%s with %q draws the attribute %s", address, bad, a.Key)
					}
				}
			})
			read := &waysBack{}
			read.read(found)
			second := &secondStep{lost: true}
			second.read(found)
			if strings.Contains(bad, "\x00") {
				continue // HTML cannot carry it
			}
			if key == "data-lost" && (read.lost == nil || len(read.lost.Phones) != 1 || read.lost.Phones[0].Number != bad || !read.lost.Staff) {
				t.Errorf("%s: the client reads %+v", address, read.lost)
			}
			if key == "data-back-in" && (!second.known || len(second.state.Texts) != 1 || second.state.Texts[0].ID != bad || second.state.Text == nil) {
				t.Errorf("%s: the client reads %+v", address, second.state)
			}
		}
	}
}

func TestRecoveryText_WorksAsAPlainForm(t *testing.T) {
	lost, in := everyWayBack(), waitingForText()
	lost.Text, in.Text.Number = onItsWay(), "+49 ••• 11"
	shell, root := drawn(t, "/sign-in/recovery-phone", Personal{SignIn: &in, Lost: &lost})
	got := forms(root)
	for action, fields := range map[string][]string{"/sign-in/recovery-phone": {"code="}, "/sign-in/recovery-phone/send": {"authenticator=t1"}} {
		if !slices.Equal(got[action], fields) {
			t.Errorf("the forms to %s have %v, want %v", action, got[action], fields)
		}
	}
	for _, want := range []string{"the number ending in 42", "Not received?", "Another way"} {
		if !strings.Contains(shell.Body, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if strings.Contains(shell.Body, "ending in 11") || strings.Contains(shell.Body, "Do not ask again") {
		t.Error("it speaks of the second step's own message, or offers to be trusted")
	}
}

func TestRecoveryText_SendsAndProves(t *testing.T) {
	left := departures(t)
	none, sent := everyWayBack(), everyWayBack()
	sent.Text = onItsWay()
	p := newRecoveryTextPage()
	d, _ := open(t, p, "/sign-in/recovery-phone", map[string][]any{
		api.LostWays.Path:           {none, sent},
		api.SendRecoveryText.Path:   {&api.Error{Code: check.TextLimit, Retry: 300}, api.NextStep{Path: "/sign-in/recovery-phone"}},
		api.VerifyRecoveryText.Path: {&api.Error{Code: check.WrongTextCode}, api.NextStep{Path: "/sign-in/recovered"}},
	})
	ctx, settle := handler(t)
	reads(t, p, []string{"No code is on its way", "ending in 42", "ending in 77", "Recovery code"}, "Six-digit code", "Authenticator app")
	p.sendAnother(ctx, "t1")
	settle()
	reads(t, p, []string{say().Code(check.TextLimit)})
	p.again.left = 0
	p.sendAnother(ctx, "t1")
	settle()
	reads(t, p, []string{"We have sent six digits to your phone, to the number ending in 42"}, "No code is on its way")
	for range 2 {
		p.send(ctx, "123456")
		settle()
	}
	reads(t, p, nil, say().Code(check.WrongTextCode))
	if !slices.Equal(*left, []string{"/sign-in/recovered"}) {
		t.Errorf("left for %v", *left)
	}
	if got := d.called(api.VerifyRecoveryText.Path); !slices.Equal(got, []string{`{"code":"123456"}`, `{"code":"123456"}`}) {
		t.Errorf("sent %v", got)
	}
}

func TestRecovered_ByPhoneAndByCode(t *testing.T) {
	withCode := adaTwo
	withCode.Recovery = &api.Recovery{Replacement: "7KQ2-M9XF-0BTV-H4CE", Left: 10}
	for _, c := range []struct {
		who         api.SessionInfo
		want, never string
	}{{withCode, "Your new recovery code", "The code from your recovery phone"}, {adaTwo, "The code from your recovery phone", "Your new recovery code"}} {
		p := &recoveredPage{}
		open(t, p, "/sign-in/recovered", map[string][]any{api.Session.Path: {c.who}})
		reads(t, p, []string{c.want, "Set up a new phone", "I still have my phone"}, c.never, "There is no code to show")
	}
}
