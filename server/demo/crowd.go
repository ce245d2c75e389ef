package demo

import (
	"bufio"
	"io"
	"math/rand/v2"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

const day = 24 * time.Hour

// The organization's last weeks, counted back from now.
const (
	window    = 8 * 7 * day // what the audit tells in full
	rampUp    = 60 * day    // when most turned two-factor on
	announced = 9 * day     // when it was decided that it becomes mandatory
	ahead     = 21          // days until it is
)

// crowd is an organization in the making.
type crowd struct {
	plan     Plan
	story    *rand.Rand // the same each time
	random   io.Reader
	hash     auth.Hash
	password string
	secret   auth.Secret // the operator's
	fault    error       // of random

	organization   auth.Organization
	users          []auth.User // the operator first, then the member, then the rest of the staff
	homes          []home      // of each of the users
	authenticators []auth.Authenticator
	codes          []auth.RecoverySet
	phones         []auth.RecoveryPhone
	sessions       []auth.Session
	links          []auth.Link
	buckets        []auth.Bucket
	events         []store.Happened
}

// home is where somebody signs in from.
type home struct{ address, office, device string }

// newCrowd returns an organization without anybody.
func newCrowd(p Plan) (*crowd, error) {
	p.Now = p.Now.UTC().Truncate(time.Millisecond)
	c := &crowd{plan: p, story: rand.New(rand.NewPCG(20260301, 5)), random: bufio.NewReader(p.Random)}
	code, err := auth.NewRecoveryCodes(1, c.random)
	if err != nil {
		return nil, err
	}
	c.password = auth.ShowRecoveryCode(code[0])
	c.hash = auth.NewHash(c.password, [16]byte(c.bytes(16)), p.Cost)
	c.secret = c.bytes(auth.SecretSize)
	policy := auth.DefaultPolicy()
	policy.TrustedDays = 30
	policy.MandatoryFrom = p.Now.Truncate(day).Add(ahead * day)
	policy.MandatorySet = p.Now.Add(-announced)
	policy.MandatoryBy = operatorName
	c.organization = auth.Organization{ID: c.id(), Name: "Meridian Instruments", Policy: policy, Version: 3, Created: p.Now.Add(-700 * day)}
	return c, c.fault
}

// gather makes the people and what they did.
func (c *crowd) gather() {
	names := &naming{taken: map[string]int{}}
	names.reserve(operatorLogin)
	names.reserve(memberLogin)
	c.users = make([]auth.User, 0, c.plan.People)
	for n := range c.plan.People {
		u, h := c.someone(n, names)
		c.users, c.homes = append(c.users, u), append(c.homes, h)
	}
	for n := range c.users {
		c.outfit(n)
	}
	c.happen()
}

// bytes returns n random bytes. A fault is kept.
func (c *crowd) bytes(n int) []byte {
	b := make([]byte, n)
	if _, err := io.ReadFull(c.random, b); err != nil && c.fault == nil {
		c.fault = err
	}
	return b
}

func (c *crowd) id() auth.ID { return auth.NewID([16]byte(c.bytes(16))) }

// chance reports true in so many of a hundred cases.
func (c *crowd) chance(percent int) bool { return c.story.IntN(100) < percent }

// between returns a moment so long ago, at least least and less than most, mostly in
// working hours.
func (c *crowd) between(least, most time.Duration) time.Time {
	// Drawn in any case: what comes after in the story is not to depend on the time of the day.
	t, free := c.plan.Now.Add(-least-time.Duration(c.story.Int64N(int64(most-least)))), c.chance(80)
	atWork := time.Duration(7*60+c.story.IntN(10*60))*time.Minute + time.Duration(c.story.IntN(60_000))*time.Millisecond
	if least < day {
		return t
	}
	if weekday := t.Weekday(); (weekday == time.Saturday || weekday == time.Sunday) && free {
		t = t.Add(-2 * day)
	}
	if hour := t.Hour(); hour < 6 || hour > 18 {
		t = t.Truncate(day).Add(atWork)
	}
	if latest := c.plan.Now.Add(-least); t.After(latest) {
		return latest
	}
	return t
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// adoption returns how many people were active at the end of each of the last days, and
// how many of them had two-factor.
func (c *crowd) adoption() []store.AdoptionPoint {
	today := c.plan.Now.Truncate(day)
	var days []store.AdoptionPoint
	for back := 60; back >= 0; back-- {
		d := store.AdoptionPoint{Day: today.Add(-time.Duration(back) * day)}
		end := d.Day.Add(day)
		for _, u := range c.users {
			if u.State != auth.Active || !u.PasswordChanged.Before(end) {
				continue
			}
			if d.People++; u.TwoFactor() && u.TwoFactorSince.Before(end) {
				d.Ready++
			}
		}
		days = append(days, d)
	}
	return days
}
