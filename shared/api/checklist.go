package api

import (
	"slices"

	"doorward/shared/check"
)

// What is left to do after setting up, for administrators.
var (
	// Checklist tells it.
	Checklist = get[ChecklistInfo]("/api/checklist")
	// TickChecklist notes that something has been done that the portal cannot see, or
	// puts the whole list away.
	TickChecklist = post[TickChecklistRequest, ChecklistInfo]("/api/checklist/tick")
)

// ChecklistItem is one thing to do.
type ChecklistItem string

// The things to do, in their order. The last three are for operators only.
const (
	ItemTwoFactor ChecklistItem = "two_factor" // of the administrator themselves
	ItemInvite    ChecklistItem = "invite"
	ItemMandatory ChecklistItem = "mandatory"
	ItemMail      ChecklistItem = "mail"
	ItemTexts     ChecklistItem = "texts"
	ItemHTTPS     ChecklistItem = "https"
	ItemBackup    ChecklistItem = "backup"
	ItemAll       ChecklistItem = "all" // to put the list away
)

// Ticked lists those that only people can tick: what the portal cannot see, or what one
// may decide against.
func Ticked() []ChecklistItem { return []ChecklistItem{ItemTexts, ItemBackup, ItemMandatory, ItemAll} }

// ChecklistInfo is the list. Away says that it has been put away.
type ChecklistInfo struct {
	Items []ChecklistRow `json:"items"`
	Away  bool           `json:"away"`
}

// ChecklistRow is one thing and whether it is done.
type ChecklistRow struct {
	Item ChecklistItem `json:"item"`
	Done bool          `json:"done"`
}

// TickChecklistRequest ticks an item, or takes the tick away.
type TickChecklistRequest struct {
	Item ChecklistItem `json:"item"`
	Done bool          `json:"done"`
}

// Problems returns what is wrong with the fields.
func (r TickChecklistRequest) Problems() Problems {
	p := Problems{}
	if !slices.Contains(Ticked(), r.Item) {
		p.Add("item", check.BadCharacters)
	}
	return p
}
