package api

import "doorward/shared/check"

var (
	// CheckLink tells what a one-time link is for, without using it up.
	CheckLink = post[CheckLinkRequest, LinkInfo]("/api/link")
	// Setup makes the first organization and its first administrator. It works
	// once, with the link that the terminal printed.
	Setup = post[SetupRequest, NextStep]("/api/setup")
	// AcceptInvitation chooses the password of an invited user.
	AcceptInvitation = post[AcceptInvitationRequest, NextStep]("/api/invitation")
	// ChangePassword changes the password. It needs the current one besides a
	// step-up (ASVS 6.2.3, 7.5.1), and can end all other sessions.
	ChangePassword = post[ChangePasswordRequest, Done]("/api/password")
	// ChangeDisplayName changes the name that others see.
	ChangeDisplayName = post[ChangeDisplayNameRequest, Done]("/api/profile/display-name")
	// ChangeLanguage changes the language of pages, mails and text messages.
	ChangeLanguage = post[ChangeLanguageRequest, Done]("/api/profile/language")
	// SuggestPassword makes a strong password up.
	SuggestPassword = get[SuggestedPassword]("/api/suggest-password")
)

// LinkKind is what a one-time link is for.
type LinkKind string

// The kinds of link.
const (
	LinkSetup      LinkKind = "setup"
	LinkInvitation LinkKind = "invitation"
	LinkEmail      LinkKind = "email"    // confirms an address
	LinkNotMe      LinkKind = "not_me"   // locks the account down
	LinkPassword   LinkKind = "password" // chooses a new password
	LinkReset      LinkKind = "reset"    // turns two-factor authentication off
)

// CheckLinkRequest carries the token of a link.
type CheckLinkRequest struct {
	Token string   `json:"token"`
	Kind  LinkKind `json:"kind"`
}

// Problems returns what is wrong with the fields.
func (r CheckLinkRequest) Problems() Problems {
	p := Problems{}
	p.Add("token", check.Token(r.Token))
	switch r.Kind {
	case LinkSetup, LinkInvitation, LinkEmail, LinkNotMe, LinkPassword, LinkReset:
	default:
		p.Add("kind", check.BadCharacters)
	}
	return p
}

// LinkInfo is what a live link is good for. UserName, Email and Organization
// are told where a password is to be chosen, so that a password manager can note
// the name and the form can judge the password's context. For a link that confirms
// an address, Email is the new one.
type LinkInfo struct {
	UserName     string `json:"user_name,omitempty"`
	Email        string `json:"email,omitempty"`
	DisplayName  string `json:"display_name,omitempty"`
	Organization string `json:"organization,omitempty"`
	MinPassword  int    `json:"min_password"` // code points
	Expires      int64  `json:"expires"`      // Unix milliseconds
}

// SetupRequest makes the first organization and its first administrator.
type SetupRequest struct {
	Token        string `json:"token"`
	Organization string `json:"organization"`
	DisplayName  string `json:"display_name"`
	UserName     string `json:"user_name"`
	Email        string `json:"email"`
	Password     string `json:"password"`
}

// Problems returns what is wrong with the fields.
func (r SetupRequest) Problems() Problems {
	p := Problems{}
	p.Add("token", check.Token(r.Token))
	p.Add("organization", check.Text(r.Organization, check.MaxName))
	p.Add("display_name", check.Text(r.DisplayName, check.MaxName))
	p.Add("user_name", check.UserName(r.UserName))
	p.Add("email", check.Email(r.Email))
	p.Add("password", check.Password(r.Password, check.MinPassword, r.Organization, r.UserName, r.Email, r.DisplayName))
	return p
}

// AcceptInvitationRequest chooses the password of the user that the link names.
type AcceptInvitationRequest struct {
	Token    string `json:"token"`
	Password string `json:"password"`
}

// Problems returns what is wrong with the fields. The words of the account are
// the server's to check: the request does not know them.
func (r AcceptInvitationRequest) Problems() Problems {
	p := Problems{}
	p.Add("token", check.Token(r.Token))
	p.Add("password", check.Password(r.Password, check.MinPassword))
	return p
}

// ChangePasswordRequest carries the current and the new password.
type ChangePasswordRequest struct {
	Current   string `json:"current"`
	New       string `json:"new"`
	EndOthers bool   `json:"end_others"`
}

// Problems returns what is wrong with the fields. The least length depends on
// the account (see [SecurityInfo].MinPassword); the server checks that.
func (r ChangePasswordRequest) Problems() Problems {
	p := Problems{}
	p.Add("current", check.PasswordInput(r.Current))
	p.Add("new", check.Password(r.New, check.MinPasswordWith))
	if p["new"] == "" && r.New == r.Current {
		p.Add("new", check.PasswordSame)
	}
	return p
}

// ChangeDisplayNameRequest carries the new display name.
type ChangeDisplayNameRequest struct {
	DisplayName string `json:"display_name"`
}

// Problems returns what is wrong with the fields.
func (r ChangeDisplayNameRequest) Problems() Problems {
	p := Problems{}
	p.Add("display_name", check.Text(r.DisplayName, check.MaxName))
	return p
}

// SuggestedPassword is a password that nobody else was told.
type SuggestedPassword struct {
	Password string `json:"password"`
}

// ChangeLanguageRequest carries the tag of a language (BCP 47); empty has the browser
// decide.
type ChangeLanguageRequest struct {
	Language string `json:"language"`
}

// Problems returns what is wrong with the fields. Whether there is such a language only
// the server knows.
func (r ChangeLanguageRequest) Problems() Problems {
	p := Problems{}
	if len(r.Language) > 20 {
		p.Add("language", check.TooLong)
	}
	return p
}

// Language is a language that there is: its tag, and what it calls itself.
type Language struct {
	Tag  string `json:"tag"`
	Name string `json:"name"`
}
