package words

// StepUp is the text of the dialog that asks to prove again who it is.
type StepUp struct {
	Title, Lead, LeadPlain  string // with and without a second step
	Password, WrongPassword string
	Passcode, RecoveryCode  string
	TextCode, TextMe        string // {end}: the last digits of the number
	UseRecovery, UseApp     string
	UseText                 string
	Submit                  string
	UsedTitle, UsedText     string
	UsedNoted               string
}

var englishStepUp = StepUp{
	Title:         "Is it still you?",
	Lead:          "Before anything about your security changes, please give your password and a code again. That is good for ten minutes.",
	LeadPlain:     "Before anything about your security changes, please give your password again. That is good for ten minutes.",
	Password:      "Your password",
	WrongPassword: "That password is not right.",
	Passcode:      "Six-digit code",
	RecoveryCode:  "Recovery code",
	TextCode:      "Six-digit code from the message",
	TextMe:        "Text a code to the number ending in {end}",
	UseText:       "Use a text message instead",
	UseRecovery:   "Use a recovery code instead",
	UseApp:        "Use your authenticator app instead",
	Submit:        "Continue",
	UsedTitle:     "Note your new recovery code",
	UsedText:      "The code you typed is used up. This one takes its place. It is shown only now.",
	UsedNoted:     "I have noted it",
}
