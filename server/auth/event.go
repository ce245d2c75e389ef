package auth

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"time"
)

// EventKind names what happened. Kinds are part of the audit: their spelling
// does not change.
type EventKind string

// The kinds of audit event.
const (
	EventSetupLinkMade         EventKind = "setup_link_made"
	EventSetUp                 EventKind = "set_up"
	EventInvited               EventKind = "user_invited"
	EventInvitationAccepted    EventKind = "invitation_accepted"
	EventPasswordAccepted      EventKind = "password_accepted" // the second step is still to come
	EventSignedIn              EventKind = "signed_in"
	EventSignInRefused         EventKind = "sign_in_refused"
	EventSecondStepRefused     EventKind = "second_step_refused"
	EventSignedOut             EventKind = "signed_out"
	EventSteppedUp             EventKind = "stepped_up"
	EventStepUpRefused         EventKind = "step_up_refused"
	EventSessionEnded          EventKind = "session_ended"
	EventSessionsEnded         EventKind = "sessions_ended"
	EventTwoFactorOn           EventKind = "two_factor_on"
	EventTwoFactorOff          EventKind = "two_factor_off"
	EventTwoFactorReset        EventKind = "two_factor_reset"
	EventAuthenticatorAdded    EventKind = "authenticator_added"
	EventAuthenticatorRenamed  EventKind = "authenticator_renamed"
	EventAuthenticatorReplaced EventKind = "authenticator_replaced"
	EventAuthenticatorRemoved  EventKind = "authenticator_removed"
	EventAuthenticatorDisabled EventKind = "authenticator_disabled"
	EventEnrollmentRefused     EventKind = "enrollment_refused"
	EventRecoveryCodeUsed      EventKind = "recovery_code_used"
	EventRecoveryCodesMade     EventKind = "recovery_codes_made"
	EventPasswordChanged       EventKind = "password_changed"
	EventPasswordChangeRefused EventKind = "password_change_refused"
	EventDisplayNameChanged    EventKind = "display_name_changed"
	EventLanguageChanged       EventKind = "language_changed" // Details "name"
	EventTextSent              EventKind = "text_sent"
	EventTextsPaused           EventKind = "texts_paused"
	EventPhoneAdded            EventKind = "phone_added"
	EventPhoneChanged          EventKind = "phone_changed"
	EventPhoneRemoved          EventKind = "phone_removed"
	EventPhoneRefused          EventKind = "phone_refused"
	EventDeviceTrusted         EventKind = "device_trusted"
	EventTrustRevoked          EventKind = "trust_revoked"
	EventEmailChangeAsked      EventKind = "email_change_asked"
	EventEmailChanged          EventKind = "email_changed"
	EventNoticeEmailAsked      EventKind = "notice_email_asked"
	EventNoticeEmailAdded      EventKind = "notice_email_added"
	EventNoticeEmailRemoved    EventKind = "notice_email_removed"
	EventLockedDown            EventKind = "locked_down"
	EventPasswordLinkSent      EventKind = "password_link_sent"
	EventPasswordReset         EventKind = "password_reset"
	EventCheckedUp             EventKind = "checked_up"
	EventRecoveryPhoneUsed     EventKind = "recovery_phone_used"
	EventHelpAsked             EventKind = "help_asked"
	EventResetLinkMade         EventKind = "reset_link_made"
	EventLinkRevoked           EventKind = "link_revoked"
	EventTurnOffRefused        EventKind = "turn_off_refused"
	EventSessionsEndedByStaff  EventKind = "sessions_ended_by_staff"
	EventThrottleLifted        EventKind = "throttle_lifted"
	EventRoleChanged           EventKind = "role_changed"
	EventPolicyChanged         EventKind = "policy_changed"
	EventMandatoryOn           EventKind = "mandatory_on"
	EventMandatoryOff          EventKind = "mandatory_off"
	EventExempted              EventKind = "exempted"
	EventExemptionEnded        EventKind = "exemption_ended"
	EventReminded              EventKind = "reminded"
	EventInvitedAgain          EventKind = "invited_again"
	EventInvitationRevoked     EventKind = "invitation_revoked"
	EventSuspended             EventKind = "user_suspended"
	EventReinstated            EventKind = "user_reinstated"
	EventDeleted               EventKind = "user_deleted"
	EventMoved                 EventKind = "user_moved"
	EventExported              EventKind = "exported"
	EventOrganizationAdded     EventKind = "organization_added"
	EventOrganizationRenamed   EventKind = "organization_renamed"
	EventOrganizationSuspended EventKind = "organization_suspended"
	EventOrganizationOpened    EventKind = "organization_reinstated"
	EventMessageRetried        EventKind = "message_retried"
	EventKeysRotated           EventKind = "keys_rotated"
)

// Outcomes of an event.
const (
	Allowed = "allowed"
	Denied  = "denied"
)

// Event is a security fact kept for people. It never holds a secret, a claimed
// user name (people type passwords into that field) or a session identifier.
type Event struct {
	Organization ID                `json:"organization,omitempty"`
	Actor        string            `json:"actor"`             // a user's ID, "command line", or "" for nobody known
	Subject      ID                `json:"subject,omitempty"` // the user it is about
	Kind         EventKind         `json:"kind"`
	Outcome      string            `json:"outcome"`
	Address      string            `json:"address,omitempty"`
	Device       string            `json:"device,omitempty"`
	Details      map[string]string `json:"details,omitempty"`
}

// CommandLine is the Actor of what is done on the host.
const CommandLine = "command line"

// Entry is an event in its place in the audit chain. Seq counts from 1 without
// gaps; Hash is the SHA-256 of Previous and the entry's content.
type Entry struct {
	Seq      int64     `json:"seq"`
	At       time.Time `json:"at"` // UTC, milliseconds
	Event    Event     `json:"event"`
	Previous Digest    `json:"-"`
	Hash     Digest    `json:"-"`
}

// Chain returns the entry for e that follows previous, which is the zero Entry
// for the first.
func (previous Entry) Chain(e Event, now time.Time) Entry {
	next := Entry{Seq: previous.Seq + 1, At: now.UTC().Truncate(time.Millisecond), Event: e, Previous: previous.Hash}
	next.Hash = next.sum()
	return next
}

// Follows reports whether e stands behind previous in the chain and is unchanged.
func (e Entry) Follows(previous Entry) bool {
	return e.Seq == previous.Seq+1 && e.Previous == previous.Hash && e.Hash == e.sum()
}

func (e Entry) sum() Digest {
	content, err := json.Marshal(e) // struct fields in their order, map keys sorted
	if err != nil {
		panic("auth: an audit entry did not encode: " + err.Error()) // it holds nothing but text and numbers
	}
	return sha256.Sum256(append(bytes.Clone(e.Previous[:]), content...))
}
