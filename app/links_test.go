//go:build !js

package app

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
)

// linkPages are the pages of mailed links.
var linkPages = []string{"/email", "/not-me", "/password", "/turn-off"}

func TestLinkPages_WorkAsPlainForms(t *testing.T) {
	for _, path := range linkPages {
		shell, root := drawn(t, path+"/"+testToken+"?code=throttled&retry=30", Personal{})
		if shell.NeedsClient {
			t.Errorf("%s waits for the client", path)
		}
		action, token, buttons := "", "", 0
		each(root, func(n *html.Node) {
			switch kind, _ := value(n, "type"); {
			case n.Data == "form":
				action, _ = value(n, "action")
			case kind == "hidden":
				token, _ = value(n, "value")
			case kind == "submit":
				buttons++
			}
		})
		if action != path || token != testToken || buttons != 1 {
			t.Errorf("%s: the form goes to %q with the token %q by %d buttons", path, action, token, buttons)
		}
		if !strings.Contains(shell.Body, "There were too many tries.") {
			t.Errorf("%s does not say what the address says", path)
		}
	}
}

func TestLinkPages_HostileTokens(t *testing.T) {
	for _, path := range linkPages {
		for _, bad := range append(hostile, testToken+"A", strings.Repeat("é", 43), strings.Repeat(`"`, 43)) {
			_, root := drawn(t, path+"/"+url.PathEscape(bad), Personal{})
			each(root, func(n *html.Node) {
				if n.Data == "form" || n.Data == "script" || n.Data == "img" || n.Data == "b" {
					t.Errorf("%s with the token %q draws a <%s>", path, bad, n.Data)
				}
				for _, a := range n.Attr {
					if strings.HasPrefix(a.Key, "on") || a.Key == "injected" || strings.Contains(a.Val, "alert") {
						t.Errorf("%s with the token %q draws %s=%q", path, bad, a.Key, a.Val)
					}
				}
			})
		}
	}
}

func TestLinkPages_DeadLinksLeadOn(t *testing.T) {
	for _, c := range []struct{ path, says, leads string }{
		{"/email", "have a new link sent", "/sign-in?next=%2Fprofile"},
		{"/not-me", "end the sessions that are not yours", "/profile/sessions"},
		{"/password", "brings you a new link by mail", "/sign-in"},
		{"/turn-off", "ask your administrator for a new one", "/sign-in"},
	} {
		for _, rest := range []string{"/" + testToken + "?code=link_dead", "/" + testToken + "?p.token=bad_characters", "/short"} {
			shell, root := drawn(t, c.path+rest, Personal{})
			var leads []string
			each(root, func(n *html.Node) {
				if to, ok := value(n, "href"); ok {
					leads = append(leads, to)
				}
			})
			if !strings.Contains(shell.Body, "This link does not open anything") || !strings.Contains(shell.Body, c.says) || !slices.Contains(leads, c.leads) {
				t.Errorf("%s%s does not say %q and lead to %s", c.path, rest, c.says, c.leads)
			}
			if !strings.HasPrefix(shell.Title, "This link does not open anything") {
				t.Errorf("%s%s: the title is %q", c.path, rest, shell.Title)
			}
		}
	}
}

func TestEmailPage(t *testing.T) {
	left := departures(t)
	p := &emailPage{}
	d, _ := open(t, p, "/email/"+testToken, map[string][]any{
		api.CheckLink.Path:    {api.LinkInfo{Email: "countess@example.org"}},
		api.ConfirmEmail.Path: {&api.Error{Code: check.Offline}, api.NextStep{Path: "/sign-in?notice=email_confirmed"}}})
	reads(t, p, []string{"Confirm countess@example.org as your address."})
	ctx, engine := probed(t)
	p.onSubmit(ctx, goappEvent())
	engine.ConsumeAll()
	reads(t, p, []string{"The server cannot be reached."})
	p.onSubmit(ctx, goappEvent())
	engine.ConsumeAll()
	if got := d.called(api.ConfirmEmail.Path); !slices.Equal(got, []string{`{"token":"` + testToken + `"}`, `{"token":"` + testToken + `"}`}) {
		t.Errorf("sent %v", got)
	}
	if !slices.Equal(*left, []string{"/sign-in?notice=email_confirmed"}) {
		t.Errorf("left for %v", *left)
	}
}

func TestNotMePage(t *testing.T) {
	left := departures(t)
	p := &notMePage{}
	d, _ := open(t, p, "/not-me/"+testToken, map[string][]any{
		api.CheckLink.Path: {api.LinkInfo{}}, api.LockDown.Path: {api.NextStep{Path: "/sign-in?notice=locked_down"}}})
	reads(t, p, []string{"Every session ends", "Trusted devices are forgotten", "The password no longer opens", "nothing is deleted",
		"Shut everybody out", "Close this page. Nothing happens."})
	if n := len(d.called(api.LockDown.Path)); n != 0 {
		t.Fatal("opening the page locked the account down")
	}
	ctx, engine := probed(t)
	p.onSubmit(ctx, goappEvent())
	engine.ConsumeAll()
	if p.door != doorChained {
		t.Errorf("the door is %s", p.door)
	}
	if !slices.Equal(*left, []string{"/sign-in?notice=locked_down"}) {
		t.Errorf("left for %v", *left)
	}
}

func TestNewPasswordPage(t *testing.T) {
	left := departures(t)
	p := &newPasswordPage{}
	d, _ := open(t, p, "/password/"+testToken, map[string][]any{
		api.CheckLink.Path: {api.LinkInfo{UserName: "ada", Email: "ada@example.org", Organization: "Engines", MinPassword: 8}},
		api.ChoosePassword.Path: {&api.Error{Problems: api.Problems{"password": check.PasswordCommon}},
			api.NextStep{Path: "/sign-in?notice=password_chosen"}}})
	reads(t, p, []string{"For the account ada.", "At least 8 characters"})
	ctx, engine := probed(t)
	for _, c := range []struct{ typed, want string }{
		{"", "Please fill this in."},
		{"short", "Use more characters."},
		{"engines!", "built on your name"},
		{"correct horse", "on lists of known passwords"},
	} {
		p.form.set("password", c.typed)
		p.onSubmit(ctx, goappEvent())
		engine.ConsumeAll()
		reads(t, p, []string{c.want})
	}
	p.form.set("password", "a door of my own")
	p.onSubmit(ctx, goappEvent())
	engine.ConsumeAll()
	if got := d.called(api.ChoosePassword.Path); len(got) != 2 || got[1] != `{"token":"`+testToken+`","password":"a door of my own"}` {
		t.Errorf("sent %v", got)
	}
	if !slices.Equal(*left, []string{"/sign-in?notice=password_chosen"}) {
		t.Errorf("left for %v", *left)
	}
}

func TestNewPasswordPage_BeforeTheLinkIsKnownTheServerDecides(t *testing.T) {
	p := &newPasswordPage{}
	d, _ := open(t, p, "/password/"+testToken, map[string][]any{
		api.CheckLink.Path: {&api.Error{Code: check.Offline}}, api.ChoosePassword.Path: {&api.Error{Code: check.LinkDead}}})
	reads(t, p, []string{"At least 15 characters"})
	ctx, engine := probed(t)
	p.form.set("password", "eight or more")
	p.onSubmit(ctx, goappEvent())
	engine.ConsumeAll()
	if n := len(d.called(api.ChoosePassword.Path)); n != 1 {
		t.Errorf("%d calls", n)
	}
	reads(t, p, []string{"This link does not open anything"})
}

func TestLinkPages_DeadBeforeAnythingIsPressed(t *testing.T) {
	for path, p := range map[string]interface {
		page
		load(goapp.Context)
	}{"/email/": &emailPage{}, "/not-me/": &notMePage{}, "/password/": &newPasswordPage{}} {
		open(t, p, path+testToken, map[string][]any{api.CheckLink.Path: {&api.Error{Code: check.LinkDead}}})
		reads(t, p, []string{"This link does not open anything"})
	}
}

func TestSignInPage_AfterALinkAndWhileLocked(t *testing.T) {
	for _, c := range []struct {
		address, want string
		chained       bool
	}{
		{"/sign-in?notice=email_confirmed", "Your address is confirmed.", false},
		{"/sign-in?notice=locked_down", "We have mailed you a link to choose a new password.", true},
		{"/sign-in?code=password_locked", "Your account is closed to strangers, until you choose a new password.", true},
	} {
		shell, _ := drawn(t, c.address, Personal{})
		if !strings.Contains(shell.Body, c.want) || strings.Contains(shell.Body, "door chained") != c.chained {
			t.Errorf("%s does not say %q, or the chain (%v) is wrong", c.address, c.want, c.chained)
		}
	}
}
