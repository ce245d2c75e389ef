package servertest

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"doorward/server/auth"
	"doorward/server/demo"
	"doorward/shared/api"
)

// guide is a portal full of made-up people, and those who are shown round in it.
type guide struct {
	*Portal
	address          string
	nobody, halfway  *Browser
	operator, member *Browser // the member is in the middle of the wizard
	somebody         auth.User
}

// newGuide fills a portal and signs the guides in.
func newGuide(t *testing.T) guide {
	t.Helper()
	p, address := Serve(t, WithTexts)
	made, err := demo.Fill(t.Context(), p.Store, demo.Plan{People: 200, Cost: Cost, Now: p.Clock.Now(), Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	g := guide{Portal: p, address: address, nobody: p.Browser(), halfway: p.Browser(), operator: p.Browser(), member: p.Browser()}
	for _, b := range []*Browser{g.halfway, g.operator} {
		Must(t, b, api.SignIn, api.SignInRequest{Name: made.Operator.UserName, Password: made.Password})
	}
	passcode := made.Secret.Passcode(auth.TimeStep(p.Clock.Now()))
	Must(t, g.operator, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: passcode})
	Must(t, g.member, api.SignIn, api.SignInRequest{Name: made.Member.UserName, Password: made.Password})
	Must(t, g.member, api.StepUp, api.StepUpRequest{Password: made.Password})
	Must(t, g.member, api.StartEnrollment, api.StartEnrollmentRequest{Name: "Phone"})
	users, err := p.Store.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range users { // with something of everything on their page
		phones, err := p.Store.RecoveryPhones(t.Context(), u.ID)
		if err != nil {
			t.Fatal(err)
		}
		if u.State == auth.Active && u.Role == auth.Member && len(u.Methods.List()) == 2 && (g.somebody.ID == "" || len(phones) > 0) {
			g.somebody = u
		}
	}
	return g
}

// stops are the tour. DOORWARD_TOUR_PAGES names more, of the operator's: "name=/path name=/path".
func (g guide) stops() []stop {
	stops := []stop{
		{"sign-in", "/sign-in", g.nobody, "input[name=password]"},
		{"passcode", "/sign-in/passcode", g.halfway, "input[name=passcode]"},
		{"home", "/", g.operator, "h1"},
		{"home-member", "/", g.member, "h1"},
		{"security", "/profile/security", g.operator, "h1"},
		{"wizard-scan", "/profile/security/set-up#scan", g.member, ".key"},
		{"people", "/admin/people", g.operator, "table"},
		{"person", "/admin/people/" + string(g.somebody.ID), g.operator, "h1"},
	}
	for more := range strings.FieldsSeq(os.Getenv("DOORWARD_TOUR_PAGES")) {
		name, path, _ := strings.Cut(more, "=")
		stops = append(stops, stop{name, path, g.operator, "h1"})
	}
	return stops
}

// TestTour_InABrowser shows round a portal full of people, some of whom have very long names: nothing may scroll sideways. Small
// pictures go to the folder that DOORWARD_TOUR names, if it does; then it is shown in the dark and on a desktop as well.
func TestTour_InABrowser(t *testing.T) {
	g := newGuide(t)
	folder := os.Getenv("DOORWARD_TOUR")
	looks := []look{{"phone-light", []ChromiumOption{Phone()}}}
	if folder != "" {
		looks = append(looks, look{"phone-dark", []ChromiumOption{Phone(), Dark()}}, look{"desktop-light", nil}, look{"desktop-dark", []ChromiumOption{Dark()}})
	}
	for _, look := range looks {
		t.Run(look.name, func(t *testing.T) {
			ctx := Chromium(t, append(look.opts, Within(4*time.Minute))...)
			for _, s := range g.stops() {
				arrive(t, ctx, g.address, s)
				if folder == "" {
					continue
				}
				if err := os.WriteFile(filepath.Join(folder, s.name+"-"+look.name+".png"), smallPicture(t, ctx), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// smallPicture takes a picture of what is to be seen without scrolling, in the few colors that are most of it.
func smallPicture(t *testing.T, ctx context.Context) []byte {
	t.Helper()
	shot, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	full, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	var small bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&small, fewColors(full)); err != nil {
		t.Fatal(err)
	}
	return small.Bytes()
}

// mostColors is in how many colors a small picture is: enough for the edges of letters.
const mostColors = 48

// fewColors returns a picture in the colors that it has most of, the others replaced by the nearest of these.
func fewColors(full image.Image) *image.Paletted {
	bounds, count := full.Bounds(), map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(full.At(x, y)).(color.RGBA) }
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	most := make([]color.RGBA, 0, len(count))
	for c := range count {
		most = append(most, c)
	}
	slices.SortFunc(most, func(a, b color.RGBA) int {
		return cmp.Or(count[b]-count[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B))
	})
	var palette color.Palette
	for _, c := range most[:min(mostColors, len(most))] {
		palette = append(palette, c)
	}
	index := map[color.RGBA]uint8{}
	for _, c := range most {
		index[c] = uint8(palette.Index(c))
	}
	small := image.NewPaletted(bounds, palette)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			small.SetColorIndex(x, y, index[at(x, y)])
		}
	}
	return small
}
