package auth

import (
	"time"

	"doorward/shared/check"
)

// Bucket counts the failures of one thing that is throttled. The zero Bucket
// has none.
type Bucket struct {
	Key      string
	Failures int
	Until    time.Time // no try before
	Last     time.Time // the last try
}

// Limit is how a kind of bucket is throttled: Free failures cost nothing, then
// each failure doubles the wait from First up to Most. A bucket that rests for
// Forget is empty again.
type Limit struct {
	Free   int
	First  time.Duration
	Most   time.Duration
	Forget time.Duration
}

// The limits. A password guesser gets under a hundred tries a day out of an
// account; the second step is slower still, and an authenticator is disabled
// after a hundred failures in a row (NIST SP 800-63B-4 §3.2.2). A browser that
// has signed in before has buckets of its own, so that a stranger who hammers at
// an account cannot keep its owner out (ASVS 6.1.1).
var (
	LimitAccount    = Limit{Free: 10, First: 2 * time.Second, Most: 15 * time.Minute, Forget: 12 * time.Hour}
	LimitSecondStep = Limit{Free: 5, First: 15 * time.Second, Most: 15 * time.Minute, Forget: 24 * time.Hour}
	LimitAddress    = Limit{Free: 100, First: 2 * time.Second, Most: 5 * time.Minute, Forget: time.Hour}
	LimitLink       = Limit{Free: 20, First: 2 * time.Second, Most: 5 * time.Minute, Forget: time.Hour}
)

// Charge returns b with one more failure, to be taken back by [Bucket.Refund] or
// [Bucket.Clear] when the try succeeds. Charging before the proof is looked at
// makes parallel guessing cost what guessing in turn costs. While the wait is on
// it returns b unchanged and a Refusal that says how long.
func (b Bucket) Charge(l Limit, now time.Time) (Bucket, error) {
	if now.Before(b.Until) && b.Last.Sub(now) < setBack {
		return b, &Refusal{Code: check.Throttled, Retry: b.Until.Sub(now)}
	}
	if now.Sub(b.Last) >= l.Forget {
		b.Failures = 0
	}
	b.Failures++
	b.Last = now
	b.Until = time.Time{}
	if over := b.Failures - l.Free; over >= 0 {
		b.Until = now.Add(l.wait(over))
	}
	return b, nil
}

// setBack is how far behind the last try the clock may be before it counts as set
// back: a wait that was reckoned by another clock would never end.
const setBack = time.Minute

// Refund returns b with one failure less: the try that it was charged for was
// none. The other failures stay.
func (b Bucket) Refund(l Limit) Bucket {
	b.Failures = max(0, b.Failures-1)
	if b.Failures < l.Free {
		b.Until = time.Time{}
	}
	return b
}

// Clear returns b without failures: its owner has proved who they are.
func (b Bucket) Clear() Bucket { return Bucket{Key: b.Key} }

// Forgotten reports whether b says nothing any more and may be deleted.
func (b Bucket) Forgotten(l Limit, now time.Time) bool {
	return b.Failures == 0 || now.Sub(b.Last) >= l.Forget
}

func (l Limit) wait(over int) time.Duration {
	d := l.First
	for range over {
		if d >= l.Most {
			break
		}
		d *= 2
	}
	return min(d, l.Most)
}
