//go:build !js

package app

import (
	"slices"
	"strings"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
)

// kindOf is the type of the input with id on p.
func kindOf(t *testing.T, p goapp.UI, id string) (kind string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(goapp.HTMLString(p)))
	if err != nil {
		t.Fatal(err)
	}
	each(root, func(n *html.Node) {
		if v, _ := value(n, "id"); v == id {
			kind, _ = value(n, "type")
		}
	})
	return kind
}

func TestSuggest_FillsTheFieldAndShowsIt(t *testing.T) {
	const made = "copper-lantern-7-Hat-under"
	p := &newPasswordPage{}
	d, _ := open(t, p, "/password/"+testToken, map[string][]any{
		api.CheckLink.Path: {api.LinkInfo{MinPassword: 15}}, api.ChoosePassword.Path: {&api.Error{Code: check.Offline}},
		api.SuggestPassword.Path: {&api.Error{Code: check.Internal}, api.SuggestedPassword{Password: made}}})
	ctx, engine := probed(t)
	reads(t, p, []string{"Suggest a password"}, "password manager")
	p.form.makeUp(ctx, "password")
	engine.ConsumeAll()
	reads(t, p, []string{"No password could be suggested."}, "password manager")
	p.form.makeUp(ctx, "password")
	p.form.makeUp(ctx, "password") // once is enough
	engine.ConsumeAll()
	if n := len(d.called(api.SuggestPassword.Path)); n != 2 {
		t.Errorf("it asked %d times", n)
	}
	reads(t, p, []string{"Keep it in a password manager", "Copy the password", "Long enough"}, "No password could be suggested.")
	if kind := kindOf(t, p, "new-password-password"); kind != "text" || p.form.value("password") != made {
		t.Errorf("the field is of the type %s and holds %q", kind, p.form.value("password"))
	}
	p.form.turn("password")
	if kind := kindOf(t, p, "new-password-password"); kind != "password" {
		t.Errorf("hidden again the field is of the type %s", kind)
	}
	reads(t, p, []string{"Copy the password"})
	p.onSubmit(ctx, goappEvent())
	engine.ConsumeAll()
	if got := d.called(api.ChoosePassword.Path); !slices.Equal(got, []string{`{"token":"` + testToken + `","password":"` + made + `"}`}) {
		t.Errorf("sent %v", got)
	}
	p.form.set("password", "something of my own")
	reads(t, p, nil, "password manager", "Copy the password")
}

func TestSuggest_ShowsNoOtherPassword(t *testing.T) {
	p := &profilePage{}
	open(t, p, "/profile", map[string][]any{api.Session.Path: {ada}, api.Security.Path: {active}, api.Profile.Path: {api.ProfileInfo{}},
		api.SuggestPassword.Path: {api.SuggestedPassword{Password: "copper-lantern-7-Hat-under"}}})
	ctx, engine := probed(t)
	p.password.form.makeUp(ctx, "new")
	engine.ConsumeAll()
	if now, was := kindOf(t, p, "change-password-new"), kindOf(t, p, "change-password-current"); now != "text" || was != "password" {
		t.Errorf("the new one is of the type %s, the current one of %s", now, was)
	}
}

func TestSuggest_StandsBesideEveryNewPassword(t *testing.T) {
	for address, want := range map[string]bool{"/setup/" + testToken: true, "/invitation/" + testToken: true, "/password/" + testToken: true,
		"/sign-in": false, "/turn-off/" + testToken: false} {
		shell, root := drawn(t, address, Personal{})
		if strings.Contains(shell.Body, "Suggest a password") != want {
			t.Errorf("%s offers to make a password up: not %v", address, want)
		}
		each(root, func(n *html.Node) {
			if c, _ := value(n, "class"); strings.Contains(c, "suggest ") && !strings.Contains(c, "with-client") {
				t.Errorf("%s offers it without the client", address)
			}
		})
	}
}
