// Package words holds every sentence a person reads in the client, in one typed
// struct a language. A page's words are a struct of their own, in a file of their
// own, with the English beside it. The other languages are a file each in
// server/languages, whose tests say what is missing; the client is given the one
// that it is to speak by Unpack.
package words

import (
	"strings"
	"sync/atomic"
)

// Words is all the text of one language.
type Words struct {
	Lang string `json:"-"` // the BCP 47 tag
	Name string // of the language, in itself

	Numbers Numbers // how they are written, and what is one

	Frame    Frame    // around every page
	Parts    Parts    // reusable parts: fields, dialogs, copying
	SignIn   SignIn   // password, passcode, recovery code
	Recovery Recovery // lost phone, after a recovery code
	Reset    Reset    // forgotten passwords, links that turn two-factor off
	Welcome  Welcome  // setup and invitation
	Home     Home     // the front page
	Profile  Profile  // name, password
	Security Security // the Security tab
	Wizard   Wizard   // setting up an authenticator app
	Phone    Phone    // numbers, and codes by text message
	Sessions Sessions // where one is signed in
	Email    Email    // addresses, and what mailed links open
	Outbox   Outbox   // messages, for operators
	People   People   // everybody, for staff
	Help     Help     // what staff can do for somebody
	Acts     Acts     // what staff do for one or many
	Invite   Invite   // inviting people
	Activity Activity // what has happened to an account
	Feed     Feed     // the pages that tell it
	StepUp   StepUp   // proving again who it is
	Suggest  Suggest  // passwords that are made up

	Organizations Organizations // for operators
	Adoption      Adoption      // how far two-factor has come, and making it mandatory
	Policy        Policy        // the rules of an organization
	Checklist     Checklist     // what is left to do after setting up
	Moment        Moment        // how long ago
	Codes         Codes         // every check.Code
}

// English is the language the others are measured by.
var English = Words{
	Lang:     "en",
	Name:     "English",
	Numbers:  englishNumbers,
	Frame:    englishFrame,
	Parts:    englishParts,
	SignIn:   englishSignIn,
	Recovery: englishRecovery,
	Reset:    englishReset,
	Welcome:  englishWelcome,
	Home:     englishHome,
	Profile:  englishProfile,
	Security: englishSecurity,
	Wizard:   englishWizard,
	Phone:    englishPhone,
	Sessions: englishSessions,
	Email:    englishEmail,
	Outbox:   englishOutbox,
	People:   englishPeople,
	Help:     englishHelp,
	Acts:     englishActs,
	Invite:   englishInvite,
	Activity: englishActivity,
	Feed:     englishFeed,
	StepUp:   englishStepUp,
	Suggest:  englishSuggest,

	Organizations: englishOrganizations,
	Adoption:      englishAdoption,
	Policy:        englishPolicy,
	Checklist:     englishChecklist,

	Moment: englishMoment,
	Codes:  englishCodes,
}

var current atomic.Pointer[Words]

// Current returns the language in use: English until Use has named another.
func Current() *Words {
	if w := current.Load(); w != nil {
		return w
	}
	return &English
}

// Use makes w the language in use. A client uses one for as long as it runs. The server
// uses one for a page at a time, and sees to it that only one page is drawn at a time.
func Use(w *Words) { current.Store(w) }

// With returns sentence with each {name} replaced by its value; pairs are name,
// value, name, value. A value that is written from right to left leaves the order of
// what is around it alone.
func With(sentence string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		sentence = strings.ReplaceAll(sentence, "{"+pairs[i]+"}", isolated(pairs[i+1]))
	}
	return sentence
}

// isolated returns v between signs that keep its direction to itself, if it needs that.
func isolated(v string) string {
	if !RightToLeft(v) {
		return v
	}
	return "\u2068" + v + "\u2069"
}

// RightToLeft reports whether some of s is in a script that is written from right to left.
func RightToLeft(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return r >= 0x590 && r <= 0x8FF || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC || r >= 0x10800 && r <= 0x10FFF || r >= 0x1E800 && r <= 0x1EFFF
	}) >= 0
}

// Many returns one for what the language in use counts as one thing, and several
// otherwise, with {n} replaced.
func Many(n int, one, several string) string { return Current().Numbers.many(n, one, several) }

func (how Numbers) many(n int, one, several string) string {
	if n == 1 || n == 0 && how.ZeroIsOne {
		several = one
	}
	return With(several, "n", how.grouped(n))
}
