package auth

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/sethvargo/go-password/password"
	"golang.org/x/crypto/argon2"

	"doorward/shared/check"
)

// Recovery codes: ten, each 16 characters of Crockford's base32 (80 bits; NIST SP
// 800-63B-4 §4.2.1.1 asks for 64).
const (
	RecoveryCodes      = 10
	recoveryCodeLength = 16
)

// RecoverySet is a user's recovery codes. All codes of a set share one salt, so
// that looking for one among them takes one hash.
type RecoverySet struct {
	ID   ID
	User ID
	Salt []byte
	Cost Cost
	Made time.Time
	Left []RecoveryCode // the unused ones
}

// RecoveryCode is one stored recovery code.
type RecoveryCode struct {
	ID   ID
	Hash RecoveryHash
}

// RecoveryHash is the Argon2id hash of a recovery code. It is stored encrypted.
type RecoveryHash []byte

// LogValue hides the hash from logs.
func (RecoveryHash) LogValue() slog.Value { return redacted }

// NewRecoveryCodes returns n codes made from random, unlike each other.
func NewRecoveryCodes(n int, random io.Reader) ([]string, error) {
	g, err := password.NewGenerator(&password.GeneratorInput{LowerLetters: check.Crockford, UpperLetters: " ", Digits: " ", Symbols: " ", Reader: random})
	if err != nil {
		return nil, fmt.Errorf("recovery codes: %w", err)
	}
	codes := make([]string, n)
	for i := range codes {
		// The whole alphabet stands in the place of the lower-case letters: every
		// character is drawn from all 32.
		if codes[i], err = g.Generate(recoveryCodeLength, 0, 0, true, true); err != nil {
			return nil, fmt.Errorf("recovery codes: %w", err)
		}
	}
	return codes, nil
}

// HashRecoveryCode hashes a code, as check.RecoveryCode returns it, with the salt
// and cost of a set. It takes what a password hash takes.
func HashRecoveryCode(code string, salt []byte, c Cost) RecoveryHash {
	return argon2.IDKey([]byte(code), salt, c.Time, c.Memory, c.Threads, hashSize)
}

// Find returns the unused code whose hash is h. It compares with every one, in
// constant time. A set without codes, or the zero set, has none.
func (s RecoverySet) Find(h RecoveryHash) (RecoveryCode, error) {
	var found RecoveryCode
	for _, c := range s.Left {
		if subtle.ConstantTimeCompare(c.Hash, h) == 1 {
			found = c
		}
	}
	if found.ID == "" {
		return found, Refuse(wrongRecoveryCode)
	}
	return found, nil
}

// String forms of a cost and a salt, as the store keeps them.
func (c Cost) String() string { return fmt.Sprintf("m=%d,t=%d,p=%d", c.Memory, c.Time, c.Threads) }

// ParseCost reads what String wrote.
func ParseCost(v string) (c Cost, err error) {
	if _, err = fmt.Sscanf(v, "m=%d,t=%d,p=%d", &c.Memory, &c.Time, &c.Threads); err != nil {
		return Cost{}, fmt.Errorf("cost %q: %w", v, err)
	}
	return c, nil
}

// ShowRecoveryCode returns a code as people see it: XXXX-XXXX-XXXX-XXXX.
func ShowRecoveryCode(code string) string { return check.Groups(code, "-") }
