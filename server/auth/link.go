package auth

import (
	"time"

	"doorward/shared/check"
)

// LinkKind is what a one-time link is for.
type LinkKind string

// The kinds of link, and how long each lives.
const (
	LinkSetup      LinkKind = "setup"
	LinkInvitation LinkKind = "invitation"
	LinkEmail      LinkKind = "email"        // confirms the address in Data as the user's
	LinkNotice     LinkKind = "notice_email" // the same for a further address
	LinkNotMe      LinkKind = "not_me"       // locks the account down
	LinkGiveBack   LinkKind = "give_back"    // the same, and gives the account back the address in Data
	LinkPassword   LinkKind = "password"     // chooses a new password
	LinkReset      LinkKind = "reset"        // turns two-factor off; made by staff, whose name is in Data

	SetupFor      = 24 * time.Hour
	InvitationFor = 7 * 24 * time.Hour
	EmailFor      = 24 * time.Hour // NIST SP 800-63B-4 §4.2.1.2
	NotMeFor      = 7 * 24 * time.Hour
	PasswordFor   = time.Hour
)

// Link is a one-time link. It is found by the digest of its token, which only
// its holder knows.
type Link struct {
	ID      ID
	Digest  Digest
	Kind    LinkKind
	User    ID     // empty for a setup link
	Maker   ID     // of the staff who made it; empty when nobody did
	Data    string // what the link is about, such as the address it confirms
	Created time.Time
	Expires time.Time
}

// Pending lists the kinds that a lock-down and a new password void. A link that gives
// an address back is not among them: whoever moved the account to an address of
// their own must not be able to void it from there.
func Pending() []LinkKind {
	return []LinkKind{LinkInvitation, LinkEmail, LinkNotice, LinkNotMe, LinkPassword, LinkReset}
}

// Use returns nil when the link may be used for kind at now, otherwise LinkDead.
// The zero Link is dead. Using it up is a conditional write of the store.
func (l Link) Use(kind LinkKind, now time.Time) error {
	if l.ID == "" || l.Kind != kind || !now.Before(l.Expires) {
		return Refuse(check.LinkDead)
	}
	return nil
}
