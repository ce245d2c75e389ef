package words

// Phone is the text about telephone numbers, and codes that are sent to them.
type Phone struct {
	Add, Replace, Lead     string // the page of a recovery phone
	Country, Number        string // fields
	NumberHint             string
	Cost                   string
	SendCode               string
	SentTo                 string // {end}: the last digits of the number
	ChangeNumber           string
	Code, CodeHint         string
	CodeSubmit             string
	Resend, ResendIn       string // {wait}
	SentAgain              string
	NotReceived            string
	Signal, Minute, Newest string
	OtherWay               string
	Done                   string // {end}
	NewCard                string // for a lost phone

	Step, StepLead, StepRequired string // of the wizard
	StepDemanded                 string
	Skip, Verified               string // {end}
	VerifiedOther                string
	Offer, OfferText, OfferAct   string
}

var englishPhone = Phone{
	Add:          "Add a recovery phone",
	Replace:      "Change your recovery phone",
	Lead:         "In case you lose your authenticator, a code sent to this number helps to show that it is you.",
	Country:      "Country",
	Number:       "Mobile number",
	NumberHint:   "As you would write it down. With + or 00 in front it may be of any country on the list.",
	Cost:         "We send one message with a code. Your provider may charge for receiving it abroad.",
	SendCode:     "Send a code",
	SentTo:       "We have sent a code to the number ending in {end}.",
	ChangeNumber: "Use another number",
	Code:         "Six-digit code",
	CodeHint:     "It is good for 10 minutes.",
	CodeSubmit:   "Check the code",
	Resend:       "Send another code",
	ResendIn:     "Another code in {wait}",
	SentAgain:    "Another code is on its way.",
	NotReceived:  "Not received?",
	Signal:       "Make sure that your phone has a signal and is not in flight mode.",
	Minute:       "Wait a minute. Messages can be slow.",
	Newest:       "Send another code. Only the newest one counts.",
	OtherWay:     "Or take another way: it is as good.",
	Done:         "The number ending in {end} is your recovery phone now.",
	NewCard:      "A new SIM card with your old number gets our text message in any phone.",

	Step:          "Your recovery phone",
	StepLead:      "In case you lose your authenticator: a code sent to a number of yours helps to let you in again.",
	StepRequired:  "In case you lose your authenticator: a code sent to a number of yours helps to let you in again. Your organization asks for one.",
	StepDemanded:  "Your organization asks for a recovery phone. After that the recovery codes are the last step.",
	Skip:          "Skip for now",
	Verified:      "The number ending in {end} is verified.",
	VerifiedOther: "Use another number",
	Offer:         "Add a recovery phone",
	OfferText:     "In case you lose your authenticator: a code sent to a number of yours helps to let you in again.",
	OfferAct:      "Add a phone number",
}
