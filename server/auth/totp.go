package auth

import (
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

// TOTP as every authenticator app scans it (RFC 6238): SHA-1, six digits, 30 s.
const (
	stepSeconds = 30
	SecretSize  = 20 // bytes, 160 bits (RFC 4226 §4 R6)
)

var base32Key = base32.StdEncoding.WithPadding(base32.NoPadding)

// Secret is the key that a TOTP app and the server share.
type Secret []byte

// LogValue hides the secret from logs.
func (Secret) LogValue() slog.Value { return redacted }

// Base32 returns the secret as people type it, without padding.
func (s Secret) Base32() string { return base32Key.EncodeToString(s) }

// TimeStep returns the time step of t (RFC 6238 §4.2, T).
func TimeStep(t time.Time) int64 { return t.Unix() / stepSeconds }

// Passcode returns the six digits of a time step.
func (s Secret) Passcode(step int64) string {
	code, err := hotp.GenerateCodeCustom(s.Base32(), uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		panic("auth: a secret in base32 did not decode: " + err.Error()) // we encoded it a line above
	}
	return code
}

// Step returns the time step around now, at most drift steps off, whose passcode
// this is, the nearest first. It compares in constant time and looks at every
// step, whichever fits.
func (s Secret) Step(passcode string, now time.Time, drift int64) (step int64, ok bool) {
	at := TimeStep(now)
	for d := drift; d >= 0; d-- {
		for _, t := range []int64{at + d, at - d} {
			if t >= 0 && subtle.ConstantTimeCompare([]byte(s.Passcode(t)), []byte(passcode)) == 1 {
				step, ok = t, true
			}
		}
	}
	return step, ok
}

// URI returns the otpauth:// link that apps read. The label is issuer and
// account; a colon within either would end the issuer early, so it is replaced.
func (s Secret) URI(issuer, account string) string {
	issuer, account = label(issuer), label(account)
	q := "secret=" + s.Base32() + "&issuer=" + escape(issuer) + "&algorithm=SHA1&digits=6&period=30"
	return fmt.Sprintf("otpauth://totp/%s:%s?%s", escape(issuer), escape(account), q)
}

// maxLabel is how many bytes each part of a label may have: a link of more does not
// fit a QR code that phones read.
const maxLabel = 64

// label returns v as one part of a label.
func label(v string) string {
	v = strings.TrimSpace(strings.ReplaceAll(v, ":", " "))
	for len(v) > maxLabel {
		_, last := utf8.DecodeLastRuneInString(v)
		v = strings.TrimSpace(v[:len(v)-last])
	}
	if v == "" {
		return "Doorward"
	}
	return v
}

// escape writes spaces as %20: apps show a plus sign as it is.
func escape(v string) string { return strings.ReplaceAll(url.QueryEscape(v), "+", "%20") }
