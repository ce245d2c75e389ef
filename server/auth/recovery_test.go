package auth

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"doorward/shared/check"
)

// fixed returns a source of randomness that is the same each time.
func fixed(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

// 80 bits: each of sixteen places is drawn from all 32 characters alike. Over
// 4,000 codes a character is expected 125 times in a place; under 60 or over 200
// is six standard deviations off.
func TestNewRecoveryCodes_EveryPlaceFromTheWholeAlphabet(t *testing.T) {
	const n = 4000
	codes, err := NewRecoveryCodes(n, fixed(1))
	if err != nil {
		t.Fatal(err)
	}
	var seen [recoveryCodeLength][256]int
	for _, c := range codes {
		if again, problem := check.RecoveryCode(c); len(c) != recoveryCodeLength || problem != "" || again != c {
			t.Fatalf("%q is no recovery code", c)
		}
		for place := range c {
			seen[place][c[place]]++
		}
	}
	for place := range seen {
		for _, r := range check.Crockford {
			if got := seen[place][r]; got < 60 || got > 200 {
				t.Errorf("%c stands %d times in place %d", r, got, place)
			}
		}
	}
	slices.Sort(codes)
	if len(slices.Compact(codes)) != n {
		t.Error("two codes are alike")
	}
}

func TestNewRecoveryCodes_FollowTheRandomness(t *testing.T) {
	a, err1 := NewRecoveryCodes(RecoveryCodes, fixed(1))
	b, err2 := NewRecoveryCodes(RecoveryCodes, fixed(1))
	c, err3 := NewRecoveryCodes(RecoveryCodes, fixed(2))
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	if len(a) != 10 || !slices.Equal(a, b) || slices.Equal(a, c) {
		t.Errorf("%v, %v, %v", a, b, c)
	}
	if _, err := NewRecoveryCodes(1, strings.NewReader("")); err == nil {
		t.Error("codes without randomness")
	}
}

func TestShowRecoveryCode_IsReadBack(t *testing.T) {
	shown := ShowRecoveryCode("0123456789ABCDEF")
	if shown != "0123-4567-89AB-CDEF" {
		t.Error(shown)
	}
	if c, problem := check.RecoveryCode(shown); c != "0123456789ABCDEF" || problem != "" {
		t.Errorf("%q, %q", c, problem)
	}
}

func TestRecoverySet_Find(t *testing.T) {
	salt := []byte("sixteen of salt!")
	hash := func(c string) RecoveryHash { return HashRecoveryCode(c, salt, cheap) }
	set := RecoverySet{ID: "set", Salt: salt, Cost: cheap, Left: []RecoveryCode{{"first", hash("AAAAAAAAAAAAAAAA")}, {"second", hash("BBBBBBBBBBBBBBBB")}}}
	for _, tt := range []struct {
		name string
		set  RecoverySet
		h    RecoveryHash
		want ID
	}{
		{"the first", set, hash("AAAAAAAAAAAAAAAA"), "first"},
		{"the last", set, hash("BBBBBBBBBBBBBBBB"), "second"},
		{"one that is not there", set, hash("CCCCCCCCCCCCCCCC"), ""},
		{"with another salt", set, HashRecoveryCode("AAAAAAAAAAAAAAAA", []byte("another of salt!"), cheap), ""},
		{"no hash", set, nil, ""},
		{"in an empty set", RecoverySet{}, hash("AAAAAAAAAAAAAAAA"), ""},
		{"no hash in an empty set", RecoverySet{}, nil, ""},
	} {
		c, err := tt.set.Find(tt.h)
		if c.ID != tt.want || (code(err) == check.WrongRecoveryCode) != (tt.want == "") {
			t.Errorf("%s: %q, %v", tt.name, c.ID, err)
		}
	}
}

func TestCost_IsReadBack(t *testing.T) {
	for _, c := range []Cost{DefaultCost(), cheap, {}} {
		if got, err := ParseCost(c.String()); err != nil || got != c {
			t.Errorf("%v became %v, %v", c, got, err)
		}
	}
	for _, v := range []string{"", "46", "m=1", "m=x,t=1,p=1", "m=1,t=1,p=999"} {
		if c, err := ParseCost(v); err == nil {
			t.Errorf("%q is %v", v, c)
		}
	}
}
