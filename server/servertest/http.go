package servertest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"sync"
	"time"

	"doorward/shared/api"
)

// Visitor is a browser that reaches a portal over the network: it keeps cookies
// and carries calls. It is an api.Transport.
type Visitor struct {
	address string
	client  *http.Client

	mu      sync.Mutex
	cookies map[string]string
}

// HTTP returns a visitor without cookies of the portal at address, such as
// http://localhost:8080.
func HTTP(address string) *Visitor {
	// Redirects are answers here, and a portal that has ended takes no more connections.
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &Visitor{address: address, client: client, cookies: map[string]string{}}
}

// Send implements api.Transport.
func (v *Visitor) Send(ctx context.Context, method, path string, body []byte) (int, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, v.address+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	v.mu.Lock()
	for name, value := range v.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	v.mu.Unlock()
	answer, err := v.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, nil, err
	}
	v.keep(answer.Cookies())
	return answer.StatusCode, read, nil
}

func (v *Visitor) keep(cookies []*http.Cookie) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, k := range cookies {
		if k.MaxAge < 0 {
			delete(v.cookies, k.Name)
		} else {
			v.cookies[k.Name] = k.Value
		}
	}
}

// Address returns where the portal is that the visitor visits.
func (v *Visitor) Address() string { return v.address }

// Fresh returns another visitor of the same portal, without cookies.
func (v *Visitor) Fresh() *Visitor { return HTTP(v.address) }

// Copy returns another visitor with the same cookies, of the portal at address.
func (v *Visitor) Copy(address string) *Visitor {
	other := HTTP(address)
	v.mu.Lock()
	defer v.mu.Unlock()
	for name, value := range v.cookies {
		other.cookies[name] = value
	}
	return other
}

// Close lets go of the visitor's connections.
func (v *Visitor) Close() { v.client.CloseIdleConnections() }

var _ api.Transport = (*Visitor)(nil)
