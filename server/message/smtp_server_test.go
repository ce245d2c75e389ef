package message

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"
)

// postOffice is a mail server on loopback. Its hooks say how it fails.
type postOffice struct {
	rcpt, data error        // answers to RCPT and to the end of the message
	mail       func() error // answers MAIL
	cut        bool         // closes the connection amid a message
	mechanisms []string     // asks for authentication: ada, with the password "tea & toast"
	tls        *tls.Config
	implicit   bool

	address string
	roots   *x509.CertPool

	mu          sync.Mutex
	connections []net.Conn
	taken       []taken
}

// taken is a message that a post office took.
type taken struct{ from, to, content string }

const officePassword = "tea & toast"

// open starts the post office; it is closed when the test ends.
func (o *postOffice) open(t *testing.T) *postOffice {
	t.Helper()
	l := listen(t)
	o.address = l.Addr().String()
	s := gosmtp.NewServer(o)
	s.Domain, s.AllowInsecureAuth, s.TLSConfig, s.ErrorLog = "localhost", true, o.tls, log.New(io.Discard, "", 0)
	var accept net.Listener = &counting{l, o}
	if o.implicit {
		accept = tls.NewListener(accept, o.tls)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = s.Serve(accept) }()
	t.Cleanup(func() { _ = s.Close(); <-done })
	return o
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// counting keeps the connections that a listener accepted.
type counting struct {
	net.Listener
	office *postOffice
}

func (l *counting) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err == nil {
		l.office.mu.Lock()
		l.office.connections = append(l.office.connections, c)
		l.office.mu.Unlock()
	}
	return c, err
}

// NewSession begins the conversation on one connection.
func (o *postOffice) NewSession(c *gosmtp.Conn) (gosmtp.Session, error) {
	s := &counter{office: o, conn: c}
	if len(o.mechanisms) > 0 {
		return &guarded{counter: s}, nil
	}
	return s, nil
}

func (o *postOffice) got() []taken {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]taken(nil), o.taken...)
}

func (o *postOffice) visits() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.connections)
}

// hangUp closes every connection, as a server does that is started anew.
func (o *postOffice) hangUp() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, c := range o.connections {
		c.Close()
	}
}

// counter is where one connection is served.
type counter struct {
	office   *postOffice
	conn     *gosmtp.Conn
	now      taken
	admitted bool
}

func (s *counter) Reset()        { s.now = taken{} }
func (s *counter) Logout() error { return nil }
func (s *counter) Mail(from string, _ *gosmtp.MailOptions) error {
	s.now.from = from
	switch {
	case len(s.office.mechanisms) > 0 && !s.admitted:
		return gosmtp.ErrAuthRequired
	case s.office.mail != nil:
		return s.office.mail()
	}
	return nil
}
func (s *counter) Rcpt(to string, _ *gosmtp.RcptOptions) error { s.now.to = to; return s.office.rcpt }
func (s *counter) Data(r io.Reader) error {
	if s.office.cut {
		return s.conn.Conn().Close()
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.office.data != nil {
		return s.office.data
	}
	s.now.content = string(b)
	s.office.mu.Lock()
	defer s.office.mu.Unlock()
	s.office.taken = append(s.office.taken, s.now)
	return nil
}

// guarded is a counter that wants to know who is there.
type guarded struct{ *counter }

func (g *guarded) AuthMechanisms() []string { return g.office.mechanisms }
func (g *guarded) Auth(mechanism string) (sasl.Server, error) {
	check := func(_, user, password string) error {
		if g.admitted = user == "ada" && password == officePassword; !g.admitted {
			return gosmtp.ErrAuthFailed
		}
		return nil
	}
	if mechanism == "PLAIN" {
		return sasl.NewPlainServer(check), nil
	}
	return &loginServer{check: check}, nil
}

// loginServer is the server's half of AUTH LOGIN.
type loginServer struct {
	check func(_, user, password string) error
	said  []string
}

func (l *loginServer) Next(response []byte) (challenge []byte, done bool, err error) {
	if response != nil {
		l.said = append(l.said, string(response))
	}
	switch len(l.said) {
	case 0:
		return []byte("Username:"), false, nil
	case 1:
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check("", l.said[0], l.said[1])
}

// certified returns a certificate of a new authority for a host, and the pool that has the authority.
func certified(t *testing.T, host string) (*tls.Config, *x509.CertPool) {
	t.Helper()
	sign := func(c, parent *x509.Certificate, key, by *ecdsa.PrivateKey) []byte {
		c.NotBefore, c.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
		der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, by)
		if err != nil {
			t.Fatal(err)
		}
		return der
	}
	var keys [2]*ecdsa.PrivateKey
	for i := range keys {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		keys[i] = key
	}
	authority := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	root, err := x509.ParseCertificate(sign(authority, authority, keys[0], keys[0]))
	if err != nil {
		t.Fatal(err)
	}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), DNSNames: []string{host}}
	if ip := net.ParseIP(host); ip != nil {
		leaf.DNSNames, leaf.IPAddresses = nil, []net.IP{ip}
	}
	pool := x509.NewCertPool()
	pool.AddCert(root)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{sign(leaf, root, keys[1], keys[0])}, PrivateKey: keys[1]}}}, pool
}

// silentAt starts a server that answers until a line begins with a word, or from the first moment for "", and then says nothing
// any more; it closes went then. With "." it falls silent at the end of a message.
func silentAt(t *testing.T, word string) (address string, went <-chan struct{}) {
	t.Helper()
	l, silent := listen(t), make(chan struct{})
	serve := func(c net.Conn) {
		defer context.AfterFunc(t.Context(), func() { c.Close() })()
		defer c.Close()
		lines := bufio.NewScanner(c)
		if word != "" {
			_, _ = io.WriteString(c, "220 localhost\r\n")
		}
		content := false
		for word != "" && lines.Scan() && !strings.HasPrefix(lines.Text(), word) {
			answer := "250 yes\r\n"
			switch {
			case content:
				continue
			case strings.HasPrefix(lines.Text(), "EHLO"):
				answer = "250-localhost\r\n250 AUTH PLAIN\r\n"
			case strings.HasPrefix(lines.Text(), "AUTH"):
				answer = "235 come in\r\n"
			case lines.Text() == "DATA":
				answer, content = "354 go on\r\n", true
			}
			_, _ = io.WriteString(c, answer)
		}
		close(silent)
		_, _ = io.Copy(io.Discard, c) // until the other side has had enough
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if c, err := l.Accept(); err == nil {
			serve(c)
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return l.Addr().String(), silent
}
