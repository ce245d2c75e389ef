package auth

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"
	"time"

	"doorward/shared/check"
)

func random8(n uint64) (b [8]byte) {
	binary.BigEndian.PutUint64(b[:], n)
	return b
}

func TestNewTextCode_SixDigits(t *testing.T) {
	for n, want := range map[uint64]string{0: "000000", 7: "000007", 999_999: "999999", 1_000_000: "000000", 1<<64 - 1: "551615"} {
		c := NewTextCode("in", "ada", "a", "+4915112345678", random8(n), noon)
		if c.Code != want || !c.Sent.Equal(noon) || !c.Expires.Equal(noon.Add(10*time.Minute)) || c.Tries != 0 {
			t.Errorf("%d: %+v", n, c)
		}
	}
}

// Each digit is about as frequent at each place as any other: with 100 000 codes
// ten standard deviations are just under 10 % of what is expected.
func TestNewTextCode_EveryDigitAlike(t *testing.T) {
	const codes = 100_000
	r := rand.New(rand.NewPCG(1, 2))
	var seen [6][10]int
	for range codes {
		for place, digit := range NewTextCode("in", "ada", "a", "+49", random8(r.Uint64()), noon).Code {
			seen[place][digit-'0']++
		}
	}
	for place, digits := range seen {
		for digit, n := range digits {
			if n < codes/10*9/10 || n > codes/10*11/10 {
				t.Errorf("%d stands %d times at place %d", digit, n, place)
			}
		}
	}
}

func TestResend(t *testing.T) {
	for _, tt := range []struct {
		name  string
		code  TextCode
		after time.Duration
		wait  time.Duration // 0: it may be sent
	}{
		{"none was sent", TextCode{}, 0, 0},
		{"at once", TextCode{Owner: "in", Sent: noon}, 0, ResendAfter},
		{"a moment too soon", TextCode{Owner: "in", Sent: noon}, ResendAfter - time.Millisecond, time.Millisecond},
		{"after half a minute", TextCode{Owner: "in", Sent: noon}, ResendAfter, 0},
		{"much later", TextCode{Owner: "in", Sent: noon}, 24 * time.Hour, 0},
		{"the clock went back", TextCode{Owner: "in", Sent: noon}, -time.Hour, 0},
	} {
		err := tt.code.Resend(noon.Add(tt.after))
		code, refused := Refused(err)
		if refused != (tt.wait > 0) || refused && (code != check.TextTooSoon || err.(*Refusal).Retry != tt.wait) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestTextCode_Prove(t *testing.T) {
	c := NewTextCode("in", "ada", "a", "+49", random8(123_456), noon)
	tried := func(n int) TextCode { c := c; c.Tries = n; return c }
	for _, tt := range []struct {
		name  string
		code  TextCode
		typed string
		after time.Duration
		want  check.Code
	}{
		{"right", c, "123456", time.Second, ""},
		{"wrong", c, "123457", time.Second, check.WrongTextCode},
		{"nothing", c, "", time.Second, check.WrongTextCode},
		{"longer", c, "1234560", time.Second, check.WrongTextCode},
		{"in its last moment", c, "123456", TextCodeFor - time.Millisecond, ""},
		{"too late", c, "123456", TextCodeFor, check.TextCodeExpired},
		{"the fifth try", tried(TextCodeTries - 1), "123456", time.Second, ""},
		{"the sixth try", tried(TextCodeTries), "123456", time.Second, check.TextCodeExpired},
		{"none was sent", TextCode{}, "", time.Second, check.TextCodeExpired},
	} {
		err := tt.code.Prove(tt.typed, noon.Add(tt.after))
		if got := code(err); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if live := tt.code.Live(noon.Add(tt.after)); live == (tt.want == check.TextCodeExpired) {
			t.Errorf("%s: live %v", tt.name, live)
		}
	}
}
