package servertest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"doorward/server"
)

// Serve returns a portal on SQLite that browsers reach at address, http://localhost with a port of its own: browsers take that
// for a secure place. Its clock begins at the time that browsers know, and stands until it is set.
func Serve(t testing.TB, options ...Option) (p *Portal, address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	u := &url.URL{Scheme: "http", Host: "localhost:" + l.Addr().String()[len("127.0.0.1:"):]}
	p = New(t, "", append([]Option{func(c *server.Config) { c.URL = u }}, options...)...)
	p.Clock.Advance(time.Since(p.Clock.Now()))
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.Server.Handler().ServeHTTP(w, r) // the one of the moment: see Restart
	})}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	t.Cleanup(func() {
		err := errors.Join(s.Close(), <-ended)
		if !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return p, u.String()
}

// Adopt gives the browser behind ctx the cookies of b at address, and takes away those it had: it is then signed in as b is.
func Adopt(t testing.TB, ctx context.Context, address string, b *Browser) {
	t.Helper()
	actions := []chromedp.Action[chromedp.Void]{send(network.ClearBrowserCookies, struct{}{})}
	b.mu.Lock()
	for name, value := range b.cookies {
		actions = append(actions, send(network.SetCookie, network.SetCookieParams{URL: address, Name: name, Value: value,
			HTTPOnly: new(true), SameSite: network.CookieSameSiteLax}))
	}
	b.mu.Unlock()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}
