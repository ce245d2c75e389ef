package auth

import (
	"errors"
	"testing"
	"time"

	"doorward/shared/check"
)

var limit = Limit{Free: 3, First: 2 * time.Second, Most: 10 * time.Second, Forget: time.Hour}

// charge charges b and returns how long the next try waits; -1 when this one was
// refused.
func charge(b *Bucket, l Limit, now time.Time) time.Duration {
	next, err := b.Charge(l, now)
	if err != nil {
		return -1
	}
	*b = next
	return max(0, next.Until.Sub(now))
}

func TestCharge_FreeThenDoublingUpToTheMost(t *testing.T) {
	now, b := at(1e9), Bucket{Key: "k"}
	for i, want := range []time.Duration{0, 0, 2 * time.Second, 4 * time.Second, 8 * time.Second, 10 * time.Second, 10 * time.Second} {
		if got := charge(&b, limit, now); got != want {
			t.Errorf("failure %d waits %v, want %v", i+1, got, want)
		}
		now = now.Add(want)
	}
	if b.Key != "k" || b.Failures != 7 {
		t.Errorf("%+v", b)
	}
}

func TestCharge_RefusesWhileTheWaitIsOn(t *testing.T) {
	now := at(1e9)
	b := Bucket{Key: "k", Failures: 3, Last: now, Until: now.Add(2 * time.Second)}
	same, err := b.Charge(limit, now.Add(500*time.Millisecond))
	r, ok := errors.AsType[*Refusal](err)
	if !ok || r.Code != check.Throttled || r.Retry != 1500*time.Millisecond {
		t.Fatalf("%+v", r)
	}
	if same != b {
		t.Errorf("a refused try changed the bucket: %+v", same)
	}
	if _, err := b.Charge(limit, b.Until); err != nil {
		t.Errorf("refused when the wait was over: %v", err)
	}
}

func TestCharge_ForgetsAfterARest(t *testing.T) {
	now := at(1e9)
	for _, tt := range []struct {
		name  string
		rest  time.Duration
		want  int
		empty bool
	}{
		{"just before", limit.Forget - time.Millisecond, 9, false},
		{"right then", limit.Forget, 1, true},
		{"long after", 100 * limit.Forget, 1, true},
	} {
		b := Bucket{Failures: 8, Last: now, Until: now.Add(limit.Most)}
		if got := b.Forgotten(limit, now.Add(tt.rest)); got != tt.empty {
			t.Errorf("%s: forgotten %v", tt.name, got)
		}
		charge(&b, limit, now.Add(tt.rest))
		if b.Failures != tt.want {
			t.Errorf("%s: %d failures, want %d", tt.name, b.Failures, tt.want)
		}
	}
}

func TestCharge_LeavesTheBucketItWasAskedOn(t *testing.T) {
	now := at(1e9)
	b := Bucket{Key: "k", Failures: 2, Last: now}
	before := b
	for range 10 {
		if next, err := b.Charge(limit, now); err != nil || next.Failures != 3 {
			t.Fatalf("%+v, %v", next, err)
		}
	}
	if b != before {
		t.Errorf("%+v became %+v", before, b)
	}
}

func TestRefund_TakesBackOneFailureAndItsWait(t *testing.T) {
	now, b := at(1e9), Bucket{}
	for range 3 {
		charge(&b, limit, now)
	}
	b = b.Refund(limit)
	if b.Failures != 2 || !b.Until.IsZero() {
		t.Errorf("%+v", b)
	}
	if b = (Bucket{}).Refund(limit); b.Failures != 0 {
		t.Errorf("an empty bucket has %d failures after a refund", b.Failures)
	}
}

func TestClear_KeepsTheKeyAlone(t *testing.T) {
	if b := (Bucket{Key: "k", Failures: 50, Until: at(1e9), Last: at(1e9)}).Clear(); b != (Bucket{Key: "k"}) {
		t.Errorf("%+v", b)
	}
	if !(Bucket{Key: "k"}).Forgotten(limit, at(1e9)) {
		t.Error("a bucket without failures says something")
	}
}

// An attacker who never rests gets few tries a day, whatever they know of the limits.
func TestLimits_TriesInADay(t *testing.T) {
	for _, tt := range []struct {
		name string
		l    Limit
		most int
	}{
		{"account", LimitAccount, 120},
		{"second step", LimitSecondStep, 110},
	} {
		now, b, tries := at(1e9), Bucket{}, 0
		for end := now.Add(24 * time.Hour); now.Before(end); tries++ {
			wait := charge(&b, tt.l, now)
			if wait < 0 {
				t.Fatalf("%s: refused after waiting", tt.name)
			}
			now = now.Add(wait)
		}
		if tries > tt.most {
			t.Errorf("%s: %d tries in a day, want at most %d", tt.name, tries, tt.most)
		}
	}
}

func TestCharge_AClockSetBackMakesNobodyWaitForDays(t *testing.T) {
	b, l := Bucket{}, Limit{Free: 1, First: time.Hour, Most: time.Hour, Forget: 24 * time.Hour}
	now := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	b, err := b.Charge(l, now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Charge(l, now.Add(-time.Second)); err == nil {
		t.Error("another replica's clock, a second behind, does not wait")
	}
	if after, err := b.Charge(l, now.Add(-48*time.Hour)); err != nil || after.Failures != 2 {
		t.Errorf("two days back: %+v, %v; the try counts and does not wait for two days", after, err)
	}
}
