package words

// SignIn is the text of the way in: password, second step, other ways.
type SignIn struct {
	Title, Name, Password, Submit string
	SignedOut, Ready, Chosen      string // notices on the sign-in page
	NotSetUp                      string
	Forgot                        string

	PasscodeTitle, PasscodeLead string
	Passcode, PasscodeSubmit    string
	AnotherWay, LostPhone       string
	StartOver                   string
	TrustDay, TrustDays         string // {n}
	TrustHint                   string

	TextTitle, TextLead, TextSent string // {end}: the last digits of the number
	TextNone, TextSend            string // {end}

	CodeTitle, CodeLead  string
	Code, CodeHint       string
	CodeSubmit           string
	UseAppInstead        string
	WaysTitle, WaysLead  string
	WayApp, WayAppNote   string
	WayText, WayTextNote string // {end}
	WayCode, WayCodeNote string
	WayLost, WayLostNote string
}

var englishSignIn = SignIn{
	Title:     "Sign in",
	Name:      "User name or e-mail",
	Password:  "Password",
	Submit:    "Sign in",
	SignedOut: "You are signed out.",
	Ready:     "Doorward is ready. Sign in with the account you have just made.",
	Chosen:    "Your password is set. Sign in with it now.",
	NotSetUp:  "Nobody has set this portal up yet. Open the one-time link that was printed when it started, or print a new one on its host: doorward setup-link",
	Forgot:    "Forgot your password?",

	PasscodeTitle:  "Enter your code",
	PasscodeLead:   "Open your authenticator app and type the six digits it shows for Doorward.",
	Passcode:       "Six-digit code",
	PasscodeSubmit: "Continue",
	AnotherWay:     "Another way",
	LostPhone:      "Lost your phone?",
	StartOver:      "Sign in as someone else",
	TrustDay:       "Do not ask again on this device for 1 day",
	TrustDays:      "Do not ask again on this device for {n} days",
	TrustHint:      "Only on a device that is yours alone.",

	TextTitle: "Enter the code from your phone",
	TextLead:  "Type the six digits of the text message that we sent you.",
	TextSent:  "We have sent six digits to your phone, to the number ending in {end}. They are good for 10 minutes.",
	TextNone:  "No code is on its way at this moment.",
	TextSend:  "Text a code to the number ending in {end}",

	CodeTitle:     "Use a recovery code",
	CodeLead:      "One of the codes that you saved when you set up two-factor authentication. You may know them as backup codes.",
	Code:          "Recovery code",
	CodeHint:      "16 letters and digits. Spaces, hyphens and capitals do not matter.",
	CodeSubmit:    "Continue",
	UseAppInstead: "Use your authenticator app",
	WaysTitle:     "Another way in",
	WaysLead:      "Choose what you have at hand.",
	WayApp:        "Authenticator app",
	WayAppNote:    "The six digits your app shows now",
	WayText:       "Text message",
	WayTextNote:   "We send a code to the number ending in {end}",
	WayCode:       "Recovery code",
	WayCodeNote:   "One of the codes you saved or printed",
	WayLost:       "I have none of these",
	WayLostNote:   "What to do when your phone is lost",
}
