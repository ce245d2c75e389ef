package main

import (
	"io"
	"log"
	"net"
	"net/http"
	"regexp"
	"sync"
	"sync/atomic"

	gosmtp "github.com/emersion/go-smtp"
)

// nullMail is a mail server that takes everything and keeps nothing.
type nullMail struct {
	address string
	taken   atomic.Int64
	server  *gosmtp.Server
}

// openNullMail returns a running nullMail on loopback.
func openNullMail() (*nullMail, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	n := &nullMail{address: l.Addr().String()}
	n.server = gosmtp.NewServer(n)
	n.server.Domain, n.server.ErrorLog = "localhost", log.New(io.Discard, "", 0)
	go n.server.Serve(l)
	return n, nil
}

// url is how the portal is told of it.
func (n *nullMail) url() string { return "smtp://" + n.address + "?tls=none" }

func (n *nullMail) close() error { return n.server.Close() }

// NewSession implements smtp.Backend.
func (n *nullMail) NewSession(*gosmtp.Conn) (gosmtp.Session, error) { return nullSession{n}, nil }

type nullSession struct{ *nullMail }

// Mail implements smtp.Session.
func (nullSession) Mail(string, *gosmtp.MailOptions) error { return nil }

// Rcpt implements smtp.Session.
func (nullSession) Rcpt(string, *gosmtp.RcptOptions) error { return nil }

// Data implements smtp.Session.
func (s nullSession) Data(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	s.taken.Add(1)
	return err
}

// Reset implements smtp.Session.
func (nullSession) Reset() {}

// Logout implements smtp.Session.
func (nullSession) Logout() error { return nil }

// gateway is one for text messages, which answers at once or hangs.
type gateway struct {
	address string
	codes   chan string // of the messages that it took
	held    chan bool   // a message hangs
	server  *http.Server

	mu   sync.Mutex
	hang chan struct{} // nil while it answers; closed when it does so again
}

// openGateway returns a running gateway on loopback that answers.
func openGateway() (*gateway, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	g := &gateway{address: l.Addr().String(), codes: make(chan string, 1000), held: make(chan bool, 1000)}
	g.server = &http.Server{Handler: g}
	go g.server.Serve(l)
	return g, nil
}

func (g *gateway) close() error { return g.server.Close() }

// settings are how the portal is told of it.
func (g *gateway) settings() []string {
	return []string{"DOORWARD_SMS_GATEWAY=custom", "DOORWARD_SMS_METHOD=POST", "DOORWARD_SMS_URL=http://" + g.address + "/send",
		"DOORWARD_SMS_BODY=text={{query .Text}}", "DOORWARD_SMS_COUNTRIES=DE"}
}

// hangs has the gateway answer nothing until the returned function is called.
func (g *gateway) hangs() (answers func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	hang := make(chan struct{})
	g.hang = hang
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.hang = nil
		close(hang)
	}
}

var lastLine = regexp.MustCompile(`@\S+ #([0-9]{6})$`)

// ServeHTTP implements http.Handler.
func (g *gateway) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	said := r.PostFormValue("text")
	g.mu.Lock()
	hang := g.hang
	g.mu.Unlock()
	if hang != nil {
		g.held <- true
		select {
		case <-hang:
		case <-r.Context().Done():
		}
		return
	}
	if found := lastLine.FindStringSubmatch(said); found != nil {
		g.codes <- found[1]
	}
}
