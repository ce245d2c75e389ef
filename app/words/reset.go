package words

// Reset is the text about forgotten passwords, and of the link from staff that turns
// two-factor authentication off.
type Reset struct {
	ForgotTitle, ForgotLead string
	ForgotSubmit, ForgotFor string
	ForgotStays, ToSignIn   string
	PasswordLink            string // notices on the sign-in page
	OffDone, OffDoneText    string

	OffTitle, OffLead       string
	OffFor                  string // {name}
	OffPassword, OffSecrets string
	OffSessions, OffAgain   string
	OffSubmit, OffNot       string
	OffDead                 string
}

var englishReset = Reset{
	ForgotTitle:  "Forgot your password?",
	ForgotLead:   "Say who you are, and we mail you a link to choose a new one.",
	ForgotSubmit: "Send the link",
	ForgotFor:    "It works once, within an hour, and goes to the address of the account.",
	ForgotStays:  "The second step stays: you are asked for it as always.",
	ToSignIn:     "Back to signing in",
	PasswordLink: "If there is such an account, we have mailed a link to choose a new password. It works once, within an hour. The second step is still asked for.",
	OffDone:      "Two-factor authentication is off",
	OffDoneText:  "Sign in with your password, and set it up again on your new phone. Until then the password alone opens the door.",

	OffTitle:    "Turn off two-factor authentication",
	OffLead:     "Those who look after this portal sent you this link, because you cannot do the second step any more.",
	OffFor:      "It is for the account {name}.",
	OffPassword: "From then on the password alone opens the door.",
	OffSecrets:  "Your authenticators, recovery codes and recovery phones are forgotten.",
	OffSessions: "Every session ends. The link itself signs nobody in.",
	OffAgain:    "Sign in with your password then, and set it up again on your new phone.",
	OffSubmit:   "Turn it off",
	OffNot:      "You did not ask for this? Close this page, and tell your administrator.",
	OffDead:     "It has been used, was taken back, or has expired. If you still cannot sign in, ask your administrator for a new one.",
}
