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

// withPhones is an account that is freshly proved, with the recovery phones.
func withPhones(policy api.PhonePolicy, rows ...api.PhoneRow) api.SecurityInfo {
	s := provedSecurity(active)
	s.RecoveryPhone, s.MaxRecoveryPhones, s.RecoveryPhones = policy, 2, rows
	return s
}

var (
	firstPhone  = api.PhoneRow{ID: "p1", Number: "••• 42", Added: 1_700_000_000_000}
	secondPhone = api.PhoneRow{ID: "p2", Number: "••• 77", Added: 1_700_000_000_000}
)

func TestRecoveryPhones(t *testing.T) {
	for _, c := range []struct {
		name  string
		info  api.SecurityInfo
		want  []string
		never []string
	}{
		{"off", withPhones(api.PhoneOff), nil, []string{"ecovery phone"}},
		{"not known to this server", withPhones(""), nil, []string{"ecovery phone"}},
		{"none yet", withPhones(api.PhoneOptional), []string{"No recovery phone yet", "Add a recovery phone"}, []string{"Your organization asks"}},
		{"none where one is asked for", withPhones(api.PhoneRequired), []string{"Your organization asks for one.", "Add a recovery phone"}, nil},
		{"one", withPhones(api.PhoneOptional, firstPhone), []string{"••• 42", "Add a recovery phone", "Change", "Added"}, []string{"No recovery phone yet"}},
		{"as many as there may be", withPhones(api.PhoneOptional, firstPhone, secondPhone), []string{"••• 77", "You have 2 recovery phones"}, []string{"Add a recovery phone"}},
		{"left over", withPhones(api.PhoneOff, firstPhone), []string{"••• 42", "No text messages can be sent"}, []string{"Add a recovery phone", "Change ••• 42"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &securityPage{}
			open(t, p, "/profile/security", map[string][]any{api.Session.Path: {adaTwo}, api.Security.Path: {c.info}})
			reads(t, p, c.want, c.never...)
		})
	}
}

func TestRecoveryPhones_LeadToTheirPage(t *testing.T) {
	p := &securityPage{}
	open(t, p, "/profile/security", map[string][]any{api.Session.Path: {adaTwo}, api.Security.Path: {withPhones(api.PhoneOptional, firstPhone)}})
	for _, want := range []string{phonePath, phonePath + "?replace=p1"} {
		if got := linksOf(t, p); !slices.Contains(got, want) {
			t.Errorf("nothing leads to %s: %v", want, got)
		}
	}
}

func TestRecoveryPhones_Remove(t *testing.T) {
	p := &securityPage{}
	d, settle := open(t, p, "/profile/security", map[string][]any{
		api.Session.Path:             {adaTwo},
		api.Security.Path:            {withPhones(api.PhoneRequired, firstPhone), withPhones(api.PhoneRequired)},
		api.RemoveRecoveryPhone.Path: {&api.Error{Code: check.RecoveryPhoneRequired}, api.Done{}}})
	p.prepare(askPhone, "p1")
	reads(t, p, []string{"Remove ••• 42?", "no longer lets you in"}, "Change the number")
	p.removePhone()
	settle()
	reads(t, p, []string{"can be changed but not removed", "Change the number"})
	p.removePhone() // the organization has changed its mind
	settle()
	if got := d.called(api.RemoveRecoveryPhone.Path); !slices.Equal(got, []string{`{"id":"p1"}`, `{"id":"p1"}`}) {
		t.Errorf("sent %v", got)
	}
	reads(t, p, []string{"No recovery phone yet"}, "••• 42")
}

func TestRecoveryPhones_RemovingNeedsAProof(t *testing.T) {
	s := withPhones(api.PhoneOptional, firstPhone)
	s.ProvedUntil = 0
	p := &securityPage{}
	open(t, p, "/profile/security", map[string][]any{api.Session.Path: {adaTwo}, api.Security.Path: {s}})
	p.prepare(askPhone, "p1")
	reads(t, p, []string{"Is it still you?"}, "Remove ••• 42?")
}

// linksOf returns where the links drawn on p lead.
func linksOf(t *testing.T, p goapp.UI) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(tidy(goapp.HTMLString(p))))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	each(root, func(n *html.Node) {
		if to, ok := value(n, "href"); ok {
			found = append(found, to)
		}
	})
	return found
}
