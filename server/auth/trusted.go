package auth

import "time"

const day = 24 * time.Hour

// TrustedDevice is a browser in which its user is not asked for the second factor.
// It replaces nothing else: a step-up still asks. It ends with any change of the
// password or of an authenticator.
type TrustedDevice struct {
	ID       ID
	User     ID
	Digest   Digest // of the token in its cookie
	Name     string // browser and system in words
	Address  string
	Added    time.Time
	LastUsed time.Time
	Expires  time.Time
}

// Trust returns the trust of the browser that holds t, for as long as p allows;
// false when it allows none.
func Trust(u User, p Policy, id ID, t Token, from Origin, now time.Time) (TrustedDevice, bool) {
	return TrustedDevice{ID: id, User: u.ID, Digest: t.Digest(), Name: from.Device, Address: from.Address,
		Added: now, LastUsed: now, Expires: now.Add(time.Duration(p.TrustedDays) * day)}, p.TrustedDays > 0
}

// Trusted reports whether u need not be asked for the second factor there. A policy
// that has become stricter counts at once. The zero TrustedDevice is none.
func (d TrustedDevice) Trusted(u User, p Policy, now time.Time) bool {
	return d.ID != "" && d.User == u.ID && now.Before(d.Expires) && now.Before(d.Added.Add(time.Duration(p.TrustedDays)*day))
}
