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

// ticking lets a test run what the page under it puts off: call it after open.
func ticking(t *testing.T) (tick func()) {
	t.Helper()
	var due []func()
	old := later
	later = func(_ goapp.Context, _ time.Duration, then func()) { due = append(due, then) }
	t.Cleanup(func() { later = old })
	return func() {
		now := due
		due = nil
		for _, then := range now {
			then()
		}
	}
}

// event is one that happened so many minutes ago.
func event(seq int64, minutes int, kind string, change func(*api.ActivityRow)) api.ActivityRow {
	e := api.ActivityRow{Seq: seq, At: time.Now().Add(-time.Duration(minutes) * time.Minute).UnixMilli(), Kind: kind, Outcome: "allowed", Person: idAda, Name: "Ada Lovelace"}
	if change != nil {
		change(&e)
	}
	return e
}

func denied(e *api.ActivityRow) { e.Outcome = "denied" }

func myActivity(t *testing.T, address string, answers map[string][]any) (*myActivityPage, *desk, func()) {
	t.Helper()
	answers[api.Session.Path] = []any{provedAda()}
	p := &myActivityPage{}
	d, settle := open(t, p, address, answers)
	return p, d, settle
}

func TestMyActivity_TellsWhatHasHappenedByDay(t *testing.T) {
	p, d, _ := myActivity(t, myActivityPath, map[string][]any{api.MyActivity.Path: {api.ActivityList{Events: []api.ActivityRow{
		event(9, 0, "signed_in", func(e *api.ActivityRow) { e.Device, e.Address = "Firefox on Linux", "192.0.2.1" }),
		event(8, 3*24*60, "user_suspended", func(e *api.ActivityRow) {
			e.By, e.Details = "Grace Hopper", map[string]string{"reason": "a long holiday"}
		}),
		event(7, 3*24*60+1, "sign_in_refused", denied),
	}}}})
	reads(t, p, []string{"Today", "Signed in.", "Firefox on Linux from 192.0.2.1", "just now", "The account was suspended.", "by Grace Hopper", "Reason: a long holiday",
		time.Now().Add(-3 * 24 * time.Hour).UTC().Format("Monday, 2 January 2006"), "A sign-in was refused.", "Live", "This was not me"}, "Load older", "Nothing has happened")
	if got := d.called(api.MyActivity.Path); !slices.Equal(got, []string{"{}"}) {
		t.Errorf("asked %v", got)
	}
	if links := linksOf(t, p); !slices.Contains(links, myActivityPath+"?outcome=denied") {
		t.Errorf("the choice of outcomes leads to %v", links)
	}
}

func TestMyActivity_OnlyWhatWasRefused(t *testing.T) {
	p, d, _ := myActivity(t, myActivityPath+"?outcome=denied", map[string][]any{api.MyActivity.Path: {api.ActivityList{}}})
	reads(t, p, []string{"Nothing matches", "Show everything"}, "Nothing has happened yet")
	if got := d.called(api.MyActivity.Path); !slices.Equal(got, []string{`{"outcome":"denied"}`}) {
		t.Errorf("asked %v", got)
	}
	p, _, _ = myActivity(t, myActivityPath, map[string][]any{api.MyActivity.Path: {api.ActivityList{}}})
	reads(t, p, []string{"Nothing has happened yet"}, "Nothing matches")
	p, _, _ = myActivity(t, myActivityPath, map[string][]any{api.MyActivity.Path: {&api.Error{Code: check.Offline}}})
	reads(t, p, []string{"This could not be loaded", "Try again"})
}

func TestMyActivity_LoadsOlder(t *testing.T) {
	p, d, settle := myActivity(t, myActivityPath, map[string][]any{api.MyActivity.Path: {
		api.ActivityList{Events: []api.ActivityRow{event(9, 0, "signed_in", nil), event(8, 1, "signed_out", nil)}, More: true},
		&api.Error{Code: check.Offline},
		api.ActivityList{Events: []api.ActivityRow{event(7, 2, "password_changed", nil)}}}})
	p.feed.reach(&p.account)
	settle()
	reads(t, p, []string{"The server cannot be reached.", "Load older", "Signed out."})
	p.feed.reach(&p.account)
	p.feed.reach(&p.account) // once is enough
	settle()
	reads(t, p, []string{"Signed in.", "Signed out.", "Changed the password."}, "Load older", "The server cannot be reached.")
	if got := d.called(api.MyActivity.Path); !slices.Equal(got, []string{"{}", `{"before":8}`, `{"before":8}`}) {
		t.Errorf("asked %v", got)
	}
}

func TestMyActivity_IsLiveWhileOneLooks(t *testing.T) {
	p, d, settle := myActivity(t, myActivityPath, map[string][]any{api.MyActivity.Path: {
		api.ActivityList{Events: []api.ActivityRow{event(9, 0, "signed_in", nil)}},
		api.ActivityList{},
		api.ActivityList{Events: []api.ActivityRow{event(11, 0, "stepped_up", nil), event(10, 0, "signed_out", nil)}},
		&api.Error{Code: check.Offline},
		api.ActivityList{Events: []api.ActivityRow{event(12, 0, "password_changed", nil)}},
	}})
	tick := ticking(t)
	p.feed.waiting = false
	p.feed.wait(&p.account)
	oldLooked, eyes := looked, true
	looked = func() bool { return eyes }
	t.Cleanup(func() { looked = oldLooked })
	for _, c := range []struct {
		eyes bool
		want string
		lost bool
	}{
		{true, `{"since":9}`, false}, {false, "", false}, {true, `{"since":9}`, false}, {true, `{"since":11}`, true}, {true, `{"since":11}`, false},
	} {
		d.called("")
		eyes = c.eyes
		tick()
		settle()
		if got := strings.Join(d.called(api.MyActivity.Path), " "); got != c.want {
			t.Errorf("asked %s, want %s", got, c.want)
		}
		if p.feed.lost != c.lost || strings.Contains(text(t, p), "This goes on by itself.") != c.lost {
			t.Errorf("after %s lost is %v", c.want, p.feed.lost)
		}
	}
	said := text(t, p)
	last := -1
	for _, s := range []string{"Today", "Changed the password.", "Proved again", "Signed out.", "Signed in."} {
		at := strings.Index(said, s)
		if at <= last {
			t.Errorf("%q is not in its place: %s", s, said)
		}
		last = at
	}
	if n := strings.Count(said, "Today"); n != 1 {
		t.Errorf("the day is told %d times", n)
	}
}

// TestFeed_NoRowChangesItsElement compares where the rows are before and after more
// came: with every element in its place from the end, no focus moves.
func TestFeed_NoRowChangesItsElement(t *testing.T) {
	var a account
	f := feed{progress: progress{status: ready}, left: 1, first: []api.ActivityRow{event(3, 0, "signed_in", nil), event(2, 0, "signed_out", nil)}}
	where := func() string {
		root, err := html.Parse(strings.NewReader(goapp.HTMLString(f.draw(&a, nothing{}, nil))))
		if err != nil {
			t.Fatal(err)
		}
		path := ""
		each(root, func(n *html.Node) {
			if n.Data != "li" || !strings.Contains(goText(n), "Signed in.") {
				return
			}
			for ; n.Parent != nil; n = n.Parent {
				i := 0
				for s := n.PrevSibling; s != nil; s = s.PrevSibling {
					i++
				}
				path += "/" + string(rune('0'+i))
			}
		})
		return path
	}
	before := where()
	for seq := int64(4); seq < 8; seq++ {
		f.came = append(f.came, []api.ActivityRow{event(seq, 0, "password_changed", nil)})
		if now := where(); now != before || before == "" {
			t.Errorf("the row moved from %s to %s", before, now)
		}
	}
}

// goText is all the text below n.
func goText(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(goText(c))
	}
	return b.String()
}

func TestFeed_StopsWhenNothingIsPressed(t *testing.T) {
	list := api.ActivityList{Events: []api.ActivityRow{event(9, 0, "signed_in", nil)}}
	p, d, settle := myActivity(t, myActivityPath, map[string][]any{api.MyActivity.Path: {list, api.ActivityList{}}})
	tick := ticking(t)
	p.feed.waiting, p.feed.left = false, 1
	p.feed.wait(&p.account)
	tick()
	settle()
	reads(t, p, []string{"Not live any more"})
	d.called("")
	tick()
	settle()
	if got := d.called(api.MyActivity.Path); len(got) != 0 {
		t.Errorf("it still asks: %v", got)
	}
	p.feed.resume(&p.account)
	tick()
	settle()
	if got := d.called(api.MyActivity.Path); len(got) != 1 {
		t.Errorf("going on it asked %v", got)
	}
	reads(t, p, []string{"Live"}, "Not live any more")
}

func TestFeed_TooMuchAtOnceTakesThePlaceOfTheList(t *testing.T) {
	p, _, settle := myActivity(t, myActivityPath, map[string][]any{api.MyActivity.Path: {
		api.ActivityList{Events: []api.ActivityRow{event(9, 0, "signed_in", nil)}},
		api.ActivityList{Events: []api.ActivityRow{event(90, 0, "signed_out", nil)}, More: true},
		api.ActivityList{Events: []api.ActivityRow{event(91, 0, "password_changed", nil)}, More: true}}})
	p.feed.ask(&p.account)
	settle()
	reads(t, p, []string{"Changed the password.", "Load older"}, "Signed in.", "Signed out.")
}

func TestMyActivity_ThisWasNotMe(t *testing.T) {
	left := departures(t)
	p, d, settle := myActivity(t, myActivityPath, map[string][]any{
		api.MyActivity.Path: {api.ActivityList{}},
		api.NotMe.Path:      {&api.Error{Code: check.MailUnavailable}, &api.Error{Code: check.Offline}, api.NextStep{Path: "/sign-in?notice=locked_down"}}})
	p.asks = true
	reads(t, p, []string{"Shut everybody out of your account?", "Every session ends at once", "We mail you a link to choose a new one."})
	p.notMe()
	settle()
	reads(t, p, []string{"the link for a new password would not reach you", "To your sessions", "Change the password"}, "Shut everybody out of your account? Do this")
	p.notMe()
	settle()
	reads(t, p, []string{"The server cannot be reached.", "Shut everybody out"})
	p.notMe()
	p.notMe() // once is enough
	settle()
	if !slices.Equal(*left, []string{"/sign-in?notice=locked_down"}) || len(d.called(api.NotMe.Path)) != 3 {
		t.Errorf("left for %v", *left)
	}
}

func TestMyActivity_IsInTheMenuAndOnTheSecurityTab(t *testing.T) {
	for _, s := range []api.SecurityInfo{active, inactive} {
		p := &securityPage{}
		open(t, p, "/profile/security", map[string][]any{api.Session.Path: {ada}, api.Security.Path: {s}})
		n := 0
		for _, l := range linksOf(t, p) {
			if l == myActivityPath {
				n++
			}
		}
		if n != 3 { // the menu, the tab, the card
			t.Errorf("%d links lead to the activity", n)
		}
	}
}
