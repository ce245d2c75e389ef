package message

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/textproto"
	"os"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// connection is one to a mail server, ready for a message. go-mail speaks SMTP on it; its own client is not used, because that
// ends a message whose sending broke off as if it were whole, and reports a message as failed when the server took it and was
// rude afterwards.
type connection struct {
	mailer *Mailer
	raw    net.Conn // under any TLS: closing it ends whatever waits on it, at once
	client *smtp.Client
	sent   int
	broken bool // of no use for another message
	unsaid bool // a message is under way: anything written now would become part of it
	expiry *time.Timer
}

// Answers of our own to what a server does not offer.
var (
	errNoTLS   = errors.New("it does not offer STARTTLS, and nothing was said to it in the clear")
	errNoAuth  = errors.New("it offers neither AUTH PLAIN nor AUTH LOGIN")
	errForeign = errors.New("it does not take addresses with letters beyond ASCII")
)

// dial connects, encrypts and authenticates.
func (m *Mailer) dial(ctx context.Context) (*connection, *Failure) {
	d := net.Dialer{Timeout: dialWithin}
	raw, err := d.DialContext(ctx, "tcp", m.config.Server())
	if err != nil {
		return nil, m.failure(ctx, atDial, err)
	}
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	defer stop()
	c := &connection{mailer: m, raw: raw}
	if at, err := c.open(ctx); err != nil {
		raw.Close()
		return nil, m.failure(ctx, at, err)
	}
	return c, nil
}

// open says everything that comes before the first message. It returns the stage at which it failed.
func (c *connection) open(ctx context.Context) (at stage, err error) {
	config := c.mailer.config
	encrypted := &tls.Config{ServerName: config.Host, RootCAs: config.RootCAs, MinVersion: tls.VersionTLS12}
	conn := c.raw
	if config.Encryption == ImplicitTLS {
		secure := tls.Client(c.raw, encrypted)
		if err := secure.HandshakeContext(ctx); err != nil {
			return atTLS, err
		}
		conn = secure
	}
	if c.client, err = smtp.NewClient(conn, config.Host); err != nil {
		return atGreeting, err
	}
	if err := c.client.Hello(ourName(c.raw)); err != nil {
		return atHello, err
	}
	if config.Encryption == STARTTLS {
		if ok, _ := c.client.Extension("STARTTLS"); !ok {
			return atTLS, errNoTLS
		}
		if err := c.client.StartTLS(encrypted); err != nil {
			return atTLS, err
		}
	}
	if config.User == "" {
		return "", nil
	}
	_, offered := c.client.Extension("AUTH")
	unencrypted := config.Encryption == Unencrypted
	for _, mechanism := range strings.Fields(offered) {
		switch strings.ToUpper(mechanism) {
		case "PLAIN":
			return atAuth, c.client.Auth(smtp.PlainAuth("", config.User, config.Password, config.Host, unencrypted))
		case "LOGIN":
			return atAuth, c.client.Auth(smtp.LoginAuth(config.User, config.Password, config.Host, unencrypted))
		}
	}
	return atAuth, errNoAuth
}

// deliver sends one message. gone is true when the server turned out to have hung up before it heard of the message.
func (c *connection) deliver(ctx context.Context, l letter) (failure *Failure, gone bool) {
	stop := context.AfterFunc(ctx, func() { c.raw.Close() })
	defer func() {
		if !stop() {
			c.broken = true
		}
	}()
	at, err := c.transact(l)
	if err == nil {
		c.sent++
		return nil, false
	}
	c.broken = true
	answer, answered := errors.AsType[*textproto.Error](err)
	c.unsaid = c.unsaid && !answered
	gone = at == atSender && (!answered || answer.Code == 421) && !errors.Is(err, errForeign)
	return c.mailer.failure(ctx, at, err, l.to), gone
}

// transact says MAIL, RCPT and DATA. It returns the stage at which it failed.
func (c *connection) transact(l letter) (at stage, err error) {
	if ok, _ := c.client.Extension("SMTPUTF8"); l.foreign && !ok {
		return atRecipient, errForeign
	}
	c.client.SkipSMTPUTF8(!l.foreign)
	if err := c.client.Mail(l.from); err != nil {
		return atSender, err
	}
	if err := c.client.Rcpt(l.to); err != nil {
		return atRecipient, err
	}
	w, err := c.client.Data()
	if err != nil {
		return atData, err
	}
	c.unsaid = true
	if _, err := w.Write(l.content); err != nil {
		return atContent, err
	}
	if err := w.Close(); err != nil {
		return atEnd, err
	}
	c.unsaid = false
	return "", nil
}

// hangUp closes the connection, with a good-bye where that cannot be taken for content. It waits for nobody.
func (c *connection) hangUp() {
	if !c.unsaid && c.raw.SetDeadline(time.Now().Add(time.Second)) == nil {
		_ = c.client.Text.PrintfLine("QUIT")
	}
	c.raw.Close()
}

// ourName is what we say to be: the name of this machine if it is a full one, or else its address.
func ourName(conn net.Conn) string {
	if name, err := os.Hostname(); err == nil && strings.Contains(name, ".") && ascii(name) && !strings.ContainsAny(name, " \r\n") {
		return name
	}
	a, ok := conn.LocalAddr().(*net.TCPAddr)
	switch {
	case !ok:
		return "localhost"
	case a.IP.To4() != nil:
		return "[" + a.IP.String() + "]"
	}
	return "[IPv6:" + a.IP.String() + "]"
}
