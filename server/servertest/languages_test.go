package servertest

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"doorward/server/languages"
)

// TestPages_HaveRoomInEveryLanguage opens every page in each language but English, which the other tests read, on a phone and in a
// smaller and a larger window: nothing may be cut off, lie over something else or make the page scroll sideways.
func TestPages_HaveRoomInEveryLanguage(t *testing.T) {
	w, g := people(t), newGuide(t)
	person := "/admin/people/" + string(g.somebody.ID)
	admin := []stop{
		{"people", "/admin/people", g.operator, "td .cell-name"},
		{"invite", "/admin/people/invite", g.operator, "input"},
		{"person", person, g.operator, ".facts dd"},
		{"adoption", "/admin/two-factor", g.operator, ".not-ready .cell-name"},
		{"policy", "/admin/policy", g.operator, "label.choice"},
		{"activity", "/admin/activity", g.operator, ".event"},
		{"organizations", "/admin/organizations", g.operator, "td .cell-name"},
		{"my activity", "/profile/activity", g.operator, ".event"},
		{"home of who has to", "/", g.member, ".welcome"},
	}
	for _, l := range languages.Every() {
		if l.Tag == "en" {
			continue
		}
		t.Run(l.Tag, func(t *testing.T) {
			w.prove()
			ctx := Chromium(t, Speaking(l.Tag), Phone(), Within(5*time.Minute))
			for _, part := range []struct {
				address string
				stops   []stop
			}{{w.address, w.stops()}, {g.address, admin}} {
				for _, s := range part.stops {
					if s.name == "setup" {
						continue // its portal is another
					}
					arrive(t, ctx, part.address, s)
					if got := ask[string](t, ctx, "document.documentElement.lang"); got != l.Tag {
						t.Errorf("%s is in %q", s.name, got)
					}
					for _, width := range []int64{320, 390, 1024} {
						if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 844)); err != nil {
							t.Fatal(err)
						}
						for _, line := range ask[[]string](t, ctx, spilled) {
							t.Errorf("%s at %d pixels: %s", s.name, width, line)
						}
					}
					picture(t, ctx, l.Tag+"-"+s.name)
				}
			}
		})
	}
}
