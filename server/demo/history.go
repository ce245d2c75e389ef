package demo

import (
	"iter"
	"slices"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

// history returns all that happened, in its order and in batches: what the accounts tell
// of and, between those from before the last weeks, as many sign-ins more as make it
// events in all.
func (c *crowd) history(events int) iter.Seq[[]store.Happened] {
	slices.SortStableFunc(c.events, func(a, b store.Happened) int { return a.At.Compare(b.At) })
	return func(yield func([]store.Happened) bool) {
		told, more := 0, max(0, events-len(c.events))
		there := c.comers()
		begin := c.users[there[len(there)/10]].PasswordChanged
		step := c.plan.Now.Add(-window).Sub(begin) / time.Duration(max(1, more))
		for old := 0; old < more || told < len(c.events); {
			var batch []store.Happened
			for len(batch) < eventsBatch && (old < more || told < len(c.events)) {
				at := begin.Add(time.Duration(old) * step)
				if told < len(c.events) && (old == more || !c.events[told].At.After(at)) {
					batch = append(batch, c.events[told])
					told++
					continue
				}
				batch = append(batch, c.longAgo(at, there))
				old++
			}
			if !yield(batch) {
				return
			}
		}
	}
}

// comers returns the active people in the order in which they came.
func (c *crowd) comers() (there []int) {
	for n, u := range c.users {
		if u.State == auth.Active {
			there = append(there, n)
		}
	}
	slices.SortStableFunc(there, func(a, b int) int { return c.users[a].PasswordChanged.Compare(c.users[b].PasswordChanged) })
	return there
}

// longAgo returns a sign-in of one of those who were there already. One in twenty was
// refused.
func (c *crowd) longAgo(at time.Time, there []int) store.Happened {
	come, _ := slices.BinarySearchFunc(there, at, func(n int, at time.Time) int { return c.users[n].PasswordChanged.Compare(at) })
	n := pick(c.story, there[:max(1, come)])
	u, h := &c.users[n], c.homes[n]
	e := auth.Event{Organization: u.Organization, Actor: string(u.ID), Subject: u.ID, Kind: auth.EventSignedIn, Outcome: auth.Allowed,
		Address: h.address, Device: h.device, Details: byPassword}
	switch k := c.story.IntN(20); {
	case k == 0:
		e.Kind, e.Outcome, e.Details = auth.EventSignInRefused, auth.Denied, wrong
	case k < 4:
		e.Kind, e.Details = auth.EventSignedOut, nil
	case k < 7:
		e.Kind = auth.EventSteppedUp
	case u.TwoFactor() && at.After(u.TwoFactorSince):
		e.Details = byApp
	}
	return store.Happened{Event: e, At: at}
}
