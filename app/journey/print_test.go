package journey_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/check"
)

// papers are the sizes of paper that people have, in inches.
var papers = map[string][2]float64{"A4": {8.27, 11.69}, "Letter": {8.5, 11}}

var onePage = regexp.MustCompile(`/Type\s*/Page\b`)

// prints returns the page as a PDF file.
func (b *browser) prints(paper [2]float64) string {
	b.Helper()
	var made []byte
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		r, err := cdp.Call(ctx, target, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: paper[0], PaperHeight: paper[1]})
		made = r.Data
		return err
	}))
	return string(made)
}

// TestPrint_OneSheet prints recovery codes on either paper, from either theme, in two languages and for somebody whose names are as long as may
// be: it is one sheet. The sheets go to the folder that DOORWARD_SCREENSHOTS names, if it does.
func TestPrint_OneSheet(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		screen []servertest.ChromiumOption
		long   bool
	}{
		"desktop":    {},
		"dark phone": {screen: []servertest.ChromiumOption{servertest.Phone(), servertest.Dark()}},
		"French":     {screen: []servertest.ChromiumOption{servertest.Speaking("fr")}, long: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, ada := newHouse(t)
			if c.long {
				h.Change(ada.Name, func(u *auth.User) { u.DisplayName = strings.Repeat("W", check.MaxName) })
			}
			b := h.atTheCodesOn(t, ada, c.screen...)
			for size, paper := range papers {
				sheet := b.prints(paper)
				if n := len(onePage.FindAllString(sheet, -1)); n != 1 {
					t.Errorf("%s: %d pages", size, n)
				}
				if folder := os.Getenv("DOORWARD_SCREENSHOTS"); folder != "" {
					if err := os.WriteFile(filepath.Join(folder, "print-"+name+"-"+size+".pdf"), []byte(sheet), 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
		})
	}
}
