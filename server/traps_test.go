package server_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/net/html"

	"doorward/app"
	"doorward/app/words"
	"doorward/server/servertest"
	"doorward/shared/api"
)

// Each test here is about something that the client's framework does by itself
// when its own server half is used (docs/ARCHITECTURE.md): it fails without the cure.

// robots.txt and its like cause no outgoing request, whatever Host says, and what
// they answer is the same for everyone (requirement 106).
func TestTraps_NoRequestGoesOut(t *testing.T) {
	var asked atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Write([]byte("poison"))
	}))
	defer elsewhere.Close()
	p := servertest.New(t, "")
	for _, path := range []string{"/robots.txt", "/sitemap.xml", "/ads.txt"} {
		for range 2 {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.Host = strings.TrimPrefix(elsewhere.URL, "http://")
			answer := httptest.NewRecorder()
			p.Server.Handler().ServeHTTP(answer, r)
			if strings.Contains(answer.Body.String(), "poison") {
				t.Errorf("%s serves what another host says", path)
			}
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("%d requests went out", n)
	}
	if body := p.Browser().Get("/robots.txt").Body.String(); !strings.Contains(body, "Disallow: /") {
		t.Errorf("robots.txt: %q", body)
	}
	if _, _, err := net.SplitHostPort(strings.TrimPrefix(elsewhere.URL, "http://")); err != nil {
		t.Fatal(err)
	}
}

// A version that somebody knows turns no call into "not modified".
func TestTraps_IfNoneMatchMeansNothingToCalls(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp()
	page := ada.Get("/sign-in").Body.String()
	version := regexp.MustCompile(`data-version="([^"]+)"`).FindStringSubmatch(page)
	if version == nil {
		t.Fatal("the page does not say its version")
	}
	for _, tag := range []string{`"` + version[1] + `"`, `"` + version[1] + `br"`, "*"} {
		r := httptest.NewRequest(http.MethodPost, api.SignIn.Path, strings.NewReader(`{"name":"ada","password":"`+ada.Password+`"}`))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("If-None-Match", tag)
		if answer := ada.Do(r); answer.Code != http.StatusOK {
			t.Errorf("a sign-in with If-None-Match %s: %d", tag, answer.Code)
		}
		r = httptest.NewRequest(http.MethodGet, "/profile", nil)
		r.Header.Set("If-None-Match", tag)
		if answer := ada.Do(r); answer.Code != http.StatusOK {
			t.Errorf("a page with If-None-Match %s: %d", tag, answer.Code)
		}
	}
}

// There are no listings, and nothing below /web/ but the files of package web.
func TestTraps_StaticFiles(t *testing.T) {
	p := servertest.New(t, "")
	version := regexp.MustCompile(`/web/([^/]+)/style.css`).FindStringSubmatch(p.Browser().Get("/offline").Body.String())[1]
	for _, name := range []string{"", "icons", "icons/", "embed.go", "built/build.txt", "built/app.wasm.br", "../main.go", "%2e%2e/main.go", "pack/main.go", "nothing.css", "app.wasm/"} {
		if answer := p.Browser().Get("/web/" + version + "/" + name); answer.Code == http.StatusOK {
			t.Errorf("/web/…/%s is served: %.60q", name, answer.Body)
		}
	}
	for name, media := range map[string]string{"style.css": "text/css; charset=utf-8", "start.js": "text/javascript; charset=utf-8", "icons/icon.svg": "image/svg+xml"} {
		answer := p.Browser().Get("/web/" + version + "/" + name)
		if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != media {
			t.Errorf("%s: %d %s", name, answer.Code, answer.Header().Get("Content-Type"))
		}
	}
}

// The service worker's place takes the whole host, it is never kept for long, and
// it lists no page of its own accord.
func TestTraps_ServiceWorker(t *testing.T) {
	p := servertest.New(t, "")
	answer := p.Browser().Get("/app-worker.js")
	script := answer.Body.String()
	if answer.Header().Get("Cache-Control") != "no-cache" || !strings.HasPrefix(answer.Header().Get("Content-Type"), "text/javascript") {
		t.Errorf("headers: %v", answer.Header())
	}
	if strings.Contains(script, "{{.Version}}") {
		t.Error("the version is not filled in")
	}
	if strings.Contains(script, `"/",`) || strings.Contains(script, "http://") || strings.Contains(script, "https://") {
		t.Error("the service worker keeps the home page, or names another host")
	}
}

// pagesToLookAt are pages as a stranger, a half signed-in and a signed-in person
// get them.
func pagesToLookAt(t *testing.T, p *servertest.Portal) map[string]*httptest.ResponseRecorder {
	t.Helper()
	ada := p.SetUp().SignIn().Enroll()
	half := p.Browser()
	servertest.Must(t, half, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
	pages := map[string]*httptest.ResponseRecorder{}
	for _, path := range []string{"/sign-in", "/sign-in?code=throttled&retry=30", "/sign-in/lost-phone", "/setup/" + strings.Repeat("A", 43), "/invitation/" + strings.Repeat("B", 43), "/offline", "/no-such-page"} {
		pages[path] = p.Browser().Get(path)
	}
	for _, path := range []string{"/sign-in/passcode", "/sign-in/recovery-code", "/sign-in/another-way"} {
		pages[path] = half.Get(path)
	}
	for _, path := range []string{"/", "/profile", "/profile/security", "/profile/security/set-up", "/profile/sessions", "/sign-in/protect"} {
		pages[path] = ada.Get(path)
	}
	return pages
}

// No page loads anything from elsewhere or holds anything inline; every page has
// the policy that enforces it (requirement 107), and says nothing of who asks, unless
// it brings along what is known.
func TestPages_OwnHostOnlyAndNothingInline(t *testing.T) {
	p := servertest.New(t, "")
	for path, answer := range pagesToLookAt(t, p) {
		if want := http.StatusOK; answer.Code != want && path != "/no-such-page" {
			t.Errorf("%s: %d %s", path, answer.Code, answer.Header().Get("Location"))
			continue
		}
		csp := answer.Header().Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe-inline") || strings.Contains(csp, "'unsafe-eval'") || strings.Contains(csp, "http") {
			t.Errorf("%s: policy %q", path, csp)
		}
		for header, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Cache-Control": "no-store", "Strict-Transport-Security": "max-age=31536000"} {
			if got := answer.Header().Get(header); got != want {
				t.Errorf("%s: %s %q", path, header, got)
			}
		}
		body := answer.Body.String()
		for _, personal := range []string{"ada", "Ada Lovelace", "Analytical"} {
			if brought := path == "/" || path == "/profile/security"; brought != (strings.Contains(body, `"`+personal) || strings.Contains(body, ">"+personal)) {
				t.Errorf("%s says %q of who asks: %v, which is for the pages that bring it along", path, personal, !brought)
			}
		}
		document, err := html.Parse(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for n := range document.Descendants() {
			inspect(t, path, n)
		}
	}
}

// inspect reports what a strict policy would block, and addresses on other hosts
// that load by themselves.
func inspect(t *testing.T, path string, n *html.Node) {
	t.Helper()
	if n.Type != html.ElementNode {
		return
	}
	if (n.Data == "script" || n.Data == "style") && n.FirstChild != nil && !slices.Contains(n.Attr, html.Attribute{Key: "type", Val: "application/json"}) {
		t.Errorf("%s: an inline %s", path, n.Data)
	}
	for _, a := range n.Attr {
		switch {
		case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
			t.Errorf("%s: %s has %s=%q", path, n.Data, a.Key, a.Val)
		case a.Key == "src" || a.Key == "action" || a.Key == "href" && n.Data == "link":
			if u, err := url.Parse(a.Val); err != nil || u.Host != "" || !strings.HasPrefix(a.Val, "/") {
				t.Errorf("%s: %s loads %q", path, n.Data, a.Val)
			}
		}
		if a.Val == "false" && slices.Contains(booleans, a.Key) {
			t.Errorf("%s: %s has %s=false, which a browser reads as true", path, n.Data, a.Key)
		}
	}
	if n.Data == "form" {
		method := ""
		for _, a := range n.Attr {
			if a.Key == "method" {
				method = a.Val
			}
		}
		if !strings.EqualFold(method, "post") {
			t.Errorf("%s: a form with method %q would put what is typed into the address", path, method)
		}
	}
	if id := attribute(n, "id"); id == "app-wasm-loader" {
		t.Errorf("%s: the framework's loader covers the page", path)
	}
}

// booleans are the attributes that count by being there.
var booleans = []string{"autofocus", "checked", "disabled", "hidden", "inert", "multiple", "novalidate", "open", "readonly", "required", "selected"}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// The pages of one-time links send no referrer (requirement 40).
func TestPages_LinksDoNotTravel(t *testing.T) {
	p := servertest.New(t, "")
	for _, path := range []string{"/setup/", "/invitation/"} {
		if got := p.Browser().Get(path + strings.Repeat("A", 43)).Header().Get("Referrer-Policy"); got != "no-referrer" {
			t.Errorf("%s: Referrer-Policy %q", path, got)
		}
	}
	link, _, err := p.Server.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.Browser().Get("/setup/" + link[len(link)-43:])
	if strings.Contains(p.Log.String(), link[len(link)-43:]) {
		t.Error("the token of a link is in the log")
	}
}

// The prerendered page cannot be made to hold markup by what is in its address.
func TestPages_HostileAddresses(t *testing.T) {
	hostile := `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	for _, path := range []string{"/sign-in", "/sign-in/passcode", "/sign-in/protect", "/setup/x", "/invitation/x"} {
		for _, key := range []string{"code", "next", "notice", "retry", "p.name", "p.password", "p." + hostile} {
			u := &url.URL{Path: path, RawQuery: url.Values{key: {hostile}}.Encode()}
			shell, _ := app.Prerender(u, &words.English, app.Personal{})
			document, err := html.Parse(strings.NewReader(shell.Body))
			if err != nil {
				t.Fatal(err)
			}
			for n := range document.Descendants() {
				if n.Type == html.ElementNode && (n.Data == "script" || attribute(n, "onerror") != "") {
					t.Errorf("%s: %s came through as markup", u, key)
				}
			}
		}
	}
}
