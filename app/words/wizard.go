package words

// Wizard is the text of setting up an authenticator.
type Wizard struct {
	SetUp, Add, Replace      string // titles
	AddAny, ReplaceAny       string // where there are several methods
	StepMethod, StepApp      string // names of the steps
	StepScan, StepCode       string
	StepName, StepCodes      string
	Continue                 string
	Cancel, CancelTitle      string
	CancelText, CancelKept   string // nothing is changed; the old one keeps working
	CancelSubmit, CancelGoOn string
	NeedProof, NeedProofAct  string
	Full, FullText, FullAct  string

	MethodLead              string
	App, AppNote            string
	Recommended, OtherLater string
	Text, TextNote          string
	TextRisk, Weaker        string

	StepNumber, NumberLead             string // the number that codes are sent to
	NumberGone                         string
	NumberProved, NumberProvedText     string
	NumberAdded, NumberAddedLead       string
	NumberReplaced, NumberReplacedLead string

	GetLead               string
	Have                  string
	IOS, Android, Desktop string // tabs
	Systems               string // name of the tabs
	OpenSource, Backup    string
	AppStore, PlayStore   string
	FDroid, Website       string
	NewTab                string

	NameLead, NameField, NameHint string
	NameSubmit                    string
	Phone, IPhone, IPad           string // suggestions
	AndroidPhone                  string

	ScanLead, OpenLead  string
	Open, OpenHint      string
	QRTitle, KeyTitle   string
	KeyHint, CopyKey    string
	CopyLink            string
	Scanned             string
	Named, Rename       string // {name}
	Expires             string // {left}
	GoneTitle, GoneText string
	GoneAct             string
	TwoDevices          string

	CodeLead              string // {name}
	Code, CodeHint        string
	CodeSubmit            string
	NoCode, NoCodeText    string
	SpentNext             string
	ProvedTitle           string // {name}
	ProvedText, ProvedAct string

	CodesLead                  string
	Download, Print            string
	Saved, SavedFirst          string
	Finish                     string
	PaperTitle                 string
	PaperProduct, PaperAccount string
	PaperAddress, PaperDate    string
	PaperNote                  string
	FileName                   string // {name}; of letters that any file system has
	FileHead, FileNote         string

	DoneSetUp, DoneSetUpLead     string
	DoneAdd, DoneAddLead         string // {name}
	DoneReplace, DoneReplaceLead string
	SecondTitle, SecondText      string
	SecondAct                    string
	OthersTitle, OthersText      string
	OthersAct                    string
	OthersOne, OthersMany        string // {n}
	OthersNone                   string
	OthersEnded, OthersEndedText string
	ToSecurity                   string
	GoOn                         string
}

var englishWizard = Wizard{
	SetUp:        "Set up two-\u2060factor authentication",
	Add:          "Add an authenticator app",
	Replace:      "Replace your authenticator app",
	AddAny:       "Add an authenticator",
	ReplaceAny:   "Replace your authenticator",
	StepMethod:   "Choose a method",
	StepApp:      "Get an authenticator app",
	StepScan:     "Connect your app",
	StepName:     "Name your device",
	StepCode:     "Enter the code",
	StepCodes:    "Save your recovery codes",
	Continue:     "Continue",
	Cancel:       "Cancel",
	CancelTitle:  "Stop setting it up?",
	CancelText:   "Nothing has been changed so far, and nothing will be. The entry in your app will not work; you can delete it.",
	CancelKept:   "Nothing has been changed so far, and what you have keeps working. The new entry in your app will not work; you can delete it.",
	CancelSubmit: "Stop",
	CancelGoOn:   "Go on setting it up",
	NeedProof:    "First we make sure that it is you, so that nobody at an open browser can do this in your name.",
	NeedProofAct: "Prove that it is me",
	Full:         "There is no room for another one",
	FullText:     "You have as many authenticator apps as there may be. Remove or replace one of them.",
	FullAct:      "To your authenticator apps",

	MethodLead:  "A second step shows that it is you even if somebody knows your password.",
	App:         "Authenticator app",
	AppNote:     "A free app on your phone shows a new six-digit code every 30 seconds. It works without a network.",
	Recommended: "Recommended",
	OtherLater:  "This is the one method here at present. It needs no phone number and costs nothing.",

	Text:     "Text message",
	TextNote: "We send a six-digit code to your mobile number when you sign in.",
	TextRisk: "A number can be taken over, and messages can be read by others. An authenticator app is safer, and works without a network.",
	Weaker:   "Weaker",

	StepNumber:         "Your mobile number",
	NumberLead:         "We send a code to it now, and after your password from then on.",
	NumberGone:         "Nothing was changed. Please enter your number again, and we send a new code.",
	NumberProved:       "Your number works",
	NumberProvedText:   "The code was right. No other is asked for now.",
	NumberAdded:        "Your number is verified",
	NumberAddedLead:    "From now on you can have a code sent to it when you sign in.",
	NumberReplaced:     "Your number has taken over",
	NumberReplacedLead: "What it replaces no longer works.",

	GetLead:    "Any app that scans QR codes for six-digit codes will do. These are good ones.",
	Have:       "I already have one",
	IOS:        "iPhone, iPad",
	Android:    "Android",
	Desktop:    "Computer",
	Systems:    "Where the app shall run",
	OpenSource: "Open source",
	Backup:     "encrypted backup",
	AppStore:   "App Store",
	PlayStore:  "Google Play",
	FDroid:     "F-Droid",
	Website:    "Website",
	NewTab:     "opens in a new tab",

	NameLead:     "Give the device a name, so that you can tell it from others later.",
	NameField:    "Name of the device",
	NameHint:     "Only you and your administrator see it.",
	NameSubmit:   "Continue",
	Phone:        "Phone",
	IPhone:       "iPhone",
	IPad:         "iPad",
	AndroidPhone: "Android phone",

	ScanLead:   "In your app, choose to add an account or press the plus sign, and scan this.",
	OpenLead:   "Is your authenticator app on this very device? Then one press connects it.",
	Open:       "Open in your authenticator app",
	OpenHint:   "If nothing opens, copy the key below into the app.",
	QRTitle:    "Scan with another device",
	KeyTitle:   "Or type the key",
	KeyHint:    "Time-based, six digits, 30 seconds. Capitals and spaces do not matter.",
	CopyKey:    "Copy the key",
	CopyLink:   "Open in an app on this device",
	Scanned:    "My app shows a code",
	Named:      "For {name}",
	Rename:     "Change the name (this makes a new key)",
	Expires:    "This key waits for you: {left}.",
	GoneTitle:  "That took a little long",
	GoneText:   "The key was good for ten minutes and is gone. Nothing was changed. Delete the entry in your app if you made one, and start again with a new key.",
	GoneAct:    "Start again",
	TwoDevices: "You can scan it with several devices. They all show the same codes.",

	CodeLead:    "Type the six digits that your app shows for {name}.",
	Code:        "Six-digit code",
	CodeHint:    "It changes every 30 seconds. The one it shows now is right.",
	CodeSubmit:  "Check the code",
	NoCode:      "The code is not taken?",
	NoCodeText:  "Make sure that you read the entry called Doorward, and that the clock of your device is set automatically. Then try the next code.",
	SpentNext:   "Your app will show the next one within 30 seconds.",
	ProvedTitle: "{name} works",
	ProvedText:  "Its first code was right. The key is not shown again.",
	ProvedAct:   "Go on to the recovery codes",

	CodesLead:    "When your phone is lost, one of these lets you in. Each works once. You may know them as backup codes.",
	Download:     "Download",
	Print:        "Print",
	Saved:        "I have saved them",
	SavedFirst:   "Download, copy or print them first.",
	Finish:       "Turn on two-factor authentication",
	PaperTitle:   "Recovery codes",
	PaperProduct: "For",
	PaperAccount: "Account",
	PaperAddress: "Address",
	PaperDate:    "Made",
	PaperNote:    "Each code lets you in once in place of the code from your phone. Tick off the ones you have used. Keep this sheet where you keep your passport, not beside the computer. Is it lost? Sign in, open Security and make new codes: that voids these. Are you locked out as well? Ask your administrator.",
	FileName:     "doorward-{name}-recovery-codes.txt",
	FileHead:     "Recovery codes for Doorward",
	FileNote:     "Each code lets you in once in place of the code from your phone. Keep this file where others cannot read it, best in a password manager. Is it lost? Sign in, open Security and make new codes: that voids these. Are you locked out as well? Ask your administrator.",

	DoneSetUp:       "Two-factor authentication is on",
	DoneSetUpLead:   "From now on you are asked for a code after your password.",
	DoneAdd:         "{name} is connected",
	DoneAddLead:     "Its codes open the door from now on, like those of the others.",
	DoneReplace:     "{name} has taken over",
	DoneReplaceLead: "The old one no longer works. You can delete its entry in the old app.",
	SecondTitle:     "Keep a second way in",
	SecondText:      "Connect a tablet, a computer or an old phone as well. Then a lost phone is a nuisance and nothing more.",
	SecondAct:       "Add another device",
	OthersTitle:     "Signed in elsewhere?",
	OthersText:      "Other browsers stay signed in until you end that. If you are not sure about one of them, end them all.",
	OthersAct:       "Sign out everywhere else",
	OthersOne:       "1 other browser is signed out.",
	OthersMany:      "{n} other browsers are signed out.",
	OthersNone:      "No other browser was signed in.",
	OthersEnded:     "You are signed out everywhere else",
	OthersEndedText: "Other browsers had proved your password only. They sign in again with a code.",
	ToSecurity:      "To your security settings",
	GoOn:            "Finish",
}
