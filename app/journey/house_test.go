package journey_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/web"
)

// needsClient fails, in one line, when there is no client to test.
func needsClient(t *testing.T) {
	t.Helper()
	if _, err := web.Files.Open("built/build.txt"); err != nil {
		t.Fatal("the client is not packed: go run ./web/pack")
	}
}

// house is a portal behind a way to it that can be cut and can be slow.
type house struct {
	*servertest.Portal
	address string
	host    string // to listen on

	mu     sync.Mutex
	server *http.Server
	late   chan struct{} // the client arrives when this is closed; nil for at once
	newer  bool          // a newer version is there
}

// newHouse serves a portal with an administrator called ada.
func newHouse(t *testing.T, options ...servertest.Option) (*house, *servertest.Person) {
	t.Helper()
	needsClient(t)
	h := &house{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.host = l.Addr().String()
	_, port, _ := net.SplitHostPort(h.host)
	h.address = "http://localhost:" + port
	reached := func(c *server.Config) { c.URL = &url.URL{Scheme: "http", Host: "localhost:" + port} }
	h.Portal, _ = servertest.Serve(t, append([]servertest.Option{reached}, options...)...)
	h.serve(l)
	t.Cleanup(h.cut)
	return h, h.SetUp()
}

// serve answers what comes to l.
func (h *house) serve(l net.Listener) {
	s := &http.Server{Handler: http.HandlerFunc(h.answer)}
	h.mu.Lock()
	h.server = s
	h.mu.Unlock()
	go s.Serve(l) // ends with an error when it is cut
}

// cut ends every connection and takes no more.
func (h *house) cut() {
	h.mu.Lock()
	s := h.server
	h.mu.Unlock()
	s.Close()
}

// join takes connections again where it did before.
func (h *house) join() {
	h.T.Helper()
	var l net.Listener
	var err error
	for range 50 { // the port may take a moment to be free
		if l, err = net.Listen("tcp", h.host); err == nil {
			h.serve(l)
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	h.T.Fatal(err)
}

// holdClient keeps the client back until the function that it returns is called.
func (h *house) holdClient() (release func()) {
	late := make(chan struct{})
	h.mu.Lock()
	h.late = late
	h.mu.Unlock()
	release = sync.OnceFunc(func() { close(late) })
	h.T.Cleanup(release)
	return release
}

// update has the house bring out a newer version.
func (h *house) update() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.newer = true
}

func (h *house) answer(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	late, newer := h.late, h.newer
	h.mu.Unlock()
	if late != nil && strings.HasSuffix(r.URL.Path, "/app.wasm") {
		select {
		case <-late:
		case <-r.Context().Done():
			return
		}
	}
	if newer && r.URL.Path == "/app-worker.js" {
		h.newWorker(w, r)
		return
	}
	h.Server.Handler().ServeHTTP(w, r)
}

// newWorker answers with the service worker of a newer version: the
// browser takes it for one as soon as a byte of it differs. It says what it is told.
func (h *house) newWorker(w http.ResponseWriter, r *http.Request) {
	r.Header.Del("Accept-Encoding")
	now := httptest.NewRecorder()
	h.Server.Handler().ServeHTTP(now, r)
	for _, k := range []string{"Content-Type", "Cache-Control", "Content-Security-Policy", "Service-Worker-Allowed"} {
		for _, v := range now.Header().Values(k) {
			w.Header().Add(k, v)
		}
	}
	w.Write([]byte(now.Body.String() + `
self.addEventListener("message", e => e.source.postMessage("heard " + e.data));`))
}

// later moves on the time that the page goes by; see withClock.
func (b *browser) later(d time.Duration) {
	b.Helper()
	ask[bool](b, fmt.Sprintf("(window.journeySkew += %d, true)", d.Milliseconds()))
}

// withClock gives the pages that b opens from now on a clock that later moves on.
func (b *browser) withClock() {
	b.Helper()
	b.do(command(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		window.journeySkew = 0;
		const getTime = Date.prototype.getTime, now = Date.now, since = performance.now.bind(performance);
		Date.prototype.getTime = function () { return getTime.call(this) + window.journeySkew; };
		Date.now = () => now() + window.journeySkew;
		performance.now = () => since() + window.journeySkew;`}))
}

// signedIn returns a browser in which who is signed in, without the way there.
func (h *house) signedIn(t *testing.T, who *servertest.Person, options ...servertest.ChromiumOption) *browser {
	t.Helper()
	b := newBrowser(t, h.address, options...)
	servertest.Adopt(t, b.ctx, h.address, who.Browser)
	return b
}

// passcode is what an app with this secret shows now.
func (h *house) passcode(secret auth.Secret) string {
	return secret.Passcode(auth.TimeStep(h.Clock.Now()))
}
