package servertest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// page serves an empty page at / and nothing elsewhere.
func page(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Security-Policy", "img-src data:")
		w.Write([]byte(`<!doctype html><link rel=icon href="data:,"><p>here`))
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func ask[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

func TestChromium_AsAsked(t *testing.T) {
	url := page(t)
	for _, test := range []struct {
		name string
		opts []ChromiumOption
		want map[string]string
	}{
		{"by default", nil, map[string]string{
			"innerWidth + 'x' + innerHeight": "1280x800", "typeof WebAssembly": "object", "navigator.maxTouchPoints + ''": "0",
			"matchMedia('(prefers-color-scheme: dark)').matches + ''": "false",
		}},
		{"a phone in the dark", []ChromiumOption{Phone(), Dark(), ReducedMotion()}, map[string]string{
			"screen.width + 'x' + screen.height": "390x844", "(navigator.maxTouchPoints > 0) + ''": "true",
			"matchMedia('(prefers-color-scheme: dark)').matches + ''":     "true",
			"matchMedia('(prefers-reduced-motion: reduce)').matches + ''": "true",
		}},
		{"without WebAssembly", []ChromiumOption{NoWebAssembly()}, map[string]string{"typeof WebAssembly": "undefined"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			ctx := Chromium(t, test.opts...)
			if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
				t.Fatal(err)
			}
			for expression, want := range test.want {
				if got := ask[string](t, ctx, expression); got != want {
					t.Errorf("%s is %s, want %s", expression, got, want)
				}
			}
			NoTroubles(t, ctx)
		})
	}
}

func TestChromium_Troubles(t *testing.T) {
	url := page(t)
	ctx := Chromium(t)
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
	ask[string](t, ctx, `(async () => {
		console.error("out of", "paper", 3);
		console.log("not a trouble");
		setTimeout(() => { throw new Error("jammed") });
		await fetch("/missing", {method: "POST"});
		await fetch("http://elsewhere.example/").catch(() => {});
		new Image().src = "/picture.png";
		await new Promise(done => setTimeout(done, 200));
		return "";
	})()`)
	found := Troubles(ctx)
	for _, want := range []string{
		"console: out of paper 3", "404 POST " + url + "/missing", "net::ERR_NAME_NOT_RESOLVED GET http://elsewhere.example/",
	} {
		if !slices.Contains(found, want) {
			t.Errorf("missing: %s", want)
		}
	}
	NoTroubles(t, ctx, "out of paper", "missing", "elsewhere", "Error: jammed", "violates", "/picture.png")
	if len(found) < 5 {
		t.Errorf("%d troubles: %q", len(found), found)
	}
}

func TestChromium_Slow(t *testing.T) {
	url := page(t)
	ctx := Chromium(t, Slow(2, 300e6, 200_000))
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
	const wait = `(async () => { const t = performance.now(); await fetch("/"); return performance.now() - t })()`
	if ms := ask[float64](t, ctx, wait); ms < 290 {
		t.Errorf("answered after %v ms, want at least 290", ms)
	}
}
