package words

// Welcome is the text of the first run and of an invitation.
type Welcome struct {
	SetupTitle, SetupLead         string
	Organization, OrgHint         string
	DisplayName, DisplayHint      string
	UserName, UserNameHint        string
	Email, EmailHint              string
	Password, PasswordHint        string // {n} characters
	SetupSubmit                   string
	InviteTitle, InviteLead       string // {organization}
	InviteLeadPlain, InviteSubmit string
	InviteAs                      string // {name}
	LinkDeadTitle                 string
	LinkDeadSetup, LinkDeadInvite string
	ToSignIn                      string
}

var englishWelcome = Welcome{
	SetupTitle:      "Welcome to Doorward",
	SetupLead:       "Make the first account. It runs this portal and can invite the others.",
	Organization:    "Organization",
	OrgHint:         "What people know you as. Their authenticator app will show it.",
	DisplayName:     "Your name",
	DisplayHint:     "As others see it.",
	UserName:        "User name",
	UserNameHint:    "Letters, digits, dots, hyphens, underscores.",
	Email:           "E-mail",
	EmailHint:       "Either this or the user name signs you in.",
	Password:        "Password",
	PasswordHint:    "At least {n} characters. A sentence of your own is easier to keep than a riddle.",
	SetupSubmit:     "Make the account",
	InviteTitle:     "Choose your password",
	InviteLead:      "{organization} has invited you.",
	InviteLeadPlain: "You have been invited.",
	InviteSubmit:    "Set the password",
	InviteAs:        "Your user name is {name}.",
	LinkDeadTitle:   "This link does not open anything",
	LinkDeadSetup:   "It has been used, or has expired. As long as nobody has set it up, a new one is printed on its host by: doorward setup-link",
	LinkDeadInvite:  "It has been used, or has expired. Please ask the person who invited you for a new one.",
	ToSignIn:        "To sign-in",
}
