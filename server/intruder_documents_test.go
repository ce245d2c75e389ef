package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"doorward/app"
	"doorward/server/auth"
	"doorward/server/languages"
	"doorward/server/servertest"
	"doorward/shared/api"
)

// scripts returns the scripts of a document, and what stands in the one of its data.
func scripts(t *testing.T, document string) (all int, known string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "script" {
			continue
		}
		all++
		for _, a := range n.Attr {
			if a.Key == "id" && a.Val == "known" {
				known = n.FirstChild.Data
			}
		}
	}
	return all, known
}

// Pages that are drawn at the same time, for people with bad names and in all languages,
// have nothing of one another.
func TestIntruder_DocumentsHaveNothingOfOthers(t *testing.T) {
	p := servertest.New(t, "")
	home := p.SetUp().User().Organization
	bad := []string{`</script><script>alert(1)</script>`, `<!--<script>`, `"><img src=x onerror=alert(1)>`, "\u2028]]>&lt;script&gt;"}
	var people []*servertest.Person
	for i, l := range languages.Every() {
		one := p.Add("person"+string(rune('a'+i)), auth.Member, home).SignIn()
		p.Change(one.Name, func(u *auth.User) { u.DisplayName, u.Language = one.Name+bad[i%len(bad)], l.Tag })
		people = append(people, one)
	}
	plain, _ := scripts(t, p.Browser().Get("/sign-in").Body.String())
	var all sync.WaitGroup
	for i, l := range languages.Every() {
		who := people[i]
		all.Go(func() {
			for range 25 {
				for _, path := range []string{"/", "/profile/security"} {
					document := who.Copy().Get(path).Body.String()
					n, text := scripts(t, document)
					var k app.Known
					if err := json.Unmarshal([]byte(text), &k); err != nil || n != plain+1 {
						t.Errorf("%s of %s has %d scripts, and its data: %v", path, who.Name, n, err)
					}
					if k.Session.UserName != who.Name || k.Session.DisplayName != who.User().DisplayName {
						t.Errorf("%s of %s is about %q", path, who.Name, k.Session.DisplayName)
					}
					for _, other := range people {
						if other != who && strings.Contains(document, other.Name) {
							t.Errorf("%s of %s tells of %s", path, who.Name, other.Name)
						}
					}
					if !strings.Contains(document, `<html lang="`+l.Tag+`"`) || !strings.Contains(document, l.Client.Frame.SignOut) {
						t.Errorf("%s of %s is not in %s", path, who.Name, l.Tag)
					}
				}
				if body := pageIn(p.Browser(), "/sign-in", l.Tag).Body.String(); !strings.Contains(body, "<title>"+l.Client.SignIn.Title+" ·") {
					t.Errorf("the sign-in page is not in %s", l.Tag)
				}
			}
		})
	}
	all.Wait()
}

// What a document brings along is kept nowhere, and there is none for whoever may not
// ask for it by a call.
func TestIntruder_DocumentsTellNobodyElse(t *testing.T) {
	p := servertest.New(t, "")
	home := p.SetUp().User().Organization
	grace := p.Add("grace", auth.Member, home).SignIn().Enroll()
	tells := func(b *servertest.Browser) bool {
		answer := b.Get("/profile/security")
		if got := answer.Header().Get("Cache-Control"); got != "no-store" {
			t.Errorf("it may be kept: %q", got)
		}
		_, known := scripts(t, answer.Body.String())
		return known != "" || strings.Contains(answer.Body.String(), "The grace")
	}
	if !tells(grace.Browser) {
		t.Fatal("her own document tells nothing")
	}
	halfway := p.Browser()
	servertest.Must(t, halfway, api.SignIn, api.SignInRequest{Name: grace.Name, Password: grace.Password})
	if tells(halfway) || tells(p.Browser()) {
		t.Error("it tells who is not signed in")
	}
	stolen := grace.Copy()
	p.Change("grace", func(u *auth.User) { u.State = auth.Suspended })
	if tells(stolen) {
		t.Error("it tells who is suspended")
	}
	p.Change("grace", func(u *auth.User) { u.State = auth.Active })
	servertest.Must(t, grace, api.SignOut, api.None{})
	if tells(stolen) {
		t.Error("it tells who has signed out")
	}
	late := p.Add("late", auth.Member, home).SignIn()
	p.SetPolicy(func(policy *auth.Policy) { policy.MandatoryFrom = p.Clock.Now() })
	for _, path := range []string{"/", "/profile/security", app.WizardPath} {
		answer := late.Get(path)
		if _, known := scripts(t, answer.Body.String()); known != "" {
			t.Errorf("%s tells who has to set up two-factor first", path)
		}
		if path != app.WizardPath && answer.Code != http.StatusSeeOther {
			t.Errorf("%s: %d", path, answer.Code)
		}
	}
}
