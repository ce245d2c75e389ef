package auth

import (
	"runtime"
	"strings"
	"testing"
)

// cheap is what a hash costs in these tests: next to nothing.
var cheap = Cost{Memory: 64, Time: 1, Threads: 1}

func TestVerifyPassword(t *testing.T) {
	long := strings.Repeat("é", 255)
	for _, tt := range []struct {
		name, chosen, typed string
		want                bool
	}{
		{"the same", "umbrella kitchen orbit", "umbrella kitchen orbit", true},
		{"another case", "umbrella kitchen orbit", "Umbrella kitchen orbit", false},
		{"a space more", "umbrella kitchen orbit", "umbrella kitchen orbit ", false},
		{"a space less", " umbrella", "umbrella", false},
		{"composed and decomposed (NFC)", "caf\u00e9 at the corner", "cafe\u0301 at the corner", true},
		{"decomposed and composed (NFC)", "A\u030angstro\u0308m is a unit", "\u00c5ngstr\u00f6m is a unit", true},
		{"the ångström sign is the letter (NFC)", "\u212b is a unit", "\u00c5 is a unit", true},
		{"a ligature is not its letters (not NFKC)", "\ufb01sh and chips", "fish and chips", false},
		{"another accent", "caf\u00e9", "caf\u00e8", false},
		{"256 code points", long + "a", long + "a", true},
		{"256 code points, another last one", long + "a", long + "b", false},
		{"256 code points, the last one missing", long + "a", long, false},
		{"behind a NUL", "abc\x00def", "abc\x00deg", false},
		{"nothing", "umbrella", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := NewHash(tt.chosen, [saltSize]byte{1}, cheap)
			if got := VerifyPassword(h, tt.typed, cheap); got != tt.want {
				t.Errorf("%v", got)
			}
		})
	}
}

func TestNewHash_SaysWhatItIs(t *testing.T) {
	h := NewHash("umbrella", [saltSize]byte{1}, DefaultCost())
	if !strings.HasPrefix(string(h), "$argon2id$v=19$m=47104,t=1,p=1$") {
		t.Errorf("%s", string(h))
	}
	if other := NewHash("umbrella", [saltSize]byte{2}, DefaultCost()); h == other {
		t.Error("two salts, one hash")
	}
}

// None of these verifies, whatever is typed: not even what a careless comparison
// with nothing would let through.
func TestVerifyPassword_ZeroAndDamagedHashesNeverMatch(t *testing.T) {
	good := string(NewHash("umbrella", [saltSize]byte{1}, cheap))
	salt := good[:strings.LastIndexByte(good, '$')]
	for _, h := range []string{"", "$", "$$$$$", "plain", "umbrella", good[1:], good + "$", salt, salt + "$", salt + "$AAAA",
		strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "v=19", "v=16", 1), strings.Replace(good, "t=1", "t=0", 1),
		strings.Replace(good, "p=1", "p=0", 1), strings.Replace(good, "m=64", "m=-1", 1), strings.Replace(good, "m=64", "m=99999999999", 1),
		strings.Replace(good, "$m=64,t=1,p=1$", "$$", 1), good[:len(good)-1] + "!"} {
		for _, typed := range []string{"", "umbrella", h, string(make([]byte, hashSize))} {
			if VerifyPassword(Hash(h), typed, cheap) {
				t.Errorf("%q verified with hash %q", typed, h)
			}
		}
	}
}

// A hash that cannot be read costs what one at the asked cost does: the memory of
// it shows in what is allocated.
func TestVerifyPassword_UnknownUsersCostTheSame(t *testing.T) {
	cost := Cost{Memory: 8 << 10, Time: 1, Threads: 1}
	known := NewHash("umbrella", [saltSize]byte{1}, cost)
	measure := func(h Hash) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		VerifyPassword(h, "wrong", cost)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	want := measure(known)
	for name, h := range map[string]Hash{"zero": "", "damaged": known[:len(known)-30]} {
		if got := measure(h); got < want*95/100 || got > want*105/100 {
			t.Errorf("%s: %d bytes, a known one %d", name, got, want)
		}
	}
}

func TestOutdated(t *testing.T) {
	h := NewHash("umbrella", [saltSize]byte{1}, Cost{Memory: 128, Time: 2, Threads: 1})
	for _, tt := range []struct {
		name string
		h    Hash
		c    Cost
		want bool
	}{
		{"the same cost", h, Cost{128, 2, 1}, false},
		{"more memory now", h, Cost{129, 2, 1}, true},
		{"more passes now", h, Cost{128, 3, 1}, true},
		{"less of both now", h, Cost{64, 1, 1}, false},
		{"no hash", "", Cost{128, 2, 1}, false},
		{"a damaged hash", h[:20], Cost{999, 9, 1}, false},
	} {
		if got := tt.h.Outdated(tt.c); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
