package message

import (
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	netmail "net/mail"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
)

// Encryption is how the connection to a mail server is protected.
type Encryption string

// The ways to protect a connection. There is none that begins in the clear and stays there when the server likes.
const (
	STARTTLS    Encryption = "starttls" // begins in the clear and must be encrypted before anything is said
	ImplicitTLS Encryption = "tls"
	Unencrypted Encryption = "none" // to this very machine only
)

// SMTP says how to reach the mail server and who the sender is. ParseSMTP makes one.
type SMTP struct {
	Host       string
	Port       int
	Encryption Encryption
	User       string // empty: the server asks for no authentication
	Password   string
	From       string         // an RFC 5322 mailbox
	RootCAs    *x509.CertPool // nil: those of the system
}

// Server returns host and port.
func (c SMTP) Server() string { return net.JoinHostPort(c.Host, strconv.Itoa(c.Port)) }

// String returns the server, so that printing a configuration shows no password.
func (c SMTP) String() string { return c.Server() }

// GoString is String, for %#v.
func (c SMTP) GoString() string { return c.Server() }

// LogValue hides the password from logs.
func (c SMTP) LogValue() slog.Value { return slog.StringValue(c.Server()) }

const smtpShape = "must be smtp://user@host:587 (STARTTLS) or smtps://user@host:465 (TLS), with special characters percent-encoded"

// ParseSMTP reads the settings DOORWARD_SMTP, DOORWARD_SMTP_PASSWORD and DOORWARD_MAIL_FROM. The password, unless empty,
// takes the place of one in the address. Errors name the setting and never show a password.
func ParseSMTP(address, password, from string) (SMTP, error) {
	u, err := url.Parse(address)
	// Where there may be a password that was read as something else, the address is not shown.
	if err != nil || u.Opaque != "" || u.Host == "" || strings.Contains(u.Path+u.RawQuery+u.Fragment, "@") {
		return SMTP{}, errors.New("DOORWARD_SMTP: cannot be read as an address: " + smtpShape)
	}
	wrong := func(why string) (SMTP, error) {
		return SMTP{}, fmt.Errorf("DOORWARD_SMTP %q: %s", (&url.URL{Scheme: u.Scheme, User: u.User, Host: u.Host}).Redacted(), why)
	}
	c := SMTP{Host: u.Hostname(), User: u.User.Username()}
	c.Password, _ = u.User.Password()
	if password != "" {
		c.Password = password
	}
	switch u.Scheme {
	case "smtp":
		c.Encryption, c.Port = STARTTLS, 587
	case "smtps":
		c.Encryption, c.Port = ImplicitTLS, 465
	default:
		return wrong(smtpShape)
	}
	if p := u.Port(); p != "" {
		if c.Port, err = strconv.Atoi(p); err != nil || c.Port < 1 || c.Port > 65535 {
			return wrong("the port must be between 1 and 65535")
		}
	}
	switch {
	case c.Host == "" || strings.ContainsFunc(c.Host, func(r rune) bool { return r <= ' ' || r >= 0x7f }):
		return wrong("the host must be a name or an IP address in ASCII")
	case u.Path != "" && u.Path != "/", u.Fragment != "":
		return wrong("must end after the port")
	case c.User == "" && c.Password != "":
		return wrong("has a password but no user name")
	case c.User != "" && c.Password == "":
		return wrong("has a user name but no password: set DOORWARD_SMTP_PASSWORD")
	case strings.ContainsFunc(c.User+c.Password, unicode.IsControl):
		return wrong("user name and password must have no control characters")
	}
	switch {
	case u.RawQuery == "":
	case u.RawQuery != "tls=none":
		return wrong("the only option is tls=none")
	case c.Encryption == ImplicitTLS:
		return wrong("tls=none goes with smtp:// only")
	case !loopback(c.Host):
		return wrong("tls=none is for this very machine only, such as localhost: mail would travel in the clear")
	default:
		c.Encryption = Unencrypted
	}
	sender, err := parseSender(from)
	if err != nil {
		return SMTP{}, err
	}
	c.From = sender.String()
	return c, nil
}

// parseSender reads the mailbox that mail is from.
func parseSender(from string) (*netmail.Address, error) {
	a, err := netmail.ParseAddress(from)
	if err != nil || !ascii(a.Address) || strings.ContainsFunc(from, unicode.IsControl) || strings.ContainsAny(host(a), "[ ") {
		return nil, fmt.Errorf("DOORWARD_MAIL_FROM %q: must be a mailbox such as Doorward <auth@example.org>, its address in ASCII", from)
	}
	return a, nil
}

// loopback reports whether a host is this very machine.
func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && a.IsLoopback()
}
