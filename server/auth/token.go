package auth

import (
	"crypto/sha256"
	"encoding/base64"
	"log/slog"
)

// redacted is what a log shows of a secret.
var redacted = slog.StringValue("[redacted]")

// Token is a secret that its holder shows: a session, a half-finished sign-in or
// a one-time link. 256 random bits in unpadded base64url, 43 characters. Only its
// digest is ever stored.
type Token string

// LogValue hides the token from logs.
func (Token) LogValue() slog.Value { return redacted }

// NewToken returns the token made of 32 random bytes.
func NewToken(random [32]byte) Token {
	return Token(base64.RawURLEncoding.EncodeToString(random[:]))
}

// Digest is the SHA-256 of a token, by which it is found.
type Digest [sha256.Size]byte

// Digest returns the token's digest.
func (t Token) Digest() Digest { return sha256.Sum256([]byte(t)) }
