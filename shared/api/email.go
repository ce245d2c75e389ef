package api

import "doorward/shared/check"

// The calls about a user's addresses, and what mailed links open. Those that change
// an address of the signed-in user need a step-up.
var (
	// Profile tells the addresses, and those that wait for their confirmation.
	Profile = get[ProfileInfo]("/api/profile")
	// ChangeEmail mails a link to the new address and a notice to the old one. The
	// address counts once the link is opened. The answer does not say whether
	// somebody else has the address.
	ChangeEmail = post[ChangeEmailRequest, Done]("/api/profile/email")
	// AddNoticeAddress is the same for a further address, which gets every notice
	// and opens nothing.
	AddNoticeAddress = post[ChangeEmailRequest, Done]("/api/profile/notice-address")
	// RemoveNoticeAddress removes the further address.
	RemoveNoticeAddress = post[None, Done]("/api/profile/notice-address/remove")
	// CancelEmailChange voids the links of both.
	CancelEmailChange = post[None, Done]("/api/profile/email/cancel")
	// ConfirmEmail confirms the address that the link was mailed to.
	ConfirmEmail = post[LinkRequest, NextStep]("/api/email")
	// LockDown ends all sessions of the link's user, revokes their trusted devices
	// and pending links, and closes the account until a new password is chosen.
	// Nothing else is suspended. The link with which to choose is mailed to them.
	LockDown = post[LinkRequest, NextStep]("/api/not-me")
	// ChoosePassword chooses a new password with a mailed link. It ends all sessions
	// and signs nobody in.
	ChoosePassword = post[ChoosePasswordRequest, NextStep]("/api/new-password")
)

// ProfileInfo is a user's addresses; those pending are not confirmed yet.
type ProfileInfo struct {
	Email         string `json:"email"`
	EmailPending  string `json:"email_pending,omitempty"`
	NoticeAddress string `json:"notice_address,omitempty"`
	NoticePending string `json:"notice_pending,omitempty"`
	Mail          bool   `json:"mail"` // mail can be sent

	Language        string     `json:"language,omitempty"` // that was chosen, by its tag
	BrowserLanguage string     `json:"browser_language"`   // what the browser asks for, by its name
	Languages       []Language `json:"languages"`          // to choose from
}

// ChangeEmailRequest carries the new address.
type ChangeEmailRequest struct {
	Email string `json:"email"`
}

// Problems returns what is wrong with the fields.
func (r ChangeEmailRequest) Problems() Problems {
	p := Problems{}
	p.Add("email", check.Email(r.Email))
	return p
}

// LinkRequest carries the token of a one-time link.
type LinkRequest struct {
	Token string `json:"token"`
}

// Problems returns what is wrong with the fields.
func (r LinkRequest) Problems() Problems {
	p := Problems{}
	p.Add("token", check.Token(r.Token))
	return p
}

// ChoosePasswordRequest carries the token of the link and the new password.
type ChoosePasswordRequest struct {
	Token    string `json:"token"`
	Password string `json:"password"`
}

// Problems returns what is wrong with the fields. The least length depends on the
// account (see [LinkInfo].MinPassword); the server checks that.
func (r ChoosePasswordRequest) Problems() Problems {
	p := Problems{}
	p.Add("token", check.Token(r.Token))
	p.Add("password", check.Password(r.Password, check.MinPasswordWith))
	return p
}
