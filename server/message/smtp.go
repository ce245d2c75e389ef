package message

import (
	"context"
	netmail "net/mail"
	"sync"
	"time"
)

// Limits of speaking to a mail server.
const (
	sendWithin    = 30 * time.Second
	dialWithin    = 10 * time.Second
	keepFor       = 5 * time.Second // well under what servers allow a silent client
	keepAtMost    = 4
	perConnection = 100 // messages; some servers take no more over one
)

// Mailer sends mail over SMTP. It may be used by several goroutines at once. A connection is kept for a few seconds, so that
// many messages in a row share one.
type Mailer struct {
	config SMTP
	from   *netmail.Address

	mu     sync.Mutex
	idle   []*connection
	closed bool
}

// NewMailer returns a Mailer for a configuration. It does not connect.
func NewMailer(c SMTP) (*Mailer, error) {
	from, err := parseSender(c.From)
	if err != nil {
		return nil, err
	}
	return &Mailer{config: c, from: from}, nil
}

// Send hands the mail to the server, and returns nil once the server has taken it. It returns when ctx ends and after 30
// seconds at the latest, whatever the server does. Every error is a *Failure.
//
// A server whose answer is lost after it took the mail gets it a second time when the caller tries again, with the same
// Message-ID.
func (m *Mailer) Send(ctx context.Context, mail Mail) error {
	l, err := mail.letter(m.from)
	if err != nil {
		return &Failure{Permanent: true, Cause: "not sent: " + err.Error()}
	}
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()

	if c := m.kept(); c != nil {
		failure, gone := c.deliver(ctx, l)
		m.keep(c)
		if !gone || ctx.Err() != nil {
			return asError(failure)
		}
	}
	c, failure := m.dial(ctx)
	if failure != nil {
		return failure
	}
	failure, _ = c.deliver(ctx, l)
	m.keep(c)
	return asError(failure)
}

// asError keeps a nil *Failure from becoming an error that is not nil.
func asError(f *Failure) error {
	if f == nil {
		return nil
	}
	return f
}

// Close closes the connections that are kept. Mail that is being sent is sent, and its connection is closed after it.
func (m *Mailer) Close() {
	m.mu.Lock()
	idle := m.idle
	m.idle, m.closed = nil, true
	m.mu.Unlock()
	for _, c := range idle {
		c.expiry.Stop()
		c.hangUp()
	}
}

// kept returns the connection that was used last, or nil. It is the caller's alone until it is given to keep.
func (m *Mailer) kept() *connection {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.idle) == 0 {
		return nil
	}
	c := m.idle[len(m.idle)-1]
	m.idle = m.idle[:len(m.idle)-1]
	c.expiry.Stop()
	return c
}

// keep keeps a connection for a while, or closes it when it is of no more use.
func (m *Mailer) keep(c *connection) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c.broken || c.sent >= perConnection || m.closed || len(m.idle) >= keepAtMost {
		c.hangUp()
		return
	}
	m.idle = append(m.idle, c)
	c.expiry = time.AfterFunc(keepFor, func() { m.expire(c) })
}

// expire closes a connection that is still unused. One that was taken meanwhile is left alone.
func (m *Mailer) expire(c *connection) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, other := range m.idle {
		if other == c {
			m.idle = append(m.idle[:i], m.idle[i+1:]...)
			c.hangUp()
			return
		}
	}
}
