package words

// Home is the text of the front page.
type Home struct {
	Title, Greeting      string // {name}
	Lead                 string
	TwoFactor            string
	ActiveText, OffText  string
	SetUp, Manage        string
	FewNone, FewOne      string // recovery codes left
	FewMany, FewText     string
	FewAct               string
	More                 string // what stands above the links
	ProfileNote          string
	SecurityNote         string
	SessionsNote         string
	PeopleNote           string // staff see it
	NewCode, NewCodeText string // a replaced recovery code that has not been noted yet
	NewCodeAct           string
	DisabledTitle        string
	DisabledText         string
}

var englishHome = Home{
	Title:         "Welcome",
	Greeting:      "Welcome, {name}",
	Lead:          "The door is open. Come in.",
	TwoFactor:     "Two-factor authentication",
	ActiveText:    "To get in as you, someone needs your password and the code on your phone.",
	OffText:       "For now your password alone opens the door. With a second step it stays shut even for someone who knows it.",
	SetUp:         "Set up two-factor authentication",
	Manage:        "Security settings",
	FewNone:       "You have no recovery codes left",
	FewOne:        "You have 1 recovery code left",
	FewMany:       "You have {n} recovery codes left",
	FewText:       "They are your way in when your phone is lost. Make a new set before they run out.",
	FewAct:        "Make new codes",
	More:          "Your account",
	ProfileNote:   "Name, addresses and password",
	SecurityNote:  "Authenticators and recovery codes",
	SessionsNote:  "Where you are signed in",
	PeopleNote:    "Who they are, and help for them",
	NewCode:       "Note your new recovery code",
	NewCodeText:   "You used a recovery code. The one that takes its place has not been noted yet.",
	NewCodeAct:    "Show the code",
	DisabledTitle: "An authenticator is switched off",
	DisabledText:  "It was given too many wrong codes. Replace it, so that it works again.",
}
