package message

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"
)

func letterTo(to string) Mail {
	return Mail{ID: "01J8-x_y.z", To: to, Subject: "Grüße", Text: "Hello\n", HTML: "<p>Hello</p>\n", Date: time.Date(2026, 11, 21, 23, 46, 5, 0, time.UTC)}
}

// mailer returns a Mailer for a server, configured as an operator does; its connections are closed when the test ends.
func mailer(t *testing.T, scheme, address, option, password string, office *postOffice) *Mailer {
	t.Helper()
	user := ""
	if password != "" {
		user = url.UserPassword("ada", password).String() + "@"
	}
	config, err := ParseSMTP(scheme+"://"+user+address+option, "", "Doorward <auth@example.org>")
	if err != nil {
		t.Fatal(err)
	}
	if office != nil {
		config.RootCAs = office.roots
	}
	m, err := NewMailer(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	return m
}

// failed sends to a mail address and returns how that failed.
func failed(t *testing.T, ctx context.Context, m *Mailer, to string) *Failure {
	t.Helper()
	err := m.Send(ctx, letterTo(to))
	f, ok := errors.AsType[*Failure](err)
	if !ok {
		t.Fatalf("Send returned %v, not a Failure", err)
	}
	for _, secret := range []string{to, "auth@example.org", officePassword} {
		if strings.Contains(f.Cause, secret) {
			t.Errorf("%q gives %q away", f.Cause, secret)
		}
	}
	return f
}

func TestSend_EncryptedAndAuthenticated(t *testing.T) {
	for _, mechanism := range []string{"PLAIN", "LOGIN"} {
		for _, scheme := range []string{"smtp", "smtps"} {
			t.Run(mechanism+" "+scheme, func(t *testing.T) {
				config, roots := certified(t, "127.0.0.1")
				o := (&postOffice{tls: config, roots: roots, implicit: scheme == "smtps", mechanisms: []string{mechanism}}).open(t)
				if err := mailer(t, scheme, o.address, "", officePassword, o).Send(t.Context(), letterTo("ada@example.net")); err != nil {
					t.Fatal(err)
				}
				got := o.got()
				if len(got) != 1 || got[0].from != "auth@example.org" || got[0].to != "ada@example.net" || !strings.Contains(got[0].content, "Message-ID: <01J8-x_y.z@example.org>\r\n") {
					t.Errorf("the server took %+v", got)
				}
			})
		}
	}
}

func TestSend_WrongPasswordIsForTheOperatorToMend(t *testing.T) {
	for _, mechanism := range []string{"PLAIN", "LOGIN"} {
		o := (&postOffice{mechanisms: []string{mechanism}}).open(t)
		f := failed(t, t.Context(), mailer(t, "smtp", o.address, "?tls=none", "coffee", o), "ada@example.net")
		if f.Permanent || !strings.Contains(f.Cause, "does not accept the user name and password: 535") || strings.Contains(f.Cause, "coffee") {
			t.Errorf("%s: %+v", mechanism, f)
		}
	}
	o := (&postOffice{mechanisms: []string{"GUESS"}}).open(t)
	if f := failed(t, t.Context(), mailer(t, "smtp", o.address, "?tls=none", officePassword, o), "ada@example.net"); f.Permanent || !strings.Contains(f.Cause, "neither AUTH PLAIN nor") {
		t.Errorf("a server without either: %+v", f)
	}
}

func TestSend_NeverInTheClear(t *testing.T) {
	o := (&postOffice{mechanisms: []string{"PLAIN"}}).open(t)
	f := failed(t, t.Context(), mailer(t, "smtp", o.address, "", officePassword, o), "ada@example.net")
	if f.Permanent || !strings.Contains(f.Cause, "does not offer STARTTLS") || len(o.got()) != 0 {
		t.Errorf("%+v, and the server took %v", f, o.got())
	}
	if f := failed(t, t.Context(), mailer(t, "smtps", o.address, "", officePassword, o), "ada@example.net"); f.Permanent || !strings.Contains(f.Cause, "does not speak TLS on this port") {
		t.Errorf("TLS on a port without: %+v", f)
	}
}

func TestSend_RefusesForeignCertificates(t *testing.T) {
	for _, scheme := range []string{"smtp", "smtps"} {
		other, roots := certified(t, "mail.example.net")
		own, _ := certified(t, "127.0.0.1")
		for name, o := range map[string]*postOffice{
			"of another host":          {tls: other, roots: roots},
			"of an unknown authority":  {tls: own, roots: roots},
			"of no authority of ours.": {tls: own},
		} {
			o.implicit = scheme == "smtps"
			o.open(t)
			f := failed(t, t.Context(), mailer(t, scheme, o.address, "", officePassword, o), "ada@example.net")
			if f.Permanent || !strings.Contains(f.Cause, "has a certificate that does not hold: ") || len(o.got()) != 0 {
				t.Errorf("%s, a certificate %s: %+v", scheme, name, f)
			}
		}
	}
}

func TestSend_AnswersAndWhatTheyMean(t *testing.T) {
	no := func(code int, text string) error {
		return &gosmtp.SMTPError{Code: code, EnhancedCode: gosmtp.NoEnhancedCode, Message: text}
	}
	for _, row := range []struct {
		name      string
		office    *postOffice
		permanent bool
		cause     string
	}{
		{"no such mailbox", &postOffice{rcpt: no(550, "<ada@example.net>: ada unknown")}, true, "refuses the recipient: 550 [address] [address] unknown"},
		{"mailbox full", &postOffice{rcpt: no(552, "full")}, true, "refuses the recipient: 552 full"},
		{"greylisted", &postOffice{rcpt: no(450, "later")}, false, "refuses the recipient: 450 later"},
		{"local trouble", &postOffice{rcpt: no(451, "ada@example.net: later")}, false, "refuses the recipient: 451 [address] later"},
		{"spam", &postOffice{data: no(554, "spam: https://auth.example.org/not-me/Secret123 and 123456")}, true, "refuses the end of the message: 554 spam: https://auth.example.org/[…] and […]"},
		{"too busy to take it", &postOffice{data: no(451, "busy")}, false, "refuses the end of the message: 451 busy"},
		{"the sender", &postOffice{mail: func() error { return no(550, "auth@example.org may not") }}, false, "refuses the sender: 550 [address] may not"},
		{"closing", &postOffice{mail: func() error { return no(421, "closing") }}, false, "refuses the sender: 421 closing"},
		{"authentication wanted", &postOffice{rcpt: no(530, "who?")}, false, "wants another authentication: 530 who?"},
		{"cut off", &postOffice{cut: true}, false, "closed the connection at "},
	} {
		o := row.office.open(t)
		f := failed(t, t.Context(), mailer(t, "smtp", o.address, "?tls=none", "", o), "ada@example.net")
		if want := "mail server " + o.address + " " + row.cause; f.Permanent != row.permanent || !strings.HasPrefix(f.Cause, want) || f.After != 0 {
			t.Errorf("%s: %+v, want %q, permanent %v", row.name, f, want, row.permanent)
		}
		if len(o.got()) != 0 {
			t.Errorf("%s: the server took %v", row.name, o.got())
		}
	}
}

func TestSend_EndsWithItsContextWhereverTheServerFallsSilent(t *testing.T) {
	for word, at := range map[string]string{"": "its greeting", "EHLO": "EHLO", "AUTH": "the authentication", "MAIL": "the sender", "RCPT": "the recipient", "DATA": "DATA", ".": "the end of the message"} {
		address, silent := silentAt(t, word)
		ctx, cancel := context.WithCancel(t.Context())
		go func() { <-silent; cancel() }()
		f := failed(t, ctx, mailer(t, "smtp", address, "?tls=none", officePassword, nil), "ada@example.net")
		// A server can be silent before we have noticed that it accepted us.
		early := word == "" && strings.HasSuffix(f.Cause, "was left at the connection: sending was stopped")
		if f.Permanent || !early && !strings.HasSuffix(f.Cause, "was left at "+at+": sending was stopped") {
			t.Errorf("silent at %q: %+v", word, f)
		}
	}
	// A handshake that is not answered, and a deadline instead of an end.
	address, _ := silentAt(t, "")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if f := failed(t, ctx, mailer(t, "smtps", address, "", officePassword, nil), "ada@example.net"); f.Permanent || !strings.Contains(f.Cause, "did not answer in time at ") {
		t.Errorf("no handshake: %+v", f)
	}
}

func TestSend_NobodyThere(t *testing.T) {
	l := listen(t)
	l.Close()
	if f := failed(t, t.Context(), mailer(t, "smtp", l.Addr().String(), "", "", nil), "ada@example.net"); f.Permanent || !strings.HasSuffix(f.Cause, "cannot be reached: connection refused") {
		t.Errorf("%+v", f)
	}
}

func TestSend_MalformedRecipientsReachNoServer(t *testing.T) {
	o := (&postOffice{}).open(t)
	m := mailer(t, "smtp", o.address, "?tls=none", "", o)
	for _, to := range []string{"ada", "ada@", "Ada <ada@example.net>", "ada@example.net, eve@example.net", "ada@example.net\r\nBcc: eve@example.net", "ada@example.net\r\nRCPT TO:<eve@example.net>", "<ada@example.net>", " ada@example.net"} {
		if f := failed(t, t.Context(), m, to); !f.Permanent {
			t.Errorf("%q: %+v", to, f)
		}
	}
	// Letters beyond ASCII need a server that takes them.
	if f := failed(t, t.Context(), m, "jörg@example.net"); !f.Permanent || !strings.Contains(f.Cause, "beyond ASCII") {
		t.Errorf("%+v", f)
	}
	if len(o.got()) != 0 {
		t.Errorf("the server took %v", o.got())
	}
}

func TestSend_SharesAConnectionAndOutlivesItsEnd(t *testing.T) {
	o := (&postOffice{}).open(t)
	m := mailer(t, "smtp", o.address, "?tls=none", "", o)
	send := func() {
		t.Helper()
		if err := m.Send(t.Context(), letterTo("ada@example.net")); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		send()
	}
	if n := o.visits(); n != 1 {
		t.Errorf("%d connections for three messages", n)
	}
	o.hangUp()
	send()
	if got, n := len(o.got()), o.visits(); got != 4 || n != 2 {
		t.Errorf("%d messages over %d connections, want 4 over 2", got, n)
	}
	for range perConnection {
		send()
	}
	if n := o.visits(); n != 3 {
		t.Errorf("%d connections after as many messages as one may carry, want 3", n)
	}
	m.Close()
	send()
	if n := o.visits(); n != 4 {
		t.Errorf("%d connections after Close, want 4", n)
	}
}
