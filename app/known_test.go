//go:build !js

package app

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"

	"golang.org/x/net/html"
)

// everything is what could be known of somebody whose names are bad.
func everything(bad string) *Known {
	return &Known{
		Session: api.SessionInfo{UserID: "1", UserName: bad, DisplayName: bad, Organization: bad, TwoFactor: true},
		Security: api.SecurityInfo{Active: true, RecoveryCodesLeft: 2, RecoveryCodesTotal: 10, RecoveryCodesMade: 1,
			PasswordChanged: 1, Authenticators: []api.AuthenticatorRow{{ID: bad, Name: bad, Added: 1}}},
	}
}

func TestKnown_DrawsTheWholePageBeforeTheClient(t *testing.T) {
	for _, address := range []string{"/", "/profile/security"} {
		bare, _ := drawn(t, address, Personal{})
		if !strings.Contains(bare.Body, "bone") || !bare.NeedsClient {
			t.Errorf("%s shows more than bones of whom nothing is known", address)
		}
		full, _ := drawn(t, address, Personal{Known: everything("Ada")})
		if strings.Contains(full.Body, "bone") || !strings.Contains(full.Body, ">Active<") {
			t.Errorf("%s is not whole: %s", address, full.Body)
		}
	}
}

func TestKnown_NothingInANameBecomesMarkup(t *testing.T) {
	for _, bad := range hostile {
		for _, address := range []string{"/", "/profile/security"} {
			_, plain := drawn(t, address, Personal{Known: everything("Ada")})
			_, tree := drawn(t, address, Personal{Known: everything(bad)})
			if got, want := shape(tree), shape(plain); got != want {
				t.Errorf("%s with the name %q: %s, want %s", address, bad, got, want)
			}
		}
	}
}

// shape is the elements of a page with the names of their attributes, in order.
func shape(root *html.Node) string {
	var b strings.Builder
	each(root, func(n *html.Node) {
		keys := []string{n.Data}
		for _, a := range n.Attr {
			keys = append(keys, a.Key)
		}
		slices.Sort(keys[1:])
		b.WriteString(strings.Join(keys, " ") + "\n")
	})
	return b.String()
}

func TestKnown_IsNotAskedForAgain(t *testing.T) {
	data, err := json.Marshal(everything("Ada"))
	if err != nil {
		t.Fatal(err)
	}
	var k Known
	if err := json.Unmarshal(data, &k); err != nil {
		t.Fatal(err)
	}
	p := &securityPage{}
	p.knows(&k)
	d, _ := open(t, p, "/profile/security", map[string][]any{api.Session.Path: {adaTwo}, api.Security.Path: {active}})
	if len(d.calls) != 0 || p.who.value.UserName != "Ada" {
		t.Errorf("the first load made the calls %v and knows %q", d.calls, p.who.value.UserName)
	}
	ctx, e := probed(t)
	p.load(ctx)
	e.ConsumeAll()
	if len(d.calls) != 2 || p.who.value.UserName == "Ada" {
		t.Errorf("the second made the calls %v and knows %q", d.calls, p.who.value.UserName)
	}
}

func TestTakesKnown_OnlyThePagesDrawnFromIt(t *testing.T) {
	for _, address := range everyPage() {
		full, _ := drawn(t, address, Personal{Known: everything("Ada Lovelace")})
		if got, want := TakesKnown(address), strings.Contains(full.Body, "Ada Lovelace"); got != want {
			t.Errorf("%s takes what is known: %v, want %v", address, got, want)
		}
	}
}

// everyLink are the pages behind links, and what is known of the link.
func everyLink(bad string) map[string]*KnownLink {
	links := map[string]*KnownLink{}
	for _, path := range append(linkPages, "/setup", "/invitation") {
		links[path+"/"+testToken] = &KnownLink{Info: api.LinkInfo{UserName: bad, Email: bad, DisplayName: bad, Organization: bad, MinPassword: 23}}
	}
	return links
}

func TestKnownLink_IsThereBeforeTheClient(t *testing.T) {
	for address, want := range map[string][]string{
		"/invitation": {"Ada has invited you.", "Your user name is Ada.", "At least 23 characters."},
		"/password":   {"Ada", "At least 23 characters."},
		"/email":      {"Ada"},
		"/turn-off":   {"Ada"},
	} {
		address += "/" + testToken
		shell, _ := drawn(t, address, Personal{Known: &Known{Link: everyLink("Ada")[address]}})
		for _, words := range want {
			if !strings.Contains(shell.Body, words) {
				t.Errorf("%s does not say %q: %s", address, words, shell.Body)
			}
		}
	}
	for address := range everyLink("") {
		shell, _ := drawn(t, address, Personal{Known: &Known{Link: &KnownLink{Refused: check.LinkDead}}})
		if !strings.Contains(shell.Body, "This link does not open anything") || strings.Contains(shell.Body, "<form") {
			t.Errorf("%s with a dead link: %s", address, shell.Body)
		}
	}
}

func TestKnownLink_NothingInANameBecomesMarkup(t *testing.T) {
	plain := everyLink("Ada")
	for _, bad := range hostile {
		for address, k := range everyLink(bad) {
			_, want := drawn(t, address, Personal{Known: &Known{Link: plain[address]}})
			_, got := drawn(t, address, Personal{Known: &Known{Link: k}})
			if shape(got) != shape(want) {
				t.Errorf("%s with the name %q: %s, want %s", address, bad, shape(got), shape(want))
			}
		}
	}
}

func TestKnownLink_IsNotAskedAbout(t *testing.T) {
	p := &newPasswordPage{}
	u, err := url.Parse("/password/" + testToken)
	if err != nil {
		t.Fatal(err)
	}
	p.at(u)
	learn(p, &Known{Link: &KnownLink{Info: api.LinkInfo{UserName: "ada", MinPassword: 20}}})
	d, _ := open(t, p, u.String(), map[string][]any{})
	if len(d.calls) != 0 {
		t.Errorf("the calls %v were made", d.calls)
	}
	reads(t, p, []string{"ada", "At least 20 characters."})
}
