package message

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Kind names what a mail is about.
type Kind string

// What there is to tell. Where a comment names a field of Facts, the mail is about that.
const (
	TwoFactorOn           Kind = "two_factor_on"
	TwoFactorOff          Kind = "two_factor_off"
	TwoFactorReset        Kind = "two_factor_reset"       // turned off by staff or on the host
	AuthenticatorAdded    Kind = "authenticator_added"    // Thing
	AuthenticatorRenamed  Kind = "authenticator_renamed"  // Thing: its new name
	AuthenticatorReplaced Kind = "authenticator_replaced" // Thing: the new one
	AuthenticatorRemoved  Kind = "authenticator_removed"  // Thing
	AuthenticatorDisabled Kind = "authenticator_disabled" // Thing: too many wrong codes
	RecoveryCodesMade     Kind = "recovery_codes_made"
	RecoveryCodeUsed      Kind = "recovery_code_used" // Count left
	PhoneVerified         Kind = "phone_verified"     // Thing: the masked number
	PhoneChanged          Kind = "phone_changed"      // Thing: the new number, masked
	PhoneRemoved          Kind = "phone_removed"      // Thing: the masked number
	PasswordChanged       Kind = "password_changed"   // by its owner, who knew the old one
	PasswordReset         Kind = "password_reset"     // through a link
	NewDevice             Kind = "new_device"         // a sign-in from a browser not seen before
	SecondStepFailed      Kind = "second_step_failed" // Count times after the right password
	TrustedDeviceAdded    Kind = "trusted_device_added"
	SessionsEndedByStaff  Kind = "sessions_ended_by_staff"
	EmailChangeAsked      Kind = "email_change_asked"     // to the old address; Thing: the new one
	EmailChanged          Kind = "email_changed"          // to both; Thing: the new one
	EmailConfirm          Kind = "email_confirm"          // to the new address; Link
	NoticeAddressConfirm  Kind = "notice_address_confirm" // to that address; Link
	NoticeAddressAdded    Kind = "notice_address_added"   // Thing
	NoticeAddressRemoved  Kind = "notice_address_removed" // Thing
	LockedDown            Kind = "locked_down"            // "this was not me" was pressed
	PasswordLink          Kind = "password_link"          // Link
	RecoveryPhoneUsed     Kind = "recovery_phone_used"    // Thing: the masked number
	ResetLink             Kind = "reset_link"             // Link, made by By
	ResetLinkSent         Kind = "reset_link_sent"        // to a further address, without the link
	HelpWanted            Kind = "help_wanted"            // to staff; Thing: who asks
	ThrottleLifted        Kind = "throttle_lifted"
	RoleChanged           Kind = "role_changed" // Thing: the new role
	TextsPaused           Kind = "texts_paused" // to operators; Count: the day's ceiling
	Test                  Kind = "test"

	Invitation         Kind = "invitation" // Link, from By
	AccountSuspended   Kind = "account_suspended"
	AccountReinstated  Kind = "account_reinstated"
	AccountDeleted     Kind = "account_deleted"
	TwoFactorWanted    Kind = "two_factor_wanted"   // By asks; there may be no date
	MandatoryAnnounced Kind = "mandatory_announced" // From, as in those that follow
	MandatoryWeek      Kind = "mandatory_week"
	MandatoryDay       Kind = "mandatory_day"
	MandatoryNow       Kind = "mandatory_now"
	MethodEnds         Kind = "method_ends"      // Thing: the method
	LanguageChanged    Kind = "language_changed" // Thing: the name of the new one
)

// manner is how the mails of a kind differ in more than words.
type manner struct {
	kind   Kind
	grave  bool // also sent to a verified phone
	linked bool // does not work without Link
	to     audience
}

// audience says why somebody gets a mail.
type audience int

const (
	toOwner    audience = iota // whose account it is
	toStranger                 // who has yet to prove that the address is theirs, and is not told where the request came from
	toOperator
	toInvited // who does not know us yet
)

var manners = []manner{
	{kind: TwoFactorOn}, {kind: TwoFactorOff, grave: true}, {kind: TwoFactorReset, grave: true},
	{kind: AuthenticatorAdded}, {kind: AuthenticatorRenamed}, {kind: AuthenticatorReplaced}, {kind: AuthenticatorRemoved},
	{kind: AuthenticatorDisabled},
	{kind: RecoveryCodesMade}, {kind: RecoveryCodeUsed, grave: true},
	{kind: PhoneVerified}, {kind: PhoneChanged, grave: true}, {kind: PhoneRemoved, grave: true},
	{kind: PasswordChanged, grave: true}, {kind: PasswordReset, grave: true},
	{kind: NewDevice}, {kind: SecondStepFailed}, {kind: TrustedDeviceAdded}, {kind: SessionsEndedByStaff},
	{kind: EmailChangeAsked}, {kind: EmailChanged, grave: true}, {kind: EmailConfirm, linked: true, to: toStranger},
	{kind: NoticeAddressConfirm, linked: true, to: toStranger}, {kind: NoticeAddressAdded}, {kind: NoticeAddressRemoved},
	{kind: LockedDown, grave: true}, {kind: PasswordLink, linked: true},
	{kind: RecoveryPhoneUsed, grave: true}, {kind: ResetLink, linked: true}, {kind: ResetLinkSent}, {kind: HelpWanted, to: toOperator},
	{kind: ThrottleLifted}, {kind: RoleChanged},
	{kind: TextsPaused, to: toOperator}, {kind: Test, to: toOperator},
	{kind: Invitation, linked: true, to: toInvited}, {kind: AccountSuspended, grave: true}, {kind: AccountReinstated}, {kind: AccountDeleted},
	{kind: TwoFactorWanted}, {kind: MandatoryAnnounced}, {kind: MandatoryWeek}, {kind: MandatoryDay},
	{kind: MandatoryNow}, {kind: MethodEnds}, {kind: LanguageChanged},
}

// Facts are what a notice tells. Everything may come from people and is treated so; only Portal, Link and NotMe are ours, and
// are refused unless they are addresses of the portal.
type Facts struct {
	Product      string // "Doorward", also when empty
	Organization string
	Name         string // the person's display name
	Portal       string // public address: https://auth.example.org

	At     time.Time
	Place  string // IP address
	Device string // "Firefox on Linux"
	By     string // who did it, when not the person: ByCommandLine or a name
	Thing  string // what it is about, as Kind says
	Count  int
	From   time.Time // when something begins to hold

	Link    string    // of the mail's one action: confirm an address, choose a password
	Expires time.Time // of Link
	NotMe   string    // the "this was not me" link; empty when there is none
}

// ByCommandLine is the By of what is done on the host.
const ByCommandLine = "command line"

// Kinds returns every kind.
func Kinds() []Kind {
	kinds := make([]Kind, len(manners))
	for i, m := range manners {
		kinds[i] = m.kind
	}
	return kinds
}

// Grave reports whether a kind is also sent to a verified phone, as Brief has it.
func Grave(k Kind) bool {
	m, err := mannerOf(k)
	return err == nil && m.grave
}

func mannerOf(k Kind) (manner, error) {
	for _, m := range manners {
		if m.kind == k {
			return m, nil
		}
	}
	return manner{}, fmt.Errorf("there is no mail of kind %q", k)
}

// Compose writes the mail of a kind in these words: its subject, and the same content as text and as HTML. It fails only for an
// unknown kind, or when an address that it needs is missing or not the portal's; nothing that a person chose can make it fail.
func (w *Words) Compose(k Kind, f Facts) (subject, text, html string, err error) {
	m, err := mannerOf(k)
	if err != nil {
		return "", "", "", err
	}
	if err := f.check(m); err != nil {
		return "", "", "", fmt.Errorf("mail of kind %q: %w", k, err)
	}
	l := w.lay(m, w.named(k, f.clean()))
	if html, err = l.html(); err != nil {
		return "", "", "", fmt.Errorf("mail of kind %q: %w", k, err)
	}
	return l.Subject, l.text(), html, nil
}

var (
	errPortal    = errors.New("the portal's address is malformed")
	errNoLink    = errors.New("it needs a link")
	errElsewhere = errors.New("a link leads elsewhere")
)

// check reports whether the addresses are the portal's own, and there where m needs one. Its errors hold no link.
func (f Facts) check(m manner) error {
	u, err := url.Parse(f.Portal)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery+u.Fragment != "" || !address(f.Portal) {
		return errPortal
	}
	if m.linked && f.Link == "" {
		return errNoLink
	}
	for _, link := range []string{f.Link, f.NotMe} {
		if link != "" && (!strings.HasPrefix(link, strings.TrimSuffix(f.Portal, "/")+"/") || !address(link)) {
			return errElsewhere
		}
	}
	return nil
}

// address reports whether v has only characters that an address may hold, none of which ends one.
func address(v string) bool {
	return !strings.ContainsFunc(v, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>\\^`{|}'()", r) })
}

// named returns cleaned facts with what has a name of ours called by it.
func (w *Words) named(k Kind, f Facts) Facts {
	names := map[Kind]map[string]string{MethodEnds: w.Methods, RoleChanged: w.Roles}[k]
	if name, ok := names[f.Thing]; ok {
		f.Thing = name
	}
	if f.By == ByCommandLine {
		f.By = w.CommandLine
	}
	return f
}

// nameLength is how much of what people chose is shown.
const nameLength = 64

// clean returns f with everything that people chose made harmless.
func (f Facts) clean() Facts {
	f.Portal = strings.TrimSuffix(f.Portal, "/")
	for _, v := range []*string{&f.Name, &f.Place, &f.Device, &f.By, &f.Thing} {
		*v = unlinked(harmless(*v))
	}
	f.Product, f.Organization = harmless(f.Product), harmless(f.Organization)
	if f.Product == "" {
		f.Product = "Doorward"
	}
	f.Count = max(f.Count, 0)
	return f
}

// harmless returns v as one short line without the beginning of a link.
func harmless(v string) string {
	v = plain(strings.ReplaceAll(plain(v), "://", " "))
	if r := []rune(v); len(r) > nameLength {
		v = strings.TrimSpace(string(r[:nameLength-1])) + "…"
	}
	return v
}

// dotInName is a dot as in the name of a host.
var dotInName = regexp.MustCompile(`\.(\pL)`)

// mailAddress is an e-mail address and nothing around it.
var mailAddress = regexp.MustCompile(`^[^\s@/:]+@[^\s@/:]+$`)

// unlinked returns v so that mail clients, which make links of all that looks like the name of a host, see none in it: somebody
// who may name an authenticator must not put a link into a mail of ours. What is added is invisible and has no width. An
// e-mail address is left as it is.
func unlinked(v string) string {
	if mailAddress.MatchString(v) {
		return v
	}
	return dotInName.ReplaceAllString(v, ".\u200c$1")
}
