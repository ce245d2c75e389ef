package servertest

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"

	"doorward/server"
	"doorward/server/message"
)

// Postbox keeps what a portal has sent. Messages leave the outbox when the test
// says so, with [Portal.Deliver].
type Postbox struct {
	mu      sync.Mutex
	mails   []message.Mail
	texts   []message.Text
	failing error
}

// WithTexts has the portal send text messages, to German, British and US numbers,
// at most 100 codes a day.
func WithTexts(c *server.Config) {
	c.Delivery.Countries, c.Delivery.TextsPerDay = []string{"DE", "GB", "US"}, 100
}

// connect has the portal send into b: mail always, text messages where c names
// countries that they go to.
func (b *Postbox) connect(c *server.Config) {
	c.Delivery.Mail = b.mail
	if len(c.Delivery.Countries) > 0 {
		c.Delivery.Texts = b.text
	}
}

func (b *Postbox) mail(_ context.Context, m message.Mail) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failing == nil {
		b.mails = append(b.mails, m)
	}
	return b.failing
}

func (b *Postbox) text(_ context.Context, m message.Text) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failing == nil {
		b.texts = append(b.texts, m)
	}
	return b.failing
}

// Fail has every try fail with err from now on; nil: they succeed again.
func (b *Postbox) Fail(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failing = err
}

// Empty forgets what has arrived.
func (b *Postbox) Empty() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mails, b.texts = nil, nil
}

// Mails returns the mails that have arrived at an address, the oldest first; at any
// address when it is empty.
func (b *Postbox) Mails(to string) (list []message.Mail) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.mails {
		if to == "" || m.To == to {
			list = append(list, m)
		}
	}
	return list
}

// Texts returns the text messages that have arrived at a number; at any number when
// it is empty.
func (b *Postbox) Texts(to string) (list []message.Text) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.texts {
		if to == "" || m.To == to {
			list = append(list, m)
		}
	}
	return list
}

var (
	lastLine = regexp.MustCompile(`@\S+ #([0-9]{6})$`)
	anyLink  = regexp.MustCompile(`https?://\S+`)
)

// Code returns the code in the last text message to a number; empty when there is
// none.
func (b *Postbox) Code(to string) string {
	for _, m := range slices.Backward(b.Texts(to)) {
		if found := lastLine.FindStringSubmatch(m.Body); found != nil {
			return found[1]
		}
	}
	return ""
}

// CodeAt sends what is due and returns the code in the last text message to a number.
func (p *Portal) CodeAt(number string) string {
	p.T.Helper()
	p.Deliver()
	return p.Post.Code(number)
}

// LinkAt sends what is due and returns the token of the last link in mails to an
// address that leads below path.
func (p *Portal) LinkAt(address, path string) string {
	p.T.Helper()
	p.Deliver()
	return p.Post.Link(address, path)
}

// Link returns the token of the last link in mails to an address that leads below
// path, such as /not-me/; empty when there is none.
func (b *Postbox) Link(to, path string) string {
	for _, m := range slices.Backward(b.Mails(to)) {
		if token := linkIn(m.Text, path); token != "" {
			return token
		}
	}
	return ""
}

// TextLink is Link for text messages to a number.
func (b *Postbox) TextLink(to, path string) string {
	for _, m := range slices.Backward(b.Texts(to)) {
		if token := linkIn(m.Body, path); token != "" {
			return token
		}
	}
	return ""
}

func linkIn(text, path string) string {
	for _, link := range anyLink.FindAllString(text, -1) {
		if _, token, ok := strings.Cut(link, path); ok {
			return token
		}
	}
	return ""
}

// Deliver sends what is due in the outbox and returns how many messages it tried.
func (p *Portal) Deliver() int {
	p.T.Helper()
	n, err := p.Server.DeliverDue(p.T.Context())
	if err != nil {
		p.T.Fatal(err)
	}
	return n
}
