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
		begin := c.organization.Created.Add(time.Minute)
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
				batch = append(batch, c.longAgo(at))
				old++
			}
			if !yield(batch) {
				return
			}
		}
	}
}

// longAgo returns a sign-in of somebody who was there already. One in twenty was
// refused.
func (c *crowd) longAgo(at time.Time) store.Happened {
	n := 0
	for range 8 {
		if i := c.story.IntN(len(c.users)); c.users[i].State == auth.Active && c.users[i].PasswordChanged.Before(at) {
			n = i
			break
		}
	}
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
