package words

// Organizations is the text of the operators' list of organizations, and of moving
// people between them.
type Organizations struct {
	Title, Lead         string
	Name                string // columns
	People, Ready       string
	Mandatory, State    string
	MandatoryFrom       string // {when}
	MandatorySince      string // {when}
	NotMandatory        string
	Open, Suspended     string
	SuspendedSince      string // {when}
	Own                 string
	Acts                string
	NoneTitle, NoneText string

	Add, AddTitle, AddText string
	AddSubmit, Added       string
	NameHint               string
	Rename, RenameTitle    string
	RenameSubmit, Renamed  string
	RenameText             string
	Suspend, SuspendTitle  string
	SuspendPoints          []string
	Confirm                string // {name}
	SuspendSubmit          string
	SuspendDone            string // {name}
	Reinstate              string
	ReinstateTitle         string
	ReinstateText          string
	ReinstateSubmit        string
	ReinstateDone          string // {name}
	Reason, ReasonHint     string

	Shown, ToAll string // above the rail

	Move, MoveText     string
	MoveTitle          string
	MoveTo, MoveChoose string
	MovePoints         []string
	MoveSubmit, Moved  string
	MoveNowhere        string
}

var englishOrganizations = Organizations{
	Title:          "Organizations",
	Lead:           "Each has people, administrators, rules and an audit of its own. Nobody but an operator sees over the wall.",
	Name:           "Name",
	People:         "People",
	Ready:          "Ready",
	Mandatory:      "Mandatory",
	State:          "State",
	MandatoryFrom:  "From {when}",
	MandatorySince: "Since {when}",
	NotMandatory:   "No",
	Open:           "Open",
	Suspended:      "Suspended",
	SuspendedSince: "since {when}",
	Own:            "Yours",
	Acts:           "What can be done",
	NoneTitle:      "There is no organization yet",
	NoneText:       "Add one, and invite its first people.",

	Add:          "Add an organization",
	AddTitle:     "Add an organization",
	AddText:      "It begins empty, with the rules of a new portal. Open it afterwards and invite its first administrator.",
	AddSubmit:    "Add it",
	Added:        "The organization is added.",
	NameHint:     "What its people know it as. Their authenticator app will show it.",
	Rename:       "Rename",
	RenameTitle:  "Rename the organization",
	RenameText:   "Its people see the new name at once. Authenticator apps keep the old one beside codes that are set up already.",
	RenameSubmit: "Save the name",
	Renamed:      "The name is saved.",
	Suspend:      "Suspend",
	SuspendTitle: "Suspend this organization?",
	SuspendPoints: []string{
		"Nobody of it can sign in any more, and every session of theirs ends at once.",
		"Nothing is deleted. Opening it again gives everything back as it was.",
	},
	Confirm:         "Type {name} to confirm",
	SuspendSubmit:   "Suspend it",
	SuspendDone:     "{name} is suspended.",
	Reinstate:       "Open again",
	ReinstateTitle:  "Open this organization again?",
	ReinstateText:   "Its people can sign in again at once, as before.",
	ReinstateSubmit: "Open it again",
	ReinstateDone:   "{name} is open again.",
	Reason:          "Reason",
	ReasonHint:      "It is kept in the audit.",

	Shown: "Shown here",
	ToAll: "All organizations",

	Move:       "Move to another organization…",
	MoveText:   "The account moves with its password and its two-factor authentication, and follows the rules of the other organization from then on.",
	MoveTitle:  "Move to another organization?",
	MoveTo:     "Where to",
	MoveChoose: "Choose an organization",
	MovePoints: []string{
		"Every session of theirs ends at once.",
		"The administrators here no longer see the account; those over there do.",
		"What has happened so far stays in the audit of the organization where it happened.",
	},
	MoveSubmit:  "Move the account",
	Moved:       "The account has moved.",
	MoveNowhere: "There is no other organization that could take the account.",
}
