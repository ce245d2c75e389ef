package auth

import (
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"log/slog"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Cost is what one Argon2id hash takes.
type Cost struct {
	Memory  uint32 // KiB
	Time    uint32 // passes
	Threads uint8
}

// DefaultCost is the first row of OWASP's table: 46 MiB, one pass, one lane.
func DefaultCost() Cost { return Cost{Memory: 46 << 10, Time: 1, Threads: 1} }

const (
	saltSize = 16
	hashSize = 32
)

// Hash is a password hash with its algorithm, cost and salt, in the PHC string
// format: $argon2id$v=19$m=47104,t=1,p=1$salt$hash. It is stored encrypted.
type Hash string

// LogValue hides the hash from logs.
func (Hash) LogValue() slog.Value { return redacted }

// NewHash hashes pw with 16 random bytes of salt. It takes about 30 ms and the
// cost's memory: callers must bound how many run at once.
func NewHash(pw string, salt [saltSize]byte, c Cost) Hash {
	key := argon2.IDKey(normal(pw), salt[:], c.Time, c.Memory, c.Threads, hashSize)
	enc := base64.RawStdEncoding
	return Hash(fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Time, c.Threads,
		enc.EncodeToString(salt[:]), enc.EncodeToString(key)))
}

// VerifyPassword reports whether pw matches h. It takes as long when h is zero or
// damaged, at cost c, so callers must call it for unknown users too. The whole
// password counts, case and all (NIST SP 800-63B-4 §3.1.1.2).
func VerifyPassword(h Hash, pw string, c Cost) bool {
	cost, salt, want, ok := h.parse()
	if !ok {
		cost, salt, want = c, make([]byte, saltSize), make([]byte, hashSize)
	}
	got := argon2.IDKey(normal(pw), salt, cost.Time, cost.Memory, cost.Threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1 && ok
}

// Outdated reports whether h was made at a lower cost than c, and is to be made
// anew at the next sign-in.
func (h Hash) Outdated(c Cost) bool {
	cost, _, _, ok := h.parse()
	return ok && (cost.Memory < c.Memory || cost.Time < c.Time)
}

func (h Hash) parse() (c Cost, salt, key []byte, ok bool) {
	parts := strings.Split(string(h), "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, false
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Time, &c.Threads); n != 3 || err != nil || c.Time == 0 || c.Threads == 0 {
		return c, nil, nil, false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	return c, salt, key, err1 == nil && err2 == nil && len(salt) >= 4 && len(key) >= 16
}

// normal returns pw in Unicode's NFC, so that the same password typed on another
// keyboard is the same password.
func normal(pw string) []byte { return norm.NFC.Bytes([]byte(pw)) }
