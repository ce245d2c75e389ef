//go:build !js

package app

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
)

var whole = api.ChainInfo{At: time.Now().Add(-3 * time.Minute).UnixMilli(), Entries: 12345}

// audit opens the administrators' page at address.
func audit(t *testing.T, address string, answers map[string][]any) (*auditPage, *desk, func()) {
	t.Helper()
	who := ada
	who.Role = "admin"
	for path, usual := range map[string]any{api.Session.Path: who, api.AuditChain.Path: whole, api.Activity.Path: api.ActivityList{}} {
		if answers[path] == nil {
			answers[path] = []any{usual}
		}
	}
	p := &auditPage{}
	d, settle := open(t, p, address, answers)
	return p, d, settle
}

func TestAudit_ARowReadsAsASentence(t *testing.T) {
	by := func(name string, details map[string]string) func(*api.ActivityRow) {
		return func(e *api.ActivityRow) { e.By, e.Details = name, details }
	}
	about := func(e *api.ActivityRow) { e.Person, e.Name, e.By = "", "", "Grace Hopper" }
	for _, c := range []struct {
		name string
		row  api.ActivityRow
		want string
	}{
		{"somebody did something", event(1, 0, "signed_in", nil), "Ada Lovelace signed in. "},
		{"to somebody", event(1, 0, "user_suspended", by("Grace Hopper", nil)), "The account of Ada Lovelace was suspended by Grace Hopper."},
		{"on the host", event(1, 0, "user_invited", by("command line", nil)), "Ada Lovelace was invited by a command on the host."},
		{"by a way", event(1, 0, "two_factor_reset", by("Grace Hopper", map[string]string{"way": "link"})), "Two-factor authentication of Ada Lovelace was taken off by Grace Hopper with a link."},
		{"refused", event(1, 0, "two_factor_reset", func(e *api.ActivityRow) {
			denied(e)
			e.By, e.Details = "Grace Hopper", map[string]string{"way": "recovery code by telephone"}
		}), "A recovery code that was read out for Ada Lovelace was refused by Grace Hopper with a recovery code by telephone."},
		{"with a name", event(1, 0, "authenticator_added", by("", map[string]string{"name": "Pocket"})), "Ada Lovelace added the authenticator “Pocket”."},
		{"a role", event(1, 0, "role_changed", by("Grace Hopper", map[string]string{"name": "admin"})), "The role of Ada Lovelace was changed to Administrator by Grace Hopper."},
		{"nobody known", event(1, 0, "sign_in_refused", func(e *api.ActivityRow) { denied(e); e.Person, e.Name = "", "" }), "Somebody was refused at sign-in."},
		{"about nobody", event(1, 0, "policy_changed", about), "The rules were changed by Grace Hopper."},
		{"about nobody, by its subject", event(1, 0, "mandatory_on", nil), "Two-factor authentication was made mandatory by Ada Lovelace."},
		{"of a newer server", event(1, 0, "of_a_newer_server", nil), "Ada Lovelace : of a newer server."},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, _, _ := audit(t, activityPath, map[string][]any{api.Activity.Path: {api.ActivityList{Events: []api.ActivityRow{c.row}}}})
			if got := text(t, p) + " "; !strings.Contains(strings.NewReplacer(" .", ".", "  ", " ").Replace(got), c.want) {
				t.Errorf("it does not say %q: %s", c.want, got)
			}
		})
	}
}

func TestAudit_PolicyChangesShowBeforeAndAfter(t *testing.T) {
	p, _, _ := audit(t, activityPath, map[string][]any{api.Activity.Path: {api.ActivityList{Events: []api.ActivityRow{
		event(1, 0, "policy_changed", func(e *api.ActivityRow) {
			e.Details = map[string]string{"methods_before": "totp,text", "methods_after": "totp", "trusted_days_before": "30", "trusted_days_after": "1",
				"idle_minutes_before": "45", "idle_minutes_after": "60", "overall_minutes_before": "1440", "overall_minutes_after": "10080",
				"stay_signed_in_before": "false", "stay_signed_in_after": "true", "recovery_phone_before": "optional", "recovery_phone_after": "required",
				"min_password_before": "8", "min_password_after": "15", "until_before": "", "until_after": "text:1700000000000"}
		}),
		event(2, 0, "mandatory_on", func(e *api.ActivityRow) {
			e.Details = map[string]string{"from_before": "", "from_after": "2026-12-24T08:00:00Z"}
		}),
		event(3, 0, "exempted", func(e *api.ActivityRow) { e.Details = map[string]string{"until": "2026-12-27T08:00:00Z"} }),
		event(4, 0, "user_moved", func(e *api.ActivityRow) { e.Details = map[string]string{"before": "Engines", "after": "Kitchens"} }),
		event(5, 0, "role_changed", func(e *api.ActivityRow) { e.Details = map[string]string{"before": "member", "name": "helper"} }),
	}}}})
	reads(t, p, []string{"Methods: from authenticator app, text message to authenticator app", "Trusted devices: from 30 days to 1 day",
		"Idle sessions end after: from 45 minutes to 1 hour", "Every session ends after: from 1 day to 7 days", "Stay signed in: from no to yes",
		"Recovery phone: from optional to required", "Shortest password: from 8 characters to 15 characters",
		"Still accepted: from nothing to text message until 2023-11-14", "Mandatory from: from nothing to 2026-12-24", "Until 2026-12-27", "From Engines", "To Kitchens", "was changed to Helper", "From Member"})
}

func TestAudit_WhatIsLookedForStandsInTheAddress(t *testing.T) {
	left := departures(t)
	address := activityPath + "?address=192.0.2.1&from=2020-11-01&kind=signed_in&outcome=allowed&person=" + idMary + "&to=2020-11-02"
	p, d, _ := audit(t, address, map[string][]any{api.Person.Path: {mary()}})
	if got := strings.Join(d.called(api.Activity.Path), " "); got != `{"person":"`+idMary+`","kind":"signed_in","outcome":"allowed","address":"192.0.2.1","from":1604188800000,"to":1604361599999}` {
		t.Errorf("asked %s", got)
	}
	reads(t, p, []string{"Mary Somerville", "Nothing matches", "Show everything"}, "Nothing has happened yet", "Live")
	p.change("kind", "")
	p.change("from", "")
	p.change("outcome", "allowed") // as it is
	p.pick("")
	want := []string{strings.Replace(address, "&kind=signed_in", "", 1), strings.Replace(address, "from=2020-11-01&", "", 1), strings.Replace(address, "&person="+idMary, "", 1)}
	if !slices.Equal(*left, want) {
		t.Errorf("left for %v, want %v", *left, want)
	}
}

func TestAudit_WhatMakesNoSenseIsNotLookedFor(t *testing.T) {
	q := url.Values{"person": {"<b>"}, "kind": {"a b"}, "outcome": {"maybe"}, "address": {strings.Repeat("1", 500)}, "from": {"yesterday"}, "to": {"2026-13-77"}}
	_, d, _ := audit(t, activityPath+"?"+q.Encode(), map[string][]any{})
	if got := d.called(api.Activity.Path); !slices.Equal(got, []string{"{}"}) {
		t.Errorf("asked %v", got)
	}
	p, _, _ := audit(t, activityPath+"?from=2020-11-05&to=2020-11-01", map[string][]any{})
	reads(t, p, []string{"This is before the first day."})
	p, _, _ = audit(t, activityPath, map[string][]any{})
	reads(t, p, []string{"Nothing has happened yet"}, "Nothing matches", "Show everything")
}

func TestAudit_FindsAPersonByTyping(t *testing.T) {
	left := departures(t)
	p, d, settle := audit(t, activityPath+"?organization="+idAda, map[string][]any{
		api.People.Path: {api.PeopleList{People: peopleRows()}, api.PeopleList{}}})
	tick := ticking(t)
	p.find.search(&p.account, idAda, "som")
	p.find.search(&p.account, idAda, "some")
	tick()
	settle()
	if got := d.called(api.People.Path); !slices.Equal(got, []string{`{"organization":"` + idAda + `","search":"some"}`}) {
		t.Errorf("asked %v", got)
	}
	reads(t, p, []string{"Mary Somerville", "mary@stars.example"}, "Nobody is called that.")
	p.pick(idMary)
	if !slices.Equal(*left, []string{activityPath + "?organization=" + idAda + "&person=" + idMary}) || p.focused != "person-drop" {
		t.Errorf("left for %v", *left)
	}
	p.find.search(&p.account, "", "nobody")
	tick()
	settle()
	reads(t, p, []string{"Nobody is called that."}, "Mary Somerville")
	p.find.search(&p.account, "", "")
	reads(t, p, nil, "Nobody is called that.")
}

func TestAudit_ExportsWhatIsLookedFor(t *testing.T) {
	p, _, _ := audit(t, activityPath+"?organization="+idAda+"&kind=signed_in&from=2020-11-01", map[string][]any{})
	root, err := html.Parse(strings.NewReader(tidy(goapp.HTMLString(p))))
	if err != nil {
		t.Fatal(err)
	}
	got := forms(root)["/admin/activity/export"]
	rest := "organization=" + idAda + "&person=&kind=signed_in&outcome=&address=&from=1604188800000&to=&format="
	if !slices.Equal(got, []string{rest + "csv", rest + "jsonl"}) {
		t.Errorf("the forms carry %v", got)
	}
	p, _, _ = audit(t, activityPath+"?code=forbidden", map[string][]any{})
	reads(t, p, []string{"Your role does not allow this."})
}

func TestAudit_TheChain(t *testing.T) {
	damage := api.ChainInfo{At: time.Now().UnixMilli(), Entries: 8, Damage: "entry 7 was changed"}
	p, d, settle := audit(t, activityPath, map[string][]any{api.AuditChain.Path: {
		api.ChainInfo{}, api.ChainInfo{Running: true, Read: 10}, api.ChainInfo{Running: true, Read: 12000, Entries: 12345}, whole, &api.Error{Code: check.Offline}, damage}})
	tick := ticking(t)
	reads(t, p, []string{"Nobody has looked through the audit", "Look now"})
	p.chain.ask(&p.account, true)
	settle()
	reads(t, p, []string{"Looking through the audit: 10 entries so far."}, "Look now", "Look again")
	tick()
	settle()
	reads(t, p, []string{"12,000 entries so far."})
	tick()
	settle()
	reads(t, p, []string{"The audit is whole: 12,345 entries, looked at 3 minutes ago", "Look again"}, "damaged", "so far")
	p.chain.ask(&p.account, true)
	settle()
	reads(t, p, []string{"The server cannot be reached.", "The audit is whole"})
	p.chain.ask(&p.account, true)
	settle()
	reads(t, p, []string{"The audit is damaged", "entry 7 was changed", "Look again"}, "The audit is whole", "The server cannot be reached.")
	if got := d.called(api.AuditChain.Path); !slices.Equal(got, []string{"{}", `{"again":true}`, "{}", "{}", `{"again":true}`, `{"again":true}`}) {
		t.Errorf("asked %v", got)
	}
}

func TestAudit_ThePersonPageLeadsThere(t *testing.T) {
	for role, want := range map[string]bool{"helper": false, "admin": true, "operator": true} {
		who := grace
		who.Role = role
		p := &personPage{}
		open(t, p, personPath(idMary), map[string][]any{api.Session.Path: {who}, api.Person.Path: {mary()}})
		if got := slices.Contains(linksOf(t, p), activityPath+"?person="+idMary); got != want {
			t.Errorf("for the role %q the page leads there: %v", role, got)
		}
	}
}

func TestAudit_ForWhomItIsNot(t *testing.T) {
	p, _, _ := audit(t, activityPath, map[string][]any{api.Session.Path: {ada}, api.Activity.Path: {&api.Error{Code: check.Forbidden}}, api.AuditChain.Path: {&api.Error{Code: check.Forbidden}}})
	reads(t, p, []string{"Your role does not allow this."}, "The audit is whole")
}
