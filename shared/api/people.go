package api

import (
	"slices"
	"strings"
	"unicode/utf8"

	"doorward/shared/check"
)

// The calls about many people at once. Where a request has an Organization, it names
// the one that is meant; empty: the caller's own. Only operators reach any other.
var (
	// People lists those of an organization who are looked for, a page at a time.
	People = post[PeopleRequest, PeopleList]("/api/people")
	// ActOnPeople does one thing for each of the people named, each by itself: where
	// it is refused for one, it is done for the others. It needs a step-up.
	ActOnPeople = post[ActRequest, ActResult]("/api/people/act")
	// ExportPeople sends those who are looked for as CSV.
	ExportPeople = post[PeopleRequest, Download]("/api/people/export")
)

// Download is the answer of a call that sends a file, which the browser saves.
type Download struct{}

// PeoplePage is how many people a page of the list has.
const PeoplePage = 50

// maxAfter is how long the mark of a page may be, which holds a name.
const maxAfter = 1024

// MaxSearch is how many characters may be looked for.
const MaxSearch = 100

// PeopleFilter says which people are looked for.
type PeopleFilter string

// The filters. FilterMethod takes the method in PeopleRequest.Method.
const (
	FilterAll       PeopleFilter = ""
	FilterActive    PeopleFilter = "two_factor" // two-factor is on
	FilterOff       PeopleFilter = "not_set_up" // active, and two-factor is off
	FilterMethod    PeopleFilter = "method"     // has an authenticator of the method
	FilterInvited   PeopleFilter = "invited"
	FilterSuspended PeopleFilter = "suspended"
	FilterThrottled PeopleFilter = "throttled" // has to wait before trying again
	FilterExempt    PeopleFilter = "exempt"    // from mandatory two-factor
	FilterLocked    PeopleFilter = "locked"    // locked down
	FilterStaff     PeopleFilter = "staff"     // helpers and above
)

// PeopleFilters lists every filter, as shown.
func PeopleFilters() []PeopleFilter {
	return []PeopleFilter{FilterAll, FilterActive, FilterOff, FilterMethod, FilterInvited, FilterSuspended, FilterThrottled, FilterExempt, FilterLocked, FilterStaff}
}

// PeopleSort is the order of the list.
type PeopleSort string

// The orders.
const (
	SortName   PeopleSort = ""             // by display name
	SortSignIn PeopleSort = "last_sign_in" // the last first, with Descending
	SortAdded  PeopleSort = "added"
)

// PeopleRequest says who is looked for. Search is found in names, user names and
// addresses, all of its words, case aside.
type PeopleRequest struct {
	Organization string       `json:"organization,omitempty"`
	Search       string       `json:"search,omitempty"`
	Filter       PeopleFilter `json:"filter,omitempty"`
	Method       Method       `json:"method,omitempty"` // with FilterMethod
	Sort         PeopleSort   `json:"sort,omitempty"`
	Descending   Tick         `json:"descending,omitempty"`
	After        string       `json:"after,omitempty"` // PeopleList.Next of the page before
}

// Problems returns what is wrong with the fields.
func (r PeopleRequest) Problems() Problems {
	p := organizationProblems(r.Organization)
	switch {
	case !utf8.ValidString(r.Search) || strings.ContainsRune(r.Search, 0):
		p.Add("search", check.BadCharacters)
	case utf8.RuneCountInString(r.Search) > MaxSearch:
		p.Add("search", check.TooLong)
	}
	if !slices.Contains(PeopleFilters(), r.Filter) {
		p.Add("filter", check.BadCharacters)
	}
	if r.Filter == FilterMethod && r.Method != MethodTOTP && r.Method != MethodText || r.Filter != FilterMethod && r.Method != "" {
		p.Add("method", check.BadCharacters)
	}
	if r.Sort != SortName && r.Sort != SortSignIn && r.Sort != SortAdded {
		p.Add("sort", check.BadCharacters)
	}
	if len(r.After) > maxAfter || !utf8.ValidString(r.After) {
		p.Add("after", check.BadCharacters)
	}
	return p
}

// PeopleList is a page of people. Next, when not empty, asks for the page behind it.
// Found is how many are found in all, Everybody how many there are.
type PeopleList struct {
	People    []PersonRow `json:"people"`
	Next      string      `json:"next,omitempty"`
	Found     int         `json:"found"`
	Everybody int         `json:"everybody"`
}

// PersonRow is one person. Times are Unix milliseconds, 0 for never.
type PersonRow struct {
	ID             string   `json:"id"`
	UserName       string   `json:"user_name"`
	DisplayName    string   `json:"display_name"`
	Email          string   `json:"email"`
	Role           string   `json:"role"`
	State          string   `json:"state"`
	TwoFactorSince int64    `json:"two_factor_since"`
	Methods        []Method `json:"methods,omitempty"`
	LastSignIn     int64    `json:"last_sign_in"`
	Added          int64    `json:"added"`
	ExemptUntil    int64    `json:"exempt_until,omitempty"` // past: no longer
	Due            int64    `json:"due,omitempty"`          // from then on this person reaches the wizard only
	Locked         bool     `json:"locked"`                 // locked down
}

// Act is one thing that staff do for people.
type Act string

// The acts. Reset links, ending sessions and reminders are a helper's to do for
// members as well; the rest is for administrators.
const (
	ActInviteAgain      Act = "invite_again"      // makes a new invitation link, which voids the one before
	ActRevokeInvitation Act = "revoke_invitation" // voids it
	ActSuspend          Act = "suspend"           // ends everything and lets the person in no more
	ActReinstate        Act = "reinstate"
	ActChangeRole       Act = "change_role"
	ActRemind           Act = "remind" // mails a reminder to set up two-factor
	ActResetLink        Act = "reset_link"
	ActEndSessions      Act = "end_sessions"
	ActExempt           Act = "exempt" // from mandatory two-factor, until a day
	ActEndExemption     Act = "end_exemption"
	ActDelete           Act = "delete"
)

// Acts lists every act.
func Acts() []Act {
	return []Act{ActInviteAgain, ActRevokeInvitation, ActSuspend, ActReinstate, ActChangeRole, ActRemind, ActResetLink, ActEndSessions, ActExempt, ActEndExemption, ActDelete}
}

// NeedsReason reports whether a reason has to be given.
func (a Act) NeedsReason() bool { return a != ActInviteAgain && a != ActRemind }

// MaxActOn is how many people one call may name.
const MaxActOn = 200

// MaxExemptDays is the longest that somebody can be exempt.
const MaxExemptDays = 366

// ActRequest names people and what is to be done. Confirm, for ActDelete, is the user
// name of the one person, or how many people there are in digits.
type ActRequest struct {
	IDs     []string `json:"ids"`
	Act     Act      `json:"act"`
	Reason  string   `json:"reason,omitempty"`
	Role    string   `json:"role,omitempty"`    // with ActChangeRole
	Until   int64    `json:"until,omitempty"`   // with ActExempt; Unix milliseconds
	Hours   int      `json:"hours,omitempty"`   // with ActResetLink; 0: an hour
	Confirm string   `json:"confirm,omitempty"` // with ActDelete
}

// Problems returns what is wrong with the fields.
func (r ActRequest) Problems() Problems {
	p := Problems{}
	switch {
	case len(r.IDs) == 0:
		p.Add("ids", check.Required)
	case len(r.IDs) > MaxActOn:
		p.Add("ids", check.TooLong)
	}
	for _, id := range r.IDs {
		p.Add("ids", check.ID(id))
	}
	if !slices.Contains(Acts(), r.Act) {
		p.Add("act", check.BadCharacters)
	}
	if r.Act.NeedsReason() || r.Reason != "" {
		p.Add("reason", check.Text(r.Reason, MaxReason))
	}
	if r.Act == ActChangeRole {
		p.Add("role", check.Role(r.Role))
	} else if r.Role != "" {
		p.Add("role", check.BadCharacters)
	}
	if r.Act == ActExempt && r.Until <= 0 {
		p.Add("until", check.Required)
	}
	if r.Hours < 0 || r.Hours > MaxLinkHours {
		p.Add("hours", check.TooLong)
	}
	if r.Act == ActDelete {
		p.Add("confirm", check.Text(r.Confirm, check.MaxUserName))
	}
	return p
}

// ActResult tells for each person what became of it, in the order of the request.
type ActResult struct {
	People []ActOutcome `json:"people"`
}

// ActOutcome is what became of it for one person. Code is empty when it was done. A
// Link is told once.
type ActOutcome struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Code    Code   `json:"code,omitempty"`
	Retry   int    `json:"retry,omitempty"` // seconds
	Link    string `json:"link,omitempty"`
	Expires int64  `json:"expires,omitempty"`
	Mailed  string `json:"mailed,omitempty"` // the address that the link was mailed to
}

// OrganizationRequest names an organization; empty: the caller's own.
type OrganizationRequest struct {
	Organization string `json:"organization,omitempty"`
}

// Problems returns what is wrong with the fields.
func (r OrganizationRequest) Problems() Problems { return organizationProblems(r.Organization) }

func organizationProblems(id string) Problems {
	p := Problems{}
	if id != "" {
		p.Add("organization", check.ID(id))
	}
	return p
}
