package api

import (
	"slices"

	"doorward/shared/check"
)

// The audit, as people and administrators read it.
var (
	// MyActivity tells what has happened to the caller's own account.
	MyActivity = post[ActivityRequest, ActivityList]("/api/activity/mine")
	// NotMe is "this was not me" by somebody who is signed in: it ends all sessions,
	// this one too, revokes what is under way and has a link mailed with which to choose
	// another password.
	NotMe = post[None, NextStep]("/api/activity/not-me")
	// Activity tells what has happened in an organization, for administrators.
	Activity = post[ActivityRequest, ActivityList]("/api/activity")
	// ExportActivity sends what is looked for as a file, the oldest first.
	ExportActivity = post[ExportActivityRequest, Download]("/api/activity/export")
	// AuditChain tells whether the chain of the audit verifies. Asked to look again, it
	// begins to, and tells how far it is.
	AuditChain = post[AuditChainRequest, ChainInfo]("/api/activity/chain")
)

// ActivityPage is how many events a page has.
const ActivityPage = 50

// ActivityRequest says what is looked for. From and To are Unix milliseconds, 0 for no
// bound. Before asks for the page behind the event with that Seq, Since for what came
// after it, the newest first in both cases.
type ActivityRequest struct {
	Organization string `json:"organization,omitempty"`
	Person       string `json:"person,omitempty"`
	Kind         string `json:"kind,omitempty"`
	Outcome      string `json:"outcome,omitempty"` // allowed or denied
	Address      string `json:"address,omitempty"`
	From         Number `json:"from,omitempty"`
	To           Number `json:"to,omitempty"`
	Before       Number `json:"before,omitempty"`
	Since        Number `json:"since,omitempty"`
}

// Problems returns what is wrong with the fields.
func (r ActivityRequest) Problems() Problems {
	p := organizationProblems(r.Organization)
	if r.Person != "" {
		p.Add("person", check.ID(r.Person))
	}
	if r.Kind != "" {
		p.Add("kind", check.ID(r.Kind))
	}
	if !slices.Contains([]string{"", "allowed", "denied"}, r.Outcome) {
		p.Add("outcome", check.BadCharacters)
	}
	if r.Address != "" {
		p.Add("address", check.Text(r.Address, check.MaxLabel))
	}
	if r.From < 0 || r.To < 0 || r.To > 0 && r.To < r.From {
		p.Add("to", check.TooSmall)
	}
	if r.Before < 0 || r.Since < 0 {
		p.Add("before", check.TooSmall)
	}
	return p
}

// ActivityList is a page of events, the newest first. More says that there are older
// ones behind it.
type ActivityList struct {
	Events []ActivityRow `json:"events"`
	More   bool          `json:"more"`
}

// ActivityRow is one audit event.
type ActivityRow struct {
	Seq     int64             `json:"seq,omitempty"`
	At      int64             `json:"at"`
	Kind    string            `json:"kind"`
	Outcome string            `json:"outcome"`
	Person  string            `json:"person,omitempty"` // whom it is about: the id, when they are still there
	Name    string            `json:"name,omitempty"`   // and the name
	By      string            `json:"by,omitempty"`     // who did it, when not the person
	Address string            `json:"address,omitempty"`
	Device  string            `json:"device,omitempty"`
	Details map[string]string `json:"details,omitempty"`
}

// ExportActivityRequest is an ActivityRequest and the form of the file: "jsonl" (JSON
// Lines) or "csv".
type ExportActivityRequest struct {
	ActivityRequest
	Format string `json:"format"`
}

// Problems returns what is wrong with the fields.
func (r ExportActivityRequest) Problems() Problems {
	p := r.ActivityRequest.Problems()
	if r.Format != "jsonl" && r.Format != "csv" {
		p.Add("format", check.BadCharacters)
	}
	return p
}

// AuditChainRequest asks for the last result, or, with Again, to look again.
type AuditChainRequest struct {
	Again bool `json:"again,omitempty"`
}

// Problems returns nothing: there is nothing to get wrong.
func (AuditChainRequest) Problems() Problems { return nil }

// ChainInfo is what the last look at the whole chain found. Damage is empty when it
// verified, and otherwise says where it does not.
type ChainInfo struct {
	Running bool   `json:"running"`
	Read    int64  `json:"read"` // entries, while running
	At      int64  `json:"at"`   // Unix milliseconds; 0: nobody has looked since the portal was started
	Entries int64  `json:"entries"`
	Damage  string `json:"damage,omitempty"`
}
