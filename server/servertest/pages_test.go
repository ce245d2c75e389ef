package servertest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"doorward/server"
	"doorward/server/auth"
	"doorward/shared/api"
	"doorward/web"
)

// walk is one portal's people at every stage that a page is for.
type walk struct {
	*Portal
	address        string
	setUp, invited string // one-time links' paths
	nobody         *Browser
	halfway        *Browser // has given a password and is to give a passcode
	recovered      *Browser // has used a recovery code
	plain          *Person  // signed in, without two-factor
	secured        *Person  // signed in, with two-factor
	pending        *Person  // in the middle of the wizard: the QR code
	confirmed      *Person  // further on in the wizard: the recovery codes
}

// stop is one page to look at.
type stop struct {
	name, path string
	as         *Browser
	// marks is a selector of something that the page must show.
	marks string
}

func (w walk) stops() []stop {
	return []stop{
		{"setup", w.setUp, w.nobody, "input[name=organization]"},
		{"invitation", w.invited, w.nobody, "input[name=password]"},
		{"sign-in", "/sign-in", w.nobody, "input[name=password]"},
		{"sign-in-passcode", "/sign-in/passcode", w.halfway, "input[name=passcode]"},
		{"sign-in-another-way", "/sign-in/another-way", w.halfway, "main a"},
		{"sign-in-recovery-code", "/sign-in/recovery-code", w.halfway, "input[name=recovery_code]"},
		{"sign-in-lost-phone", "/sign-in/lost-phone", w.halfway, "h1"},
		{"sign-in-recovered", "/sign-in/recovered", w.recovered, "main form"},
		{"sign-in-protect", "/sign-in/protect", w.plain.Browser, "main a, main button"},
		{"home", "/", w.secured.Browser, "h1"},
		{"profile", "/profile", w.secured.Browser, "h1"},
		{"security-not-set-up", "/profile/security", w.plain.Browser, "h1"},
		{"security-active", "/profile/security", w.secured.Browser, "h1"},
		{"sessions", "/profile/sessions", w.secured.Browser, "h1"},
		{"wizard-step-up", "/profile/security/set-up", w.plain.Browser, "h1"},
		{"wizard-scan", "/profile/security/set-up#scan", w.pending.Browser, ".key"},
		{"wizard-codes", "/profile/security/set-up#codes", w.confirmed.Browser, "ol.codes li"},
		{"sign-in-signed-out", "/sign-in?notice=signed_out", w.nobody, "input[name=password]"},
		{"offline", "/offline", w.nobody, "h1"},
		{"not-found", "/no/such/page", w.nobody, "h1"},
	}
}

// people makes a walk's portal and everybody in it.
func people(t *testing.T) walk {
	t.Helper()
	p, address := Serve(t)
	w := walk{Portal: p, address: address, nobody: p.Browser()}
	p.SetUp()
	link, _, err := p.Server.Invite(t.Context(), server.Invitation{UserName: "grace", Email: "grace@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	w.invited = "/invitation/" + token(link)
	w.plain = p.Invite("charles").SignIn()
	w.secured = p.Invite("mary").SignIn().Enroll()
	half := p.Invite("annie").SignIn().Enroll()
	w.halfway = p.Browser()
	Must(t, w.halfway, api.SignIn, api.SignInRequest{Name: half.Name, Password: half.Password})
	w.recovered = p.Browser()
	Must(t, w.recovered, api.SignIn, api.SignInRequest{Name: half.Name, Password: half.Password})
	Must(t, w.recovered, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: half.Codes[0]})
	w.pending = p.Invite("hedy").SignIn().StepUp()
	w.pending.Start("Phone", "")
	w.confirmed = p.Invite("ida").SignIn().StepUp()
	secret := w.confirmed.Start("Phone", "")
	Must(t, w.confirmed, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: secret.Passcode(auth.TimeStep(p.Clock.Now()))})
	return w
}

// look is a kind of screen to see every page on.
type look struct {
	name string
	opts []ChromiumOption
}

// looks returns few screens to test on, and all that there should be pictures of.
func looks() []look {
	few := []look{
		{"phone-light", []ChromiumOption{Phone()}},
		{"desktop-dark", []ChromiumOption{Dark()}},
		{"narrow-light", []ChromiumOption{Window(320, 640)}},
	}
	if os.Getenv("DOORWARD_SCREENSHOTS") == "" {
		return few
	}
	return append(few, look{"phone-dark", []ChromiumOption{Phone(), Dark()}}, look{"desktop-light", nil})
}

// TestPages_InABrowser opens every page on a phone and on a desktop, light and dark: each must show what it is for, complain of
// nothing and not scroll sideways. Their pictures go to the folder that DOORWARD_SCREENSHOTS names, if it does.
func TestPages_InABrowser(t *testing.T) {
	if _, err := web.Files.Open("built/build.txt"); err != nil {
		t.Fatal("the client is not packed: go run ./web/pack")
	}
	w := people(t)
	fresh, freshAddress := Serve(t)
	link, _, err := fresh.Server.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.setUp = "/setup/" + token(link)
	for _, look := range looks() {
		t.Run(look.name, func(t *testing.T) {
			ctx := Chromium(t, append(look.opts, Within(3*time.Minute))...)
			for _, s := range w.stops() {
				address := w.address
				if s.name == "setup" {
					address = freshAddress
				}
				visit(t, ctx, address, look.name, s)
			}
		})
	}
}

// visit opens one page and looks at it.
func visit(t *testing.T, ctx context.Context, address, look string, s stop) {
	t.Helper()
	Adopt(t, ctx, address, s.as)
	seen := len(Troubles(ctx))
	// By way of an empty page: a change of what stands behind the "#" alone would open nothing.
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address+s.path)); err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	if err := Settled(ctx); err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	for _, trouble := range Troubles(ctx)[seen:] {
		if s.name != "not-found" || trouble != "404 GET "+address+s.path {
			t.Errorf("%s: the browser complains: %s", s.name, trouble)
		}
	}
	here := ask[string](t, ctx, "location.pathname + location.search + location.hash")
	if here != s.path {
		t.Errorf("%s: %s led to %s", s.name, s.path, here)
	}
	// A page that asks for one thing after another may be quiet in between: what marks it is waited for.
	marks := fmt.Sprintf(`new Promise(done => {
		const look = () => [...document.querySelectorAll(%q)].some(e => e.checkVisibility()) ? done(true) : setTimeout(look, 50);
		look();
		setTimeout(() => done(false), 30000);
	})`, s.marks)
	if !ask[bool](t, ctx, marks) {
		t.Errorf("%s: shows no %s", s.name, s.marks)
	}
	if wide := ask[int](t, ctx, "document.documentElement.scrollWidth - innerWidth"); wide > 0 {
		t.Errorf("%s: scrolls sideways by %d pixels", s.name, wide)
	}
	picture(t, ctx, s.name+"-"+look)
}

// picture keeps a picture of the page where DOORWARD_SCREENSHOTS says.
func picture(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	folder := os.Getenv("DOORWARD_SCREENSHOTS")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
}
