package servertest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"

	"doorward/shared/api"
)

// Browser keeps cookies as a browser does, and carries calls and forms to a
// portal. It is an api.Transport. The zero Address is 203.0.113.7.
type Browser struct {
	Address string

	portal  *Portal
	mu      sync.Mutex
	cookies map[string]string
}

// Browser returns a new browser without cookies.
func (p *Portal) Browser() *Browser {
	return &Browser{Address: "203.0.113.7", portal: p, cookies: map[string]string{}}
}

// Send implements api.Transport.
func (b *Browser) Send(ctx context.Context, method, path string, body []byte) (int, []byte, error) {
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(string(body)))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	answer := b.Do(r)
	return answer.Code, answer.Body.Bytes(), nil
}

// Post sends a plain form and returns the answer.
func (b *Browser) Post(path string, fields url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.Do(r)
}

// Get asks for a page and returns the answer; it does not follow redirects.
func (b *Browser) Get(path string) *httptest.ResponseRecorder {
	return b.Do(httptest.NewRequest(http.MethodGet, path, nil))
}

// Do sends r with the browser's cookies, and keeps the answer's.
func (b *Browser) Do(r *http.Request) *httptest.ResponseRecorder {
	r.RemoteAddr = b.Address + ":40000"
	r.Host = "auth.example.org"
	if r.Header.Get("User-Agent") == "" {
		r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
	}
	if r.Header.Get("Sec-Fetch-Site") == "" {
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	b.mu.Lock()
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	b.mu.Unlock()
	answer := httptest.NewRecorder()
	b.portal.Server.Handler().ServeHTTP(answer, r)
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, k := range answer.Result().Cookies() {
		if k.MaxAge < 0 {
			delete(b.cookies, k.Name)
		} else {
			b.cookies[k.Name] = k.Value
		}
	}
	return answer
}

// Cookie returns the value of a cookie by its name without __Host-; empty when
// there is none.
func (b *Browser) Cookie(name string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.cookies["__Host-"+name]
}

// SetCookie puts a cookie in the browser, as somebody who has stolen it would.
func (b *Browser) SetCookie(name, value string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cookies["__Host-"+name] = value
}

// Copy returns another browser with the same cookies.
func (b *Browser) Copy() *Browser {
	b.mu.Lock()
	defer b.mu.Unlock()
	other := &Browser{Address: b.Address, portal: b.portal, cookies: map[string]string{}}
	for name, value := range b.cookies {
		other.cookies[name] = value
	}
	return other
}

var _ api.Transport = (*Browser)(nil)
