package server_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// admins sets up two organizations, each with an administrator who is signed in with
// two-factor: ada, who is the operator too, and zoe.
func admins(t *testing.T, p *servertest.Portal) (ada, zoe *servertest.Person) {
	t.Helper()
	ada = p.SetUp().SignIn().Enroll()
	zoe = p.Add("zoe", auth.Admin, p.Organization("Elsewhere")).SignIn()
	return ada, zoe
}

// note puts events into the audit.
func note(t *testing.T, p *servertest.Portal, events ...auth.Event) {
	t.Helper()
	if err := p.Store.Update(t.Context(), func(tx *store.Tx) error {
		for _, e := range events {
			if err := tx.Audit(t.Context(), e, p.Clock.Now()); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// kindsOf returns the kinds of rows.
func kindsOf(rows []api.ActivityRow) (kinds []string) {
	for _, row := range rows {
		kinds = append(kinds, row.Kind)
	}
	return kinds
}

// Whatever they name, people read of their own account alone, the newest first and a page
// at a time.
func TestMyActivity_IsOnesOwn(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, _ := admins(t, p)
		gus := p.Add("gus", auth.Member, ada.User().Organization).SignIn()
		for range api.ActivityPage {
			note(t, p, auth.Event{Organization: gus.User().Organization, Actor: gus.ID(), Subject: auth.ID(gus.ID()), Kind: auth.EventSteppedUp, Outcome: auth.Allowed})
		}
		first := servertest.Must(t, gus, api.MyActivity, api.ActivityRequest{Organization: string(idOfElsewhere(t, p)), Person: ada.ID()})
		if len(first.Events) != api.ActivityPage || !first.More || !slices.IsSortedFunc(first.Events, func(a, b api.ActivityRow) int { return int(b.Seq - a.Seq) }) {
			t.Errorf("the first page: %d rows, more: %v", len(first.Events), first.More)
		}
		last := first.Events[len(first.Events)-1]
		second := servertest.Must(t, gus, api.MyActivity, api.ActivityRequest{Before: api.Number(last.Seq)})
		if !slices.Equal(kindsOf(second.Events), []string{"signed_in"}) || second.More {
			t.Errorf("the second page: %v, more: %v", kindsOf(second.Events), second.More)
		}
		if in := second.Events[0]; in.Person != gus.ID() || in.Name != "The gus" || in.By != "" || in.Address != "203.0.113.7" || in.At != millisOf(p.Clock.Now()) {
			t.Errorf("the sign-in: %+v", in)
		}
		note(t, p, auth.Event{Organization: gus.User().Organization, Actor: auth.CommandLine, Subject: auth.ID(gus.ID()), Kind: auth.EventThrottleLifted, Outcome: auth.Allowed})
		since := servertest.Must(t, gus, api.MyActivity, api.ActivityRequest{Since: api.Number(first.Events[0].Seq)})
		if !slices.Equal(kindsOf(since.Events), []string{"throttle_lifted"}) || since.Events[0].By != auth.CommandLine {
			t.Errorf("since then: %+v", since.Events)
		}
	})
}

// What others did is not found by an address, and takes no place on a page of what is.
func TestMyActivity_FromAnAddressIsWholePages(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, _ := admins(t, p)
		gus := p.Add("gus", auth.Member, ada.User().Organization).SignIn()
		by := func(actor, address string) auth.Event {
			return auth.Event{Organization: gus.User().Organization, Actor: actor, Subject: auth.ID(gus.ID()), Kind: auth.EventSteppedUp, Outcome: auth.Allowed, Address: address}
		}
		note(t, p, by("", "198.51.100.9"), by(gus.ID(), "198.51.100.9"), by(gus.ID(), "192.0.2.1"))
		for range api.ActivityPage + 1 {
			note(t, p, by(ada.ID(), "198.51.100.9"))
		}
		got := servertest.Must(t, gus, api.MyActivity, api.ActivityRequest{Address: "198.51.100.9"})
		if len(got.Events) != 2 || got.More {
			t.Errorf("from the address: %d rows, more: %v", len(got.Events), got.More)
		}
		for _, row := range got.Events {
			if row.By != "" || row.Address != "198.51.100.9" {
				t.Errorf("what another did is found: %+v", row)
			}
		}
	})
}

func millisOf(at time.Time) int64 { return at.UnixMilli() }

// idOfElsewhere returns the ID of the second organization.
func idOfElsewhere(t *testing.T, p *servertest.Portal) auth.ID {
	t.Helper()
	all, err := p.Store.Organizations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range all {
		if o.Name == "Elsewhere" {
			return o.ID
		}
	}
	t.Fatal("there is no Elsewhere")
	return ""
}

// An organization's administrators read of it, narrowed as they like. Operators read of
// what is nobody's with their own, and of any other without it.
func TestActivity_OfAnOrganization(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, zoe := admins(t, p)
		gus := p.Add("gus", auth.Member, ada.User().Organization)
		p.Clock.Advance(30 * time.Minute)
		from := p.Clock.Now()
		stranger := p.Browser()
		stranger.Address = "198.51.100.9"
		servertest.Refused(t, stranger, api.SignIn, api.SignInRequest{Name: "nobody", Password: "not the password"})
		servertest.Refused(t, stranger, api.SignIn, api.SignInRequest{Name: "gus", Password: "not the password"})
		gus.SignIn()
		to := p.Clock.Now()
		ada.StepUp()
		servertest.Must(t, ada, api.EndPersonSessions, api.HelpRequest{ID: gus.ID(), Reason: "asked"})
		servertest.Must(t, ada, api.EndPersonSessions, api.HelpRequest{ID: zoe.ID(), Reason: "asked"})
		zoe.SignIn()
		elsewhere := string(idOfElsewhere(t, p))
		day := api.ActivityRequest{From: api.Number(from.UnixMilli()), To: api.Number(to.UnixMilli())}
		for _, tt := range []struct {
			name string
			by   *servertest.Person
			req  api.ActivityRequest
			want []string
		}{
			{"the day", ada, day, []string{"signed_in", "sign_in_refused", "sign_in_refused"}},
			{"refused", ada, api.ActivityRequest{From: day.From, Outcome: "denied"}, []string{"sign_in_refused", "sign_in_refused"}},
			{"of a kind", ada, api.ActivityRequest{From: day.From, Kind: "stepped_up"}, []string{"stepped_up"}},
			{"from an address", ada, api.ActivityRequest{Address: " 198.51.100.9 "}, []string{"sign_in_refused", "sign_in_refused"}},
			{"about a person", ada, api.ActivityRequest{Person: gus.ID()}, []string{"sessions_ended_by_staff", "signed_in", "sign_in_refused"}},
			{"another, of a kind", ada, api.ActivityRequest{Organization: elsewhere, From: day.From}, []string{"signed_in", "password_accepted", "sessions_ended_by_staff"}},
			{"their own", zoe, api.ActivityRequest{Organization: elsewhere, From: day.From}, []string{"signed_in", "password_accepted", "sessions_ended_by_staff"}},
			{"what is nobody's", zoe, api.ActivityRequest{Address: "198.51.100.9"}, nil},
			{"long ago", ada, api.ActivityRequest{To: api.Number(from.Add(-24 * time.Hour).UnixMilli())}, nil},
		} {
			got := servertest.Must(t, tt.by, api.Activity, tt.req)
			if !slices.Equal(kindsOf(got.Events), tt.want) || got.More {
				t.Errorf("%s: %v, want %v", tt.name, kindsOf(got.Events), tt.want)
			}
		}
		ended := servertest.Must(t, ada, api.Activity, api.ActivityRequest{Person: gus.ID(), Kind: "sessions_ended_by_staff"}).Events[0]
		if ended.By != "Ada Lovelace" || ended.Name != "The gus" || ended.Person != gus.ID() || ended.Details["reason"] != "asked" {
			t.Errorf("what staff did: %+v", ended)
		}
		if shown := servertest.Must(t, ada, api.Person, api.PersonRequest{ID: gus.ID()}).Activity; len(shown) != 3 || shown[0].Seq != ended.Seq || shown[0].By != ended.By {
			t.Errorf("on the person's page: %+v", shown)
		}
	})
}

// Who is gone, or somewhere else by now, is told as the event says and no better: the
// names that people have later do not cross the wall.
func TestActivity_NamesOfThoseOutOfReach(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, zoe := admins(t, p)
		there := zoe.User().Organization
		about := func(subject, actor, person, by string) auth.Event {
			return auth.Event{Organization: there, Actor: actor, Subject: auth.ID(subject), Kind: auth.EventExempted, Outcome: auth.Allowed,
				Details: map[string]string{"person": person, "by": by}}
		}
		gone := "AAAAAAAAAAAAAAAAAAAAAA"
		note(t, p, about(gone, gone+"x", "gus", "Grace"), about(zoe.ID(), ada.ID(), "zoe", "Ada, then"), about(ada.ID(), zoe.ID(), "ada, then", "Zoe, then"))
		for _, tt := range []struct {
			by   *servertest.Person
			want []string
		}{
			{zoe, []string{"|ada, then|The zoe", zoe.ID() + "|The zoe|Ada, then", "|gus|Grace"}},
			{ada, []string{ada.ID() + "|Ada Lovelace|The zoe", zoe.ID() + "|The zoe|Ada Lovelace", "|gus|Grace"}},
		} {
			var got []string
			for _, row := range servertest.Must(t, tt.by, api.Activity, api.ActivityRequest{Organization: string(there), Kind: "exempted"}).Events {
				got = append(got, row.Person+"|"+row.Name+"|"+row.By)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%s reads %q, want %q", tt.by.Name, got, tt.want)
			}
		}
	})
}

// "This was not me" in a session ends it and everything else; the link that is mailed
// opens the account again.
func TestNotMe_EndsEverySession(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		gus := p.Add("gus", auth.Member, p.SetUp().User().Organization).SignIn().Enroll()
		other := gus.Elsewhere().SignIn()
		halfway := gus.Halfway()
		p.Deliver()
		p.Post.Empty()
		if next := servertest.Must(t, gus, api.NotMe, api.None{}); next.Path != "/sign-in?notice=locked_down" {
			t.Errorf("it leads to %q", next.Path)
		}
		if gus.Cookie("doorward") != "" {
			t.Error("the browser keeps its cookie")
		}
		for name, got := range map[string]check.Code{
			"this session":            servertest.Refused(t, gus, api.Session, api.None{}),
			"another session":         servertest.Refused(t, other, api.Session, api.None{}),
			"a second time":           servertest.Refused(t, other, api.NotMe, api.None{}),
			"a half-finished sign-in": servertest.Refused(t, halfway, api.CurrentSignIn, api.None{}),
		} {
			if got != check.SignedOut && got != check.SignInExpired {
				t.Errorf("%s: %q", name, got)
			}
		}
		if u := gus.User(); u.PasswordLocked.IsZero() || !u.TwoFactor() {
			t.Errorf("the account: %+v", u)
		}
		if e := gus.Events(auth.EventLockedDown); len(e) != 1 || e[0].Details["by"] != "session" || e[0].Actor != gus.ID() {
			t.Errorf("the audit: %+v", e)
		}
		gus.Password = "seven owls watch the tide"
		if refused := choose(t, p, "gus@example.org", gus.Password); refused != "" {
			t.Fatalf("choosing a password: %q", refused)
		}
		gus.SignIn()
	})
}

// Without mail the account could not be opened again, and is left as it is.
func TestNotMe_NeedsMail(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn()
	p.Reconfigure(func(c *server.Config) { c.Delivery.Mail = nil })
	if got := servertest.Refused(t, ada, api.NotMe, api.None{}); got != check.MailUnavailable {
		t.Errorf("%q", got)
	}
	servertest.Must(t, ada, api.Session, api.None{})
	if !ada.User().PasswordLocked.IsZero() {
		t.Error("the account is locked")
	}
}

// export asks for a file of the activity and returns its rows as text.
func export(t *testing.T, b *servertest.Browser, req api.ExportActivityRequest) (status int, body string) {
	t.Helper()
	asked, err := json.Marshal(req)
	if err != nil {
		t.Fatal(err)
	}
	status, answer, err := b.Send(t.Context(), http.MethodPost, api.ExportActivity.Path, asked)
	if err != nil {
		t.Fatal(err)
	}
	return status, string(answer)
}

// The file holds everything that is looked for, over many pages, the oldest first; times
// are in UTC, and that it was asked for stands in it.
func TestExportActivity_JSONLines(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, _ := admins(t, p)
		many := make([]auth.Event, 1100)
		for i := range many {
			many[i] = auth.Event{Organization: ada.User().Organization, Kind: auth.EventReminded, Outcome: auth.Allowed, Details: map[string]string{"person": fmt.Sprint(i)}}
			if i%2 == 1 {
				many[i].Organization = ""
			}
		}
		note(t, p, many...)
		status, body := export(t, ada.Browser, api.ExportActivityRequest{Format: "jsonl", ActivityRequest: api.ActivityRequest{Kind: "reminded"}})
		lines := strings.Split(strings.TrimSpace(body), "\n")
		if status != http.StatusOK || len(lines) != len(many) {
			t.Fatalf("%d, %d lines", status, len(lines))
		}
		for i, line := range lines {
			var e struct{ Time, Kind, Name string }
			if err := json.Unmarshal([]byte(line), &e); err != nil || e.Name != fmt.Sprint(i) || e.Kind != "reminded" || e.Time != p.Clock.Now().UTC().Format(time.RFC3339) {
				t.Fatalf("line %d: %s, %v", i, line, err)
			}
		}
		_, whole := export(t, ada.Browser, api.ExportActivityRequest{Format: "jsonl"})
		if first, _, _ := strings.Cut(whole, "\n"); !strings.Contains(first, `"seq":1,`) || !strings.Contains(whole, `"format":"jsonl"`) {
			t.Errorf("the whole file begins with %s", first)
		}
		exported := servertest.Must(t, ada, api.Activity, api.ActivityRequest{Kind: string(auth.EventExported)}).Events
		if len(exported) != 2 || exported[0].Details["kind"] != "activity" || exported[0].Details["format"] != "jsonl" || exported[0].By != "Ada Lovelace" {
			t.Errorf("the audit: %+v", exported)
		}
	})
}

// What people typed is no formula in a spreadsheet. The plain form sends the same file.
func TestExportActivity_CSV(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, _ := admins(t, p)
		typed := []string{`=HYPERLINK("http://evil.example","x")`, "+1", "-1", "@x", "\tx", "＝1", "a,\"b\"\nc", "plain"}
		for _, v := range typed {
			note(t, p, auth.Event{Organization: ada.User().Organization, Actor: "somebody", Kind: auth.EventReminded, Outcome: auth.Allowed, Device: v,
				Details: map[string]string{"person": v, "by": v}})
		}
		answer := ada.Browser.Post("/admin/activity/export", url.Values{"kind": {"reminded"}, "format": {"csv"}})
		if answer.Header().Get("Content-Type") != "text/csv; charset=utf-8" || !strings.Contains(answer.Header().Get("Content-Disposition"), "activity.csv") {
			t.Errorf("the headers: %v", answer.Header())
		}
		if _, body := export(t, ada.Browser, api.ExportActivityRequest{Format: "csv", ActivityRequest: api.ActivityRequest{Kind: "reminded"}}); body != answer.Body.String() {
			t.Errorf("the call sends another file than the form")
		}
		rows, err := csv.NewReader(answer.Body).ReadAll()
		if err != nil || len(rows) != len(typed)+1 || strings.Join(rows[0], " ") != "seq time kind outcome person name by address device details" {
			t.Fatalf("%q, %v", rows, err)
		}
		for i, row := range rows[1:] {
			want := "'" + typed[i]
			if i >= 6 {
				want = typed[i]
			}
			for _, column := range []int{5, 6, 8} {
				if row[column] != want {
					t.Errorf("column %s: %q, want %q", rows[0][column], row[column], want)
				}
			}
		}
	})
}

// look waits until the look at the chain is over, and returns what it found.
func look(t *testing.T, p *servertest.Portal, by *servertest.Person) api.ChainInfo {
	t.Helper()
	info := servertest.Must(t, by, api.AuditChain, api.AuditChainRequest{Again: true})
	for info.Running {
		if err := t.Context().Err(); err != nil {
			t.Fatal(err)
		}
		info = servertest.Must(t, by, api.AuditChain, api.AuditChainRequest{})
	}
	return info
}

// The chain is looked at when it is asked for; damage is told by its place alone.
func TestAuditChain_TellsWhatItFound(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		_, zoe := admins(t, p)
		if info := servertest.Must(t, zoe, api.AuditChain, api.AuditChainRequest{}); info != (api.ChainInfo{}) {
			t.Errorf("before anybody has looked: %+v", info)
		}
		if info := look(t, p, zoe); info.Damage != "" || info.Entries < 5 || info.At != p.Clock.Now().UnixMilli() || info.Read != 0 {
			t.Errorf("a whole chain: %+v", info)
		}
		p.Tamper("UPDATE audit SET device = 'secret of somebody' WHERE seq = 3")
		p.Clock.Advance(time.Minute)
		if info := look(t, p, zoe); info.Damage != "audit entry 3 was changed" {
			t.Errorf("a damaged chain: %+v", info)
		}
	})
}

// A look under way ends with the portal.
func TestAuditChain_EndsWithTheStore(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	other, err := store.Open(context.Background(), store.Config{File: p.Folder + "/doorward.db"}, p.Keys)
	if err != nil {
		t.Fatal(err)
	}
	mine := p.Store
	p.Store = other
	p.Restart()
	if info := servertest.Must(t, ada, api.AuditChain, api.AuditChainRequest{Again: true}); !info.Running {
		t.Errorf("it does not run: %+v", info)
	}
	if err := other.Close(); err != nil {
		t.Error(err)
	}
	p.Store = mine
	p.Restart()
	if info := servertest.Must(t, ada, api.AuditChain, api.AuditChainRequest{}); info.Running {
		t.Errorf("it still runs: %+v", info)
	}
}
