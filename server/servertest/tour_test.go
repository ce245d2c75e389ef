package servertest

import (
	"bytes"
	"cmp"
	"context"
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
	nobody           *Browser
	operator, member *Browser // the member is in the middle of the wizard
	saving           *Browser // further on in the wizard: the recovery codes
	somebody         auth.User
	made             demo.Made
}

// newGuide fills a portal and signs the guides in.
func newGuide(t *testing.T) guide {
	t.Helper()
	p, address := Serve(t, WithTexts)
	made, err := demo.Fill(t.Context(), p.Store, demo.Plan{People: 200, Cost: Cost, Now: p.Clock.Now(), Random: newRandom("guide")})
	if err != nil {
		t.Fatal(err)
	}
	g := guide{Portal: p, address: address, nobody: p.Browser(), operator: p.Browser(), member: p.Browser(), saving: p.Browser(), made: made}
	users, err := p.Store.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var saver auth.User
	for _, u := range users {
		waits, err := p.Store.Bucket(t.Context(), "account:"+string(u.ID))
		if err != nil {
			t.Fatal(err)
		}
		if u.State != auth.Active || u.Role != auth.Member || !inLatin(u.DisplayName) || !u.PasswordLocked.IsZero() || !waits.Until.IsZero() {
			continue // who they are depends on the time of the day
		}
		switch phones, err := p.Store.RecoveryPhones(t.Context(), u.ID); {
		case err != nil:
			t.Fatal(err)
		case len(u.Methods.List()) == 2 && (g.somebody.ID == "" || len(phones) > 0):
			g.somebody = u // with something of everything on their page
		case len(u.Methods.List()) == 0 && u.UserName != made.Member.UserName:
			saver = u
		}
	}
	Must(t, g.operator, api.SignIn, api.SignInRequest{Name: made.Operator.UserName, Password: made.Password})
	passcode := made.Secret.Passcode(auth.TimeStep(p.Clock.Now()))
	Must(t, g.operator, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: passcode})
	var started api.Enrollment
	for b, name := range map[*Browser]string{g.member: made.Member.UserName, g.saving: saver.UserName} {
		Must(t, b, api.SignIn, api.SignInRequest{Name: name, Password: made.Password})
		Must(t, b, api.StepUp, api.StepUpRequest{Password: made.Password})
		e := Must(t, b, api.StartEnrollment, api.StartEnrollmentRequest{Name: "Phone"})
		if b == g.saving {
			started = e
		}
	}
	passcode = SecretOf(t, started.Secret).Passcode(auth.TimeStep(p.Clock.Now()))
	Must(t, g.saving, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: passcode})
	return g
}

// inLatin reports whether any machine has the letters of a name.
func inLatin(name string) bool {
	return name != "" && strings.IndexFunc(name, func(r rune) bool { return r > 0x17F }) < 0 && len(name) < 30
}

// tourStop is a page of the tour, and the look of the picture that is kept of it.
type tourStop struct {
	stop
	kept string
}

// stops are the tour, in the order in which the README shows it.
func (g guide) stops() []tourStop {
	return []tourStop{
		{stop{"sign-in", "/sign-in", g.nobody, "input[name=password]"}, "phone-light"},
		{stop{"wizard-codes", "/profile/security/set-up#codes", g.saving, "ol.codes li"}, "phone-dark"},
		{stop{"home", "/", g.operator, "h1"}, "phone-light"},
		{stop{"security", "/profile/security", g.operator, ".state"}, "phone-french"},
		{stop{"wizard-scan", "/profile/security/set-up#scan", g.member, ".key"}, "desktop-light"},
		{stop{"people", "/admin/people", g.operator, "table"}, "desktop-light"},
		{stop{"person", "/admin/people/" + string(g.somebody.ID), g.operator, ".facts"}, "desktop-light"},
		{stop{"adoption", "/admin/two-factor", g.operator, ".curves"}, "desktop-dark"},
		{stop{"policy", "/admin/policy", g.operator, ".choice"}, "desktop-light"},
		{stop{"activity", "/admin/activity", g.operator, ".event"}, "desktop-light"},
	}
}

// TestTour_InABrowser shows round a portal full of people, some of whom have very long names: nothing may scroll sideways. With
// DOORWARD_TOUR, a folder, it keeps a small picture of each page there, each in a look of its own.
func TestTour_InABrowser(t *testing.T) {
	g := newGuide(t)
	folder := os.Getenv("DOORWARD_TOUR")
	looks := []look{{"phone-light", []ChromiumOption{Phone()}}}
	if folder != "" {
		looks = append(looks, look{"phone-dark", []ChromiumOption{Phone(), Dark()}}, look{"phone-french", []ChromiumOption{Phone(), Speaking("fr")}},
			look{"desktop-light", nil}, look{"desktop-dark", []ChromiumOption{Dark()}})
	}
	for _, look := range looks {
		t.Run(look.name, func(t *testing.T) {
			ctx := Chromium(t, append(look.opts, Within(4*time.Minute))...)
			for _, s := range g.stops() {
				if folder != "" && s.kept != look.name {
					continue
				}
				arrive(t, ctx, g.address, s.stop)
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

// mostColors is in how many colors a small picture is: enough for the edges of letters. Some are kept for what is small and unlike
// the rest, such as a green dot.
const (
	mostColors = 128
	keptColors = 32
)

// fewColors returns a picture in the colors that it has most of and in some that are unlike these, the others replaced by the nearest.
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
	for _, c := range most {
		if len(palette) < mostColors-keptColors || len(palette) < mostColors && unlike(c, palette) {
			palette = append(palette, c)
		}
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

// unlike reports whether no color of the palette comes near c.
func unlike(c color.RGBA, palette color.Palette) bool {
	near := palette.Convert(c).(color.RGBA)
	r, g, b := int(c.R)-int(near.R), int(c.G)-int(near.G), int(c.B)-int(near.B)
	return r*r+g*g+b*b > 32*32
}
