package words

// Profile is the text of the profile page.
type Profile struct {
	Title, Lead            string
	Tabs                   string // name of the tabs
	NameTitle, NameField   string
	NameHint, NameSubmit   string
	NameSaved              string
	UserName               string
	Role, Organization     string
	AccountHint            string
	PasswordTitle          string
	Changed                string // {when}
	Current, New           string
	NewHint                string // {n}
	Passcode, PasscodeHint string
	OtherWay               string
	EndOthers, Submit      string
	PasswordSaved          string
	Roles                  map[string]string
	Language, LanguageHint string
	LanguageOfBrowser      string // {name}: the language that the browser asks for
	LanguageSubmit         string
	LanguageSaved          string
}

var englishProfile = Profile{
	Title:             "Profile",
	Lead:              "Who you are here, your addresses and your password.",
	Tabs:              "Your account",
	NameTitle:         "Display name",
	NameField:         "Display name",
	NameHint:          "As others see it.",
	NameSubmit:        "Save the name",
	NameSaved:         "Your name is saved.",
	UserName:          "User name",
	Role:              "Role",
	Organization:      "Organization",
	AccountHint:       "Only an administrator can change these.",
	PasswordTitle:     "Password",
	Changed:           "Last changed {when}",
	Current:           "Current password",
	New:               "New password",
	NewHint:           "At least {n} characters. A sentence of your own is easier to keep than a riddle.",
	Passcode:          "Six-digit code",
	PasscodeHint:      "From your authenticator app.",
	OtherWay:          "Use a recovery code instead",
	EndOthers:         "Sign out everywhere else",
	Submit:            "Change the password",
	PasswordSaved:     "Your password is changed.",
	Language:          "Language",
	LanguageHint:      "Of these pages, and of mails and text messages to you.",
	LanguageOfBrowser: "As the browser asks for ({name})",
	LanguageSubmit:    "Save the language",
	LanguageSaved:     "The language is changed.",
	Roles: map[string]string{
		"member": "Member", "helper": "Helper", "admin": "Administrator", "operator": "Operator",
	},
}

// RoleName returns what a role is called; one that this client does not know yet
// keeps its own name.
func (p Profile) RoleName(role string) string {
	if name, ok := p.Roles[role]; ok {
		return name
	}
	return role
}
