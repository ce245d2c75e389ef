package journey_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/pwa"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"doorward/server"
	"doorward/server/servertest"
)

// call makes one call of the protocol.
func call[P, R any](b *browser, command cdp.Command[P, R], params P) (answer R) {
	b.Helper()
	b.do(chromedp.Func(func(ctx context.Context, at *chromedp.Target) (err error) {
		answer, err = cdp.Call(ctx, at, command, params)
		return err
	}))
	return answer
}

// secureHouse is a portal on SQLite behind HTTPS with a certificate nobody vouches for, at a host without a path.
func secureHouse(t *testing.T) (*servertest.Portal, string) {
	t.Helper()
	needsClient(t)
	var p *servertest.Portal
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.Server.Handler().ServeHTTP(w, r) }))
	u := &url.URL{Scheme: "https", Host: "auth.localhost:" + front.Listener.Addr().String()[len("127.0.0.1:"):]}
	p, _ = servertest.Serve(t, func(c *server.Config) { c.URL = u })
	front.StartTLS()
	t.Cleanup(front.Close)
	return p, u.String()
}

func TestInstall_TheBrowserMissesNothing(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	behind, secure := secureHouse(t)
	behind.SetUp()
	for name, address := range map[string]string{"on this machine": h.address, "behind HTTPS": secure} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBrowser(t, address, servertest.AnyCertificate())
			b.withWorker("/sign-in")
			for _, e := range call(b, page.GetInstallabilityErrors, cdp.Empty{}).InstallabilityErrors {
				t.Errorf("the browser would not install it: %s %v", e.ErrorID, e.ErrorArguments)
			}
			if id := call(b, page.GetAppID, cdp.Empty{}); id.AppID != address+"/" {
				t.Errorf("the app is %q", id.AppID)
			}
			m := call(b, page.GetAppManifest, page.GetAppManifestParams{})
			for _, e := range m.Errors {
				t.Errorf("the manifest, line %d: %s", e.Line, e.Message)
			}
			if m.Manifest.StartURL != address+"/" || m.Manifest.Scope != address+"/" || m.Manifest.Display != "kStandalone" ||
				len(m.Manifest.Icons) < 4 || len(m.Manifest.Shortcuts) != 2 || m.Manifest.ShareTarget != nil {
				t.Errorf("the browser reads the manifest as %+v", m.Manifest)
			}
			b.wait("the browser's offer", "goappIsAppInstallable() && !goappIsAppInstalled()")
			b.signsIn(ada.Name, ada.Password)
			b.page("Protect your account")
		})
	}
}

// before has a script run in each document before anything else in it.
func (b *browser) before(script string) {
	b.Helper()
	b.do(command(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script}))
}

func TestInstall_TheMenuHasTheBrowserAsk(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	b := h.signedIn(t, ada.SignIn())
	// Nobody sits at this browser who could answer what it asks.
	b.before(`window.journeyAsked = 0;
		BeforeInstallPromptEvent.prototype.prompt = async () => { window.journeyAsked++; return {outcome: "dismissed"}; };`)
	b.withWorker("/profile")
	b.wait("the browser's offer", "goappIsAppInstallable()")
	b.press("Your account")
	b.press("Install the app")
	b.wait("the browser to ask", "window.journeyAsked === 1")
	b.focus("Your account")
	b.press("Your account")
	b.seesNot("Install the app") // it can be asked once
	b.sees("Sign out")

	b.open("/profile")
	b.wait("the browser's offer", "goappIsAppInstallable()")
	b.press("Your account")
	b.sees("Install the app")
	ask[bool](b, `window.dispatchEvent(new Event("appinstalled"))`)
	b.seesNot("Install the app")
	b.sees("Doorward is installed.")
}

func TestInstall_SafariOfPhonesIsExplained(t *testing.T) {
	t.Parallel()
	const safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
	for name, c := range map[string]struct {
		agent, standalone string
		explained         bool
	}{
		"Safari":                        {safari, "false", true},
		"the app itself":                {safari, "true", false},
		"another browser of the device": {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1", "false", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, ada := newHouse(t)
			b := h.signedIn(t, ada.SignIn(), servertest.Phone())
			b.before(`addEventListener("beforeinstallprompt", e => e.stopImmediatePropagation(), true);
				Object.defineProperty(navigator, "standalone", {value: ` + c.standalone + `});`)
			b.do(command(emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: c.agent}))
			b.open("/profile")
			b.page("Profile")
			b.sees("Ada Lovelace")
			b.press("Your account")
			b.sees("Sign out", "Administration")
			if !c.explained {
				b.seesNot("Install the app")
				return
			}
			b.press("Install the app")
			b.sees("Put Doorward on your home screen", "Choose “Add to Home Screen”.")
			b.page("Profile") // with the dialog over it
			b.keys(kb.Escape)
			b.seesNot("Put Doorward on your home screen")
			b.focus("Your account")
			b.seesNot("Install the app") // the menu is closed
		})
	}
}

// launches starts the installed app, at an address when it is not empty, and returns its window.
func (b *browser) launches(path string) target.ID {
	b.Helper()
	var to string
	if path != "" {
		to = b.address + path
	}
	return call(b, pwa.Launch, pwa.LaunchParams{ManifestID: b.address + "/", URL: to}).TargetID
}

// otherWindow returns somebody at the one window of the same browser that b is not at.
func (b *browser) otherWindow() *browser {
	b.Helper()
	var other target.ID
	b.until("another window", func() bool {
		list, err := chromedp.Targets(b.ctx)
		for _, at := range list {
			if at.Type == "page" && at.TargetID != chromedp.FromContext(b.ctx).Target.TargetID {
				other = at.TargetID
			}
		}
		return err == nil && other != ""
	})
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithTargetID(other))
	b.Cleanup(cancel)
	w := &browser{T: b.T, ctx: ctx, address: b.address, at: &visited{}}
	w.do(command(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}))
	return w
}

func TestInstall_LinksOpenInTheApp(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	ada.SignIn()
	b := newBrowser(t, h.address)
	b.open("/sign-in")
	call(b, pwa.Install, pwa.InstallParams{ManifestID: h.address + "/", InstallURLOrBundleURL: h.address + "/sign-in"})

	call(b, pwa.ChangeAppUserSettings, pwa.ChangeAppUserSettingsParams{ManifestID: h.address + "/", DisplayMode: pwa.DisplayModeStandalone})
	// The first link starts the app: it signs in, and then is there.
	first := b.launches("/profile/security")
	app := b.otherWindow()
	app.page("Sign in")
	app.is("/sign-in?next=%2Fprofile%2Fsecurity")
	app.signsIn(ada.Name, ada.Password)
	app.page("Protect your account")
	app.press("Later")
	app.page("Security")
	app.wait("it to be the app", "goappIsAppInstalled()")
	app.press("Your account")
	app.sees("Sign out")
	app.seesNot("Install the app")

	// The next come to the window that is open.
	for path, title := range map[string]string{"/profile/activity": "My activity", "/profile/sessions": "Sessions"} {
		if next := b.launches(path); next != first {
			t.Errorf("the link opened another window")
		}
		app.page(title)
		app.is(path)
	}
	// Loading it anew does not lead back to where it began, and starting it leaves it where it is.
	app.before(`const set = LaunchQueue.prototype.setConsumer;
		LaunchQueue.prototype.setConsumer = function (consume) {
			set.call(this, launch => { consume(launch); window.journeyLaunches = (window.journeyLaunches || 0) + 1; });
		};
		navigation.addEventListener("navigate", () => { window.journeyLeaves = true; });`)
	app.press("Profile")
	app.page("Profile")
	app.do(chromedp.Reload())
	app.page("Profile")
	came := ask[int](app, "window.journeyLaunches || 0")
	b.launches("")
	app.wait("the app to be started again", fmt.Sprintf("window.journeyLaunches === %d", came+1))
	if ask[bool](app, "window.journeyLeaves === true") {
		t.Error("starting the app left the page that was open in it")
	}
	app.is("/profile")

	app.signsOut()
	b.launches("/profile/activity")
	app.is("/sign-in?next=%2Fprofile%2Factivity")
	app.signsIn(ada.Name, ada.Password)
	app.page("Protect your account")
	app.press("Later")
	app.page("My activity")
}
