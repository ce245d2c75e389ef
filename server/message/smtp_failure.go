package message

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"regexp"
	"strings"
	"syscall"
	"unicode"
)

// stage is how far a conversation with a mail server came, in words that follow "at".
type stage string

const (
	atDial      stage = "the connection"
	atGreeting  stage = "its greeting"
	atHello     stage = "EHLO"
	atTLS       stage = "the encryption"
	atAuth      stage = "the authentication"
	atSender    stage = "the sender"
	atRecipient stage = "the recipient"
	atData      stage = "DATA"
	atContent   stage = "the content"
	atEnd       stage = "the end of the message"
)

// failure says in words what went wrong at a stage. What stands in hidden, addresses, is kept out of them.
//
// Only an answer about this very message is permanent. Whatever the operator can mend, such as a wrong password, is not.
func (m *Mailer) failure(ctx context.Context, at stage, err error, hidden ...string) *Failure {
	f := &Failure{}
	say := func(format string, args ...any) *Failure {
		f.Cause = "mail server " + m.config.Server() + " " + fmt.Sprintf(format, args...)
		return f
	}
	if answer, ok := errors.AsType[*textproto.Error](err); ok {
		reply := fmt.Sprintf("%d %s", answer.Code, scrub(answer.Msg, hidden...))
		switch {
		case at == atAuth:
			return say("does not accept the user name and password: %s", reply)
		case answer.Code == 530, answer.Code == 534, answer.Code == 535, answer.Code == 538:
			return say("wants another authentication: %s", reply)
		}
		f.Permanent = answer.Code/100 == 5 && (at == atRecipient || at == atData || at == atEnd)
		return say("refuses %s: %s", at, reply)
	}
	network, isNetwork := errors.AsType[net.Error](err)
	_, untrusted := errors.AsType[*tls.CertificateVerificationError](err)
	_, notTLS := errors.AsType[tls.RecordHeaderError](err)
	switch {
	case errors.Is(err, errForeign):
		f.Permanent = true
		return say("cannot be used: %v", err)
	case errors.Is(err, errNoTLS), errors.Is(err, errNoAuth):
		return say("cannot be used: %v", err)
	case errors.Is(ctx.Err(), context.Canceled):
		return say("was left at %s: sending was stopped", at)
	case ctx.Err() != nil, isNetwork && network.Timeout():
		return say("did not answer in time at %s", at)
	case untrusted:
		return say("has a certificate that does not hold: %s", scrub(err.Error()))
	case notTLS:
		return say("does not speak TLS on this port")
	case errors.Is(err, syscall.ECONNREFUSED):
		return say("cannot be reached: connection refused")
	case at == atDial:
		return say("cannot be reached: %s", scrub(root(err).Error()))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return say("closed the connection at %s", at)
	}
	return say("failed at %s: %s", at, scrub(root(err).Error(), hidden...))
}

// root returns the innermost error, which repeats no address of ours.
func root(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}

const replyLength = 160

var (
	pathOfURL  = regexp.MustCompile(`(?i)(https?://[^/\s]+)/\S+`)
	mailbox    = regexp.MustCompile(`(?i)\S*(@|%40|=40)\S*`)
	longDigits = regexp.MustCompile(`\d{6,}`)
	longWord   = regexp.MustCompile(`[^\s/:]{24,}`)
)

// scrub returns what a server replied as one short line without what it may repeat of the message: addresses, the rest of
// links, codes, tokens.
func scrub(reply string, hidden ...string) string {
	reply = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(reply, "?"))
	reply = pathOfURL.ReplaceAllString(reply, "$1/[…]")
	reply = mailbox.ReplaceAllString(reply, "[address]")
	for _, h := range hidden {
		h = strings.Trim(h, "<>")
		local, _, _ := strings.Cut(h, "@")
		for _, part := range []string{h, local} {
			if word := strings.Trim(part, `"`); word != "" {
				alone := regexp.MustCompile(`(?i)(^|[^\pL\pN])` + regexp.QuoteMeta(word) + `($|[^\pL\pN])`)
				for range 2 { // neighbours share what stands between them
					reply = alone.ReplaceAllString(reply, "${1}[address]${2}")
				}
			}
		}
	}
	reply = longDigits.ReplaceAllString(reply, "[…]")
	reply = longWord.ReplaceAllString(reply, "[…]")
	reply = strings.Join(strings.Fields(reply), " ")
	if short := []rune(reply); len(short) > replyLength {
		reply = string(short[:replyLength]) + "…"
	}
	return reply
}
