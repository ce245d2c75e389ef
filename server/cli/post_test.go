package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"
)

// arriveWithin bounds how long a message may be on its way.
const arriveWithin = 30 * time.Second

// arrivals is what has been sent somewhere.
type arrivals struct {
	mu     sync.Mutex
	change *sync.Cond
	list   []string
}

func newArrivals() *arrivals {
	a := &arrivals{}
	a.change = sync.NewCond(&a.mu)
	return a
}

func (a *arrivals) add(said string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.list = append(a.list, said)
	a.change.Broadcast()
}

// all returns everything that has arrived.
func (a *arrivals) all() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]string(nil), a.list...)
}

// wait returns everything as soon as there are at least n.
func (a *arrivals) wait(n int) ([]string, error) {
	late := false
	timer := time.AfterFunc(arriveWithin, func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		late = true
		a.change.Broadcast()
	})
	defer timer.Stop()
	a.mu.Lock()
	defer a.mu.Unlock()
	for len(a.list) < n {
		if late {
			return nil, fmt.Errorf("%d arrived of %d", len(a.list), n)
		}
		a.change.Wait()
	}
	return append([]string(nil), a.list...), nil
}

// postOffice is a mail server on this machine. It asks for ada, with officePassword.
type postOffice struct {
	*arrivals
	server  *gosmtp.Server
	address string
	ended   chan struct{}

	mu      sync.Mutex
	refusal error         // what it answers to the recipient
	holding chan struct{} // while it is there: no message is taken before it is closed
	held    chan struct{} // told of each message that is held
}

const officePassword = "tea & toast"

func openPostOffice() (*postOffice, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	o := &postOffice{arrivals: newArrivals(), address: l.Addr().String(), ended: make(chan struct{}), held: make(chan struct{}, 100)}
	o.server = gosmtp.NewServer(o)
	o.server.Domain, o.server.AllowInsecureAuth, o.server.ErrorLog = "localhost", true, log.New(io.Discard, "", 0)
	go func() {
		defer close(o.ended)
		if err := o.server.Serve(l); err != nil && !errors.Is(err, gosmtp.ErrServerClosed) {
			log.Print(err)
		}
	}()
	return o, nil
}

func (o *postOffice) close() error {
	err := o.server.Close()
	<-o.ended
	return err
}

// url is the value of DOORWARD_SMTP.
func (o *postOffice) url() string { return "smtp://ada@" + o.address + "?tls=none" }

func (o *postOffice) refuse(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.refusal = err
}

// hold has the office take no message until what it returns is called; it then
// leaves those that it held untaken, as a connection does that breaks.
func (o *postOffice) hold() (let func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.holding = make(chan struct{})
	return func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		close(o.holding)
		o.holding = nil
	}
}

// NewSession begins the conversation on one connection.
func (o *postOffice) NewSession(*gosmtp.Conn) (gosmtp.Session, error) { return &postal{office: o}, nil }

// postal is one conversation.
type postal struct {
	office *postOffice
	known  bool
}

func (p *postal) Reset()                   {}
func (p *postal) Logout() error            { return nil }
func (p *postal) AuthMechanisms() []string { return []string{sasl.Plain} }
func (p *postal) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if p.known = user == "ada" && password == officePassword; !p.known {
			return gosmtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (p *postal) Mail(string, *gosmtp.MailOptions) error {
	if !p.known {
		return gosmtp.ErrAuthRequired
	}
	return nil
}

func (p *postal) Rcpt(string, *gosmtp.RcptOptions) error {
	p.office.mu.Lock()
	defer p.office.mu.Unlock()
	return p.office.refusal
}

func (p *postal) Data(r io.Reader) error {
	said, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	p.office.mu.Lock()
	holding := p.office.holding
	p.office.mu.Unlock()
	if holding != nil {
		p.office.held <- struct{}{}
		<-holding
		return errors.New("the message was held until nobody wanted it any more")
	}
	p.office.add(string(said))
	return nil
}

// phoneGateway is a gateway that speaks like Kannel.
type phoneGateway struct {
	*arrivals
	server *httptest.Server

	mu     sync.Mutex
	status int // instead of 202
}

func openGateway() *phoneGateway {
	g := &phoneGateway{arrivals: newArrivals()}
	g.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.mu.Lock()
		status := g.status
		g.mu.Unlock()
		q := r.URL.Query()
		switch {
		case q.Get("username") != "ada" || q.Get("password") != officePassword:
			http.Error(w, "Authorization failed for sendsms", http.StatusForbidden)
		case status != 0:
			http.Error(w, "no", status)
		default:
			g.add(q.Get("to") + " " + q.Get("text"))
			w.WriteHeader(http.StatusAccepted)
			io.WriteString(w, "0: Accepted for delivery")
		}
	}))
	return g
}

func (g *phoneGateway) url() string { return g.server.URL + "/cgi-bin/sendsms" }

func (g *phoneGateway) fail(status int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.status = status
}

// within reports whether a list has an entry with text in it.
func within(list []string, text string) bool {
	for _, said := range list {
		if strings.Contains(said, text) {
			return true
		}
	}
	return false
}

// awaitOutbox asks the command line until so many messages are in a state.
func awaitOutbox(env []string, want int, state string) error {
	ctx, cancel := context.WithTimeout(context.Background(), arriveWithin)
	defer cancel()
	n := 0
	for ctx.Err() == nil {
		list := exec.CommandContext(ctx, "doorward", "outbox", "list", "--json", "--state", state)
		list.Env = env
		said, err := list.Output()
		if err != nil && ctx.Err() == nil {
			return err
		}
		if n = bytes.Count(said, []byte("\n")); n == want && err == nil {
			return nil
		}
	}
	return fmt.Errorf("%d messages are %s, not %d", n, state, want)
}
