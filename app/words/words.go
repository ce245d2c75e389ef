// Package words holds every sentence a person reads in the client, in one typed
// struct a language. A page's words are a struct of their own, in a file of their
// own, with the English beside it: a language is added by filling in another
// Words, and the compiler and the tests of this package say what is missing.
package words

import (
	"strconv"
	"strings"
)

// Words is all the text of one language.
type Words struct {
	Lang string // the BCP 47 tag

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

// Of returns the words of the language that lang names, or else English.
func Of(lang string) *Words {
	return &English
}

// With returns sentence with each {name} replaced by its value; pairs are name,
// value, name, value.
func With(sentence string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		sentence = strings.ReplaceAll(sentence, "{"+pairs[i]+"}", pairs[i+1])
	}
	return sentence
}

// Many returns one when n is 1 and several otherwise, with {n} replaced.
func Many(n int, one, several string) string {
	if n == 1 {
		return one
	}
	return With(several, "n", strconv.Itoa(n))
}
