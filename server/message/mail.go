package message

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"
)

// Reasons why a mail cannot be written at all. None says whom it is to.
var (
	errRecipient = errors.New("the recipient's address is malformed")
	errID        = errors.New("the message's ID has characters that a Message-ID cannot have")
)

// letter is a mail as it goes out: the envelope, and the message with its headers.
type letter struct {
	from, to string // with angle brackets
	content  []byte
	foreign  bool // the recipient's address has letters beyond ASCII
}

// EML returns the mail as Send would send it from the mailbox, to look at or to keep. The same mail gives the same bytes.
func (m Mail) EML(from string) ([]byte, error) {
	sender, err := parseSender(from)
	if err != nil {
		return nil, err
	}
	l, err := m.letter(sender)
	return l.content, err
}

// letter writes the mail. Its errors name no address.
func (m Mail) letter(from *netmail.Address) (letter, error) {
	to, err := netmail.ParseAddress(m.To)
	if err != nil || to.Name != "" || to.Address != m.To || strings.ContainsFunc(m.To, unicode.IsControl) {
		return letter{}, errRecipient
	}
	if m.ID == "" || strings.Trim(m.ID, idLetters) != "" {
		return letter{}, errID
	}
	// The boundary is made of the content, so nobody who wrote a part of the content can have put it there.
	sum := sha256.Sum256([]byte(m.ID + "\x00" + m.Text + "\x00" + m.HTML))
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(gomail.EncodingQP),
		gomail.WithBoundary("doorward-"+hex.EncodeToString(sum[:12])))
	if err := errors.Join(msg.From(from.String()), msg.To(to.String())); err != nil {
		return letter{}, errRecipient // the sender has been parsed before
	}
	msg.Subject(strings.ReplaceAll(plain(m.Subject), "=?", "= ?")) // what looks encoded would be decoded
	msg.SetGenHeader(gomail.HeaderDate, m.Date.UTC().Format(time.RFC1123Z))
	msg.SetMessageIDWithValue(m.ID + "@" + host(from))
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	msg.SetBodyString(gomail.TypeTextPlain, strings.ToValidUTF8(m.Text, "\uFFFD"))
	msg.AddAlternativeString(gomail.TypeTextHTML, strings.ToValidUTF8(m.HTML, "\uFFFD"))

	var content bytes.Buffer
	if _, err := msg.WriteTo(&content); err != nil {
		return letter{}, fmt.Errorf("write the message: %w", err)
	}
	return letter{from: bracketed(from), to: bracketed(to), content: content.Bytes(), foreign: !ascii(m.To)}, nil
}

const idLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."

// host returns what stands behind the @.
func host(a *netmail.Address) string { return a.Address[strings.LastIndexByte(a.Address, '@')+1:] }

// bracketed returns an address as the envelope has it.
func bracketed(a *netmail.Address) string { return (&netmail.Address{Address: a.Address}).String() }

func ascii(v string) bool {
	return !strings.ContainsFunc(v, func(r rune) bool { return r > unicode.MaxASCII })
}

// plain returns v as one line: valid UTF-8, with a space for each run of spaces, line ends and control characters, and without
// the marks that turn the direction of what follows.
func plain(v string) string {
	v = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.IsControl(r), unicode.IsSpace(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(v, "\uFFFD"))
	return strings.Join(strings.Fields(v), " ")
}
