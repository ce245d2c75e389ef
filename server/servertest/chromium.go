package servertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browserSetup is what the options of Chromium ask for.
type browserSetup struct {
	within        time.Duration
	width, height int64
	phone         bool
	media         []*emulation.MediaFeature
	cpu           float64
	network       *network.Conditions
	flags         []chromedp.ExecAllocatorOption
}

// ChromiumOption changes one thing about the browser that Chromium starts.
type ChromiumOption func(*browserSetup)

// Window gives the page this many CSS pixels; 1280×800 is the default.
func Window(width, height int) ChromiumOption {
	return func(s *browserSetup) { s.width, s.height = int64(width), int64(height) }
}

// Phone makes the page 390×844 on a touch screen that says it is a mobile one.
func Phone() ChromiumOption {
	return func(s *browserSetup) { s.width, s.height, s.phone = 390, 844, true }
}

// Dark asks pages for their dark theme.
func Dark() ChromiumOption { return media("prefers-color-scheme", "dark") }

// Speaking has the reader prefer a language, by its BCP 47 tag; English is the default.
func Speaking(tag string) ChromiumOption {
	return func(s *browserSetup) { s.flags = append(s.flags, chromedp.Flag("accept-lang", tag)) }
}

// ReducedMotion asks pages not to move.
func ReducedMotion() ChromiumOption { return media("prefers-reduced-motion", "reduce") }

// ForcedColors has the system choose the colors, as a person with low vision may.
func ForcedColors() ChromiumOption { return media("forced-colors", "active") }

func media(name, value string) ChromiumOption {
	return func(s *browserSetup) {
		s.media = append(s.media, &emulation.MediaFeature{Name: name, Value: value})
	}
}

// NoWebAssembly takes WebAssembly away together with the compiler of JavaScript, as iOS Lockdown Mode does.
func NoWebAssembly() ChromiumOption {
	return func(s *browserSetup) { s.flags = append(s.flags, chromedp.Flag("js-flags", "--jitless")) }
}

// Slow divides the processor's speed by cpu, delays each answer by latency and lets through bytesPerSecond each way. What a
// service worker fetches is not slowed down.
func Slow(cpu float64, latency time.Duration, bytesPerSecond int) ChromiumOption {
	return func(s *browserSetup) {
		s.cpu = cpu
		s.network = &network.Conditions{
			Latency:            float64(latency.Milliseconds()),
			DownloadThroughput: float64(bytesPerSecond), UploadThroughput: float64(bytesPerSecond),
		}
	}
}

// AnyCertificate accepts certificates nobody vouches for, for pages over HTTPS with one made for the test.
func AnyCertificate() ChromiumOption {
	return func(s *browserSetup) { s.flags = append(s.flags, chromedp.IgnoreCertErrors) }
}

// Within bounds how long the browser lives; a minute and a half is the default.
func Within(d time.Duration) ChromiumOption {
	return func(s *browserSetup) { s.within = d }
}

// Chromium starts a browser without a window, with a fresh profile, and returns the context in which chromedp's actions drive
// its one page. It reaches localhost and its subdomains and 127.0.0.1 only: a page that asks for anything else is seen in
// Troubles. The browser ends with the test, which fails when there is no Chromium: it never skips.
func Chromium(t testing.TB, opts ...ChromiumOption) context.Context {
	t.Helper()
	path, err := findChromium()
	if err != nil {
		t.Fatal(err)
	}
	s := &browserSetup{within: 90 * time.Second, width: 1280, height: 800}
	for _, opt := range opts {
		opt(s)
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.within)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, s.allocator(path)...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	// Ends the process and waits for it, before the cancellations above would end it without waiting.
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil && ctx.Err() == nil {
			t.Logf("end Chromium: %v", err)
		}
	})
	log := newTroubles()
	ctx = context.WithValue(ctx, troublesKey{}, log)
	if err := chromedp.Do(ctx, s.prepare()...); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	if err := chromedp.Listen(ctx, log.see); err != nil {
		t.Fatalf("listen to %s: %v", path, err)
	}
	return ctx
}

func findChromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("Chromium is not installed: apt-get install chromium")
}

// allocator returns the flags: chromedp's own, and those that keep the browser to itself.
func (s *browserSetup) allocator(path string) []chromedp.ExecAllocatorOption {
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.WindowSize(int(s.width), int(s.height)),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("lang", "en"),
		chromedp.Flag("host-resolver-rules",
			"MAP localhost 127.0.0.1, MAP *.localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	)
	if os.Geteuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	return append(opts, s.flags...)
}

// prepare returns what is to be done before the first page is opened.
func (s *browserSetup) prepare() []chromedp.Action[chromedp.Void] {
	var how []chromedp.EmulateViewportOption
	if s.phone {
		how = append(how, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait, chromedp.EmulateScale(2))
	}
	actions := []chromedp.Action[chromedp.Void]{
		send(network.Enable, network.EnableParams{}),
		chromedp.EmulateViewport(s.width, s.height, how...),
	}
	if s.media != nil {
		actions = append(actions, send(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: s.media}))
	}
	if s.cpu > 1 {
		actions = append(actions, send(emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: s.cpu}))
	}
	if s.network != nil {
		actions = append(actions, send(network.EmulateNetworkConditionsByRule,
			network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{s.network}}))

	}
	return actions
}

// send makes an action of one command of the protocol.
func send[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, command, params)
		return err
	})
}
