package servertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
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
	texted         *Browser // has given a password and is to give the code of a message
	untexted       *Browser // the same, without a message on its way
	choosing       *Person  // at the beginning of the wizard
	numbered       *Person  // in the wizard: the code of a message
	phoned         *Person  // signed in: text messages, a recovery phone, trusted devices
	asked          *Person  // signed in four weeks later, with addresses that wait
	operator       *Person  // signed in, with messages in the outbox
	email, notMe   string   // mailed links' paths
	newPassword    string
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
		{"sign-in-text", "/sign-in/text", w.texted, "input[name=code]"},
		{"sign-in-text-not-sent", "/sign-in/text", w.untexted, ".ways a"},
		{"sign-in-another-way-text", "/sign-in/another-way", w.texted, "button.way"},
		{"sign-in-address-confirmed", "/sign-in?notice=email_confirmed", w.nobody, "input[name=password]"},
		{"sign-in-locked-down", "/sign-in?notice=locked_down", w.nobody, "input[name=password]"},
		{"wizard-method", "/profile/security/set-up#method", w.choosing.Browser, "label.choice"},
		{"wizard-app", "/profile/security/set-up#app", w.choosing.Browser, ".tabs.fill"},
		{"wizard-number", "/profile/security/set-up#number", w.choosing.Browser, "input[name=number]"},
		{"wizard-text-code", "/profile/security/set-up#code", w.numbered.Browser, "input[name=passcode]"},
		{"wizard-recovery-phone", "/profile/security/set-up#phone", w.choosing.Browser, "input[name=number]"},
		{"recovery-phone", "/profile/security/phone", w.phoned.Browser, "input[name=number]"},
		{"security-phones-and-trust", "/profile/security", w.phoned.Browser, ".trust-notice ~ ul.items li"},
		{"home-check-up", "/", w.asked.Browser, ".check-up input"},
		{"profile-address-waits", "/profile", w.asked.Browser, "#email .banner"},
		{"email-link", w.email, w.nobody, "main form"},
		{"not-me-link", w.notMe, w.nobody, "main form"},
		{"password-link", w.newPassword, w.nobody, "input[name=password]"},
		{"link-dead", "/email/" + strings.Repeat("A", 43), w.nobody, "main a"},
		{"home-operator", "/", w.operator.Browser, ".banner"},
		{"outbox", "/admin/outbox", w.operator.Browser, ".messages table"},
		{"sign-in-signed-out", "/sign-in?notice=signed_out", w.nobody, "input[name=password]"},
		{"offline", "/offline", w.nobody, "h1"},
		{"not-found", "/no/such/page", w.nobody, "h1"},
	}
}

// people makes a walk's portal and everybody in it.
func people(t *testing.T) walk {
	t.Helper()
	p, address := Serve(t, WithTexts)
	w := walk{Portal: p, address: address, nobody: p.Browser()}
	p.Clock.Advance(-auth.CheckUpAfter)
	w.operator = p.SetUp()
	p.SetPolicy(func(policy *auth.Policy) { policy.TrustedDays = 30 })
	w.asked = p.Invite("joan").SignIn().Enroll()
	p.Clock.Advance(auth.CheckUpAfter)
	w.asked.Browser = p.Browser()
	w.asked.SignIn().StepUp()
	w.waitsForLinks()
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
	w.haveTexts()
	w.haveUndelivered()
	return w
}

// waitsForLinks mails every kind of link.
func (w *walk) waitsForLinks() {
	mover := w.Invite("rosalind").SignIn().StepUp()
	Must(w.T, mover, api.ChangeEmail, api.ChangeEmailRequest{Email: "franklin@example.org"})
	w.email = "/email/" + w.LinkAt("franklin@example.org", "/email/")
	Must(w.T, w.asked, api.ChangeEmail, api.ChangeEmailRequest{Email: "clarke@example.org"})
	Must(w.T, w.asked, api.AddNoticeAddress, api.ChangeEmailRequest{Email: "a.long.name.of.a.mailbox@mail.bletchley-park.example.org"})
	w.notMe = "/not-me/" + w.Post.Link("rosalind@example.org", "/not-me/")
	locked := w.Invite("emmy").SignIn().Enroll()
	Must(w.T, locked, api.LockDown, api.LinkRequest{Token: w.LinkAt("emmy@example.org", "/not-me/")})
	w.newPassword = "/password/" + w.LinkAt("emmy@example.org", "/password/")
}

// haveTexts brings people to where text messages are set up and asked for.
func (w *walk) haveTexts() {
	both := w.Invite("kathleen").SignIn().Enroll().AddText("+447400123456")
	w.untexted = w.Browser()
	Must(w.T, w.untexted, api.SignIn, api.SignInRequest{Name: both.Name, Password: both.Password})
	w.choosing = w.Invite("sofja").SignIn().StepUp()
	w.numbered = w.Invite("barbara").SignIn().StepUp()
	w.numbered.StartText("+491701234511", "")
	w.phoned = w.Invite("lise").SignIn().EnrollText("+491701234542")
	w.Clock.Advance(time.Second) // the older one gets the codes
	w.phoned.AddText("+447400123477").Number = "+491701234542"
	spare := api.StartRecoveryPhoneRequest{Number: "+12025550156", Country: "US"}
	Must(w.T, w.phoned, api.StartRecoveryPhone, spare)
	Must(w.T, w.phoned, api.ConfirmRecoveryPhone, api.ConfirmRecoveryPhoneRequest{Passcode: w.CodeAt(spare.Number)})
	w.phoned.Browser = w.Browser()
	Must(w.T, w.phoned, api.SignIn, api.SignInRequest{Name: w.phoned.Name, Password: w.phoned.Password})
	Must(w.T, w.phoned, api.VerifyText, api.VerifyTextRequest{Code: w.phoned.TextCode(), Trust: true})
	w.texted = w.Browser()
	Must(w.T, w.texted, api.SignIn, api.SignInRequest{Name: w.phoned.Name, Password: w.phoned.Password})
}

// haveUndelivered has some messages arrive and some not.
func (w *walk) haveUndelivered() {
	w.Deliver()
	w.Post.Fail(errors.New("the cable is cut"))
	w.operator.SignIn().Enroll()
	w.Deliver()
	w.Post.Fail(nil)
}

// prove has everybody prove again who they are, so that no page asks for that.
func (w *walk) prove() {
	for _, who := range []*Person{w.pending, w.confirmed, w.choosing, w.numbered, w.phoned, w.asked} {
		who.StepUp()
	}
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
	a := newAxe(t)
	for _, look := range looks() {
		t.Run(look.name, func(t *testing.T) {
			w.prove()
			ctx := Chromium(t, append(look.opts, Within(10*time.Minute))...)
			for _, s := range w.stops() {
				address := w.address
				if s.name == "setup" {
					address = freshAddress
				}
				visit(t, ctx, address, look.name, s)
				switch look.name {
				case "narrow-light":
					hinders(t, ctx, s.name)
					stretch(t, ctx, s.name, 1280, 320)
				default:
					a.look(t, ctx, s.name)
				}
			}
		})
	}
}

// visit opens one page, looks at it and takes its picture.
func visit(t *testing.T, ctx context.Context, address, look string, s stop) {
	t.Helper()
	arrive(t, ctx, address, s)
	picture(t, ctx, s.name+"-"+look)
}

// arrive opens one page and looks at it.
func arrive(t *testing.T, ctx context.Context, address string, s stop) {
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
	expected := map[string]string{"not-found": "404 GET " + address + s.path, "link-dead": "410 POST " + address + "/api/link"}
	for _, trouble := range Troubles(ctx)[seen:] {
		if trouble != expected[s.name] {
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
	if wide := ask[int](t, ctx, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); wide > 0 {
		t.Errorf("%s: scrolls sideways by %d pixels", s.name, wide)
	}
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
