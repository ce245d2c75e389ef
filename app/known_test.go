//go:build !js

package app

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"doorward/shared/api"

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
