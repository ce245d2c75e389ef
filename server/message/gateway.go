package message

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// Gateway says how text messages leave, as the environment has it. [Gateway.Check] reports what cannot work.
type Gateway struct {
	Preset                    string // twilio, vonage, kannel, android, custom
	URL, User, Password, From string // DOORWARD_SMS_URL, _USER, _PASSWORD, _FROM; an empty URL is the provider's own, where it has one

	// Only with custom: DOORWARD_SMS_METHOD, _BODY, _SUCCESS, _HEADERS; see the type custom.
	Method, Body, Success string
	Headers               []string // "Name: value"
}

// LogValue keeps the password, and the keys that a URL or a header may hold, out of logs.
func (g Gateway) LogValue() slog.Value { return slog.StringValue("[redacted]") }

// The bounds of one exchange with a gateway.
const (
	exchangeTime = 20 * time.Second
	maxAnswer    = 64 << 10
	maxWait      = time.Hour // that a provider may ask for
)

// dialect is how one provider is spoken to.
type dialect interface {
	// request returns the request that sends a text message.
	request(ctx context.Context, text Text) (*http.Request, error)
	// verdict returns nil when the provider has taken the message.
	verdict(a answer) *Failure
}

// answer is what a gateway said.
type answer struct {
	status int
	header http.Header
	body   []byte // its first 64 KiB
	whole  bool   // body is all that was sent
}

// sample is what settings are tried with before anything is sent.
var sample = Text{ID: "AAAAAAAAAAAAAAAAAAAAAA", To: "+4915123456789", Body: "Sample\n@example.org #123456"}

// Texter sends text messages through one gateway. It is safe for concurrent use.
type Texter struct {
	dialect dialect
	client  *http.Client
	timeout time.Duration
}

// NewTexter returns a Texter for a gateway that passes its Check.
func NewTexter(g Gateway) (*Texter, error) {
	if err := g.Check(); err != nil {
		return nil, err
	}
	p := presets[g.Preset]
	if g.URL == "" {
		g.URL = p.url(g)
	}
	d, err := p.open(g)
	if err != nil {
		return nil, err
	}
	r, err := d.request(context.Background(), sample)
	if err != nil {
		return nil, err
	}
	return &Texter{dialect: d, client: newClient(r.URL.Scheme == "http"), timeout: exchangeTime}, nil
}

// Send hands text to the gateway and returns nil when it has been taken; the phone may get it later. An error is always a
// *Failure. After a failure that is not permanent the message may have been taken all the same, if the answer was lost.
func (t *Texter) Send(ctx context.Context, text Text) error {
	ctx, cancel := context.WithTimeout(ctx, t.timeout)
	defer cancel()
	r, err := t.dialect.request(ctx, text)
	if err != nil {
		// What goes wrong here, the templates, was tried at start.
		return &Failure{Cause: "the request to the gateway could not be made"}
	}
	response, err := t.client.Do(r)
	if err != nil {
		return &Failure{Cause: networkCause(err)}
	}
	defer response.Body.Close()
	a := answer{status: response.StatusCode, header: response.Header}
	a.body, err = io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	a.whole = err == nil && len(a.body) <= maxAnswer
	a.body = a.body[:min(len(a.body), maxAnswer)]
	if f := t.dialect.verdict(a); f != nil {
		return f
	}
	return nil
}

// newClient returns a client that follows no redirect and keeps no connection: a request repeated by the transport on a
// connection that had died would be a message sent twice. In clear it reaches private networks only, past no proxy,
// whatever the name resolves to.
func newClient(clear bool) *http.Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	transport := &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DisableKeepAlives:      true,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    10 * time.Second,
		MaxResponseHeaderBytes: maxAnswer,
	}
	if clear {
		transport.Proxy = nil
		dialer.Control = func(_, address string, _ syscall.RawConn) error {
			at, err := netip.ParseAddrPort(address)
			if err != nil || !private(at.Addr()) {
				return errPublic
			}
			return nil
		}
	}
	transport.DialContext = dialer.DialContext
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// refusal is what an answer other than 2xx means where the preset does not know better. It returns nil for 2xx. None is
// permanent: an operator mends the settings, and the message leaves then.
func refusal(a answer) *Failure {
	f := &Failure{Cause: fmt.Sprintf("the gateway answered %d", a.status)}
	switch {
	case a.status >= 200 && a.status < 300:
		return nil
	case a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable:
		f.After = retryAfter(a.header)
		f.Cause += ": it asks to wait"
	case a.status >= 300 && a.status < 400:
		f.Cause += ": it redirects; DOORWARD_SMS_URL must name the place itself"
	case a.status == http.StatusUnauthorized || a.status == http.StatusForbidden:
		f.Cause += ": look at DOORWARD_SMS_USER and DOORWARD_SMS_PASSWORD"
	case a.status == http.StatusNotFound || a.status == http.StatusMethodNotAllowed:
		f.Cause += ": look at DOORWARD_SMS_URL"
	}
	return f
}
