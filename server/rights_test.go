package server_test

import (
	"testing"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// What a call is about, besides the caller.
const (
	nothing = iota
	aPerson
	anOrganization
)

// proof says that a call asks for a step-up.
const proof = true

// right is who may make one call: those of a role and above. Body is a right one, with
// $person and $organization for whom it is about. Done is what it answers who may; nothing
// when it is simply done.
type right struct {
	path  string
	from  auth.Role
	proof bool
	about int
	body  string
	done  check.Code
}

// noRole stands in the table for calls that ask for no session, halfway for those
// between the password and the second step.
const (
	noRole  auth.Role = -1
	halfway auth.Role = -2
)

const (
	settings = `"methods":["totp"],"recovery_phone":"off","trusted_days":1,"idle_minutes":30,"overall_minutes":60,"stay_signed_in":false,"min_password":20`
	helping  = `{"id":"$person","reason":"asked for it"}`
	noToken  = `"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`
	noID     = `"id":"AAAAAAAAAAAAAAAAAAAAAA"`
	phrase   = "seven owls watch the tide"
)

// rights is who may do what: every call there is, a line each.
var rights = []right{
	{"/api/sign-in", noRole, false, nothing, `{"name":"nobody","password":"a guess"}`, check.WrongPassword},
	{"/api/forgot-password", noRole, false, nothing, `{"name":"nobody"}`, ""},
	{"/api/turn-off", noRole, false, nothing, `{` + noToken + `,"password":"a guess"}`, check.LinkDead},
	{"/api/sign-in/cancel", noRole, false, nothing, `{}`, ""},
	{"/api/sign-out", noRole, false, nothing, `{}`, ""},
	{"/api/link", noRole, false, nothing, `{` + noToken + `,"kind":"email"}`, check.LinkDead},
	{"/api/setup", noRole, false, nothing, `{` + noToken + `,"organization":"Ours","display_name":"Me","user_name":"me","email":"me@example.org","password":"` + phrase + `"}`, check.LinkDead},
	{"/api/invitation", noRole, false, nothing, `{` + noToken + `,"password":"` + phrase + `"}`, check.LinkDead},
	{"/api/email", noRole, false, nothing, `{` + noToken + `}`, check.LinkDead},
	{"/api/not-me", noRole, false, nothing, `{` + noToken + `}`, check.LinkDead},
	{"/api/new-password", noRole, false, nothing, `{` + noToken + `,"password":"` + phrase + `"}`, check.LinkDead},
	{"/api/suggest-password", noRole, false, nothing, ``, ""},

	{"/api/sign-in/totp", halfway, false, nothing, `{"passcode":"000000"}`, check.WrongPasscode},
	{"/api/sign-in/recovery-code", halfway, false, nothing, `{"recovery_code":"0000-0000-0000-0000"}`, check.WrongRecoveryCode},
	{"/api/sign-in/text", halfway, false, nothing, `{"code":"000000"}`, check.TextCodeExpired},
	{"/api/sign-in/text/send", halfway, false, nothing, `{}`, check.TextsUnavailable},
	{"/api/sign-in/lost", halfway, false, nothing, ``, ""},
	{"/api/sign-in/recovery-phone/send", halfway, false, nothing, `{}`, check.TextsUnavailable},
	{"/api/sign-in/recovery-phone", halfway, false, nothing, `{"code":"000000"}`, check.TextCodeExpired},
	{"/api/sign-in/ask-staff", halfway, false, nothing, `{}`, ""},
	{"/api/sign-in/state", halfway, false, nothing, ``, ""},

	{"/api/sign-in/recovered", auth.Member, false, nothing, `{"then":"continue"}`, ""},
	{"/api/session", auth.Member, false, nothing, ``, ""},
	{"/api/sessions", auth.Member, false, nothing, ``, ""},
	{"/api/step-up/ways", auth.Member, false, nothing, ``, ""},
	{"/api/step-up/text", auth.Member, false, nothing, `{}`, check.TextsUnavailable},
	{"/api/step-up", auth.Member, false, nothing, `{"password":"a guess","passcode":"000000"}`, check.WrongPassword},
	{"/api/sessions/end", auth.Member, proof, nothing, `{` + noID + `}`, check.NotFound},
	{"/api/sessions/end-others", auth.Member, proof, nothing, `{}`, ""},
	{"/api/password", auth.Member, proof, nothing, `{"current":"a guess","new":"` + phrase + `"}`, check.WrongPassword},
	{"/api/profile/display-name", auth.Member, false, nothing, `{"display_name":"Me"}`, ""},
	{"/api/profile/language", auth.Member, false, nothing, `{"language":"fr"}`, ""},
	{"/api/profile", auth.Member, false, nothing, ``, ""},
	{"/api/profile/email", auth.Member, proof, nothing, `{"email":"new@example.org"}`, ""},
	{"/api/profile/notice-address", auth.Member, proof, nothing, `{"email":"new@example.org"}`, ""},
	{"/api/profile/notice-address/remove", auth.Member, proof, nothing, `{}`, check.NotFound},
	{"/api/profile/email/cancel", auth.Member, false, nothing, `{}`, ""},
	{"/api/security", auth.Member, false, nothing, ``, ""},
	{"/api/enrollment", auth.Member, proof, nothing, ``, ""},
	{"/api/enrollment/start", auth.Member, proof, nothing, `{"name":"Tablet"}`, ""},
	{"/api/enrollment/confirm", auth.Member, proof, nothing, `{"passcode":"000000"}`, check.EnrollmentExpired},
	{"/api/enrollment/finish", auth.Member, proof, nothing, `{"saved":true}`, check.EnrollmentExpired},
	{"/api/enrollment/resend", auth.Member, proof, nothing, `{}`, check.EnrollmentExpired},
	{"/api/enrollment/cancel", auth.Member, false, nothing, `{}`, ""},
	{"/api/enrollment/options", auth.Member, false, nothing, ``, ""},
	{"/api/authenticators/rename", auth.Member, proof, nothing, `{` + noID + `,"name":"Mine"}`, check.NotFound},
	{"/api/authenticators/remove", auth.Member, proof, nothing, `{` + noID + `}`, check.NotFound},
	{"/api/recovery-codes/regenerate", auth.Member, proof, nothing, `{}`, ""},
	{"/api/two-factor/turn-off", auth.Member, proof, nothing, `{}`, ""},
	{"/api/check-up", auth.Member, false, nothing, `{"skip":true}`, check.NotFound},
	{"/api/recovery-phone", auth.Member, proof, nothing, ``, ""},
	{"/api/recovery-phone/start", auth.Member, proof, nothing, `{"number":"` + mobile + `","country":"DE"}`, check.TextsUnavailable},
	{"/api/recovery-phone/resend", auth.Member, proof, nothing, `{}`, check.EnrollmentExpired},
	{"/api/recovery-phone/confirm", auth.Member, proof, nothing, `{"passcode":"000000"}`, check.EnrollmentExpired},
	{"/api/recovery-phone/cancel", auth.Member, false, nothing, `{}`, ""},
	{"/api/recovery-phone/remove", auth.Member, proof, nothing, `{` + noID + `}`, check.NotFound},
	{"/api/trusted-devices/revoke", auth.Member, false, nothing, `{` + noID + `}`, check.NotFound},
	{"/api/trusted-devices/revoke-all", auth.Member, false, nothing, `{}`, ""},
	{"/api/activity/mine", auth.Member, false, nothing, `{}`, ""},
	{"/api/activity/not-me", auth.Member, false, nothing, `{}`, ""},

	{"/api/people", auth.Helper, false, anOrganization, `{"organization":"$organization"}`, ""},
	{"/api/person", auth.Helper, false, aPerson, `{"id":"$person"}`, ""},
	{"/api/person/reset-link", auth.Helper, proof, aPerson, helping, ""},
	{"/api/person/revoke-link", auth.Helper, proof, aPerson, `{"id":"$person","link":"$link"}`, ""},
	{"/api/person/recovery-code", auth.Helper, proof, aPerson, `{"id":"$person","reason":"called","recovery_code":"0000-0000-0000-0000"}`, check.WrongRecoveryCode},
	{"/api/person/lock-down", auth.Helper, proof, aPerson, helping, ""},
	{"/api/person/end-sessions", auth.Helper, proof, aPerson, helping, ""},
	{"/api/person/lift-throttle", auth.Helper, proof, aPerson, helping, ""},
	{"/api/people/act", auth.Helper, proof, aPerson, `{"ids":["$person"],"act":"end_sessions","reason":"asked for it"}`, ""},

	{"/api/people/export", auth.Admin, false, anOrganization, `{"organization":"$organization"}`, ""},
	{"/api/invitations/check", auth.Admin, false, anOrganization, `{"organization":"$organization","people":[{"user_name":"$new","email":"$new@example.org"}]}`, ""},
	{"/api/invitations", auth.Admin, proof, anOrganization, `{"organization":"$organization","people":[{"user_name":"$new","email":"$new@example.org"}]}`, ""},
	{"/api/checklist", auth.Admin, false, nothing, ``, ""},
	{"/api/checklist/tick", auth.Admin, false, nothing, `{"item":"backup","done":true}`, ""},
	{"/api/policy", auth.Admin, false, anOrganization, `{"organization":"$organization"}`, ""},
	{"/api/policy/preview", auth.Admin, false, anOrganization, `{"organization":"$organization","version":$version,` + settings + `}`, ""},
	{"/api/policy/change", auth.Admin, proof, anOrganization, `{"organization":"$organization","version":$version,` + settings + `}`, ""},
	{"/api/adoption", auth.Admin, false, anOrganization, `{"organization":"$organization"}`, ""},
	{"/api/adoption/mandatory", auth.Admin, proof, anOrganization, `{"organization":"$organization","version":$version}`, ""},
	{"/api/adoption/disable", auth.Admin, proof, anOrganization, `{"organization":"$organization","version":$version}`, ""},
	{"/api/adoption/remind", auth.Admin, proof, anOrganization, `{"organization":"$organization"}`, ""},
	{"/api/activity", auth.Admin, false, anOrganization, `{"organization":"$organization"}`, ""},
	{"/api/activity/export", auth.Admin, false, anOrganization, `{"organization":"$organization","format":"csv"}`, ""},
	{"/api/activity/chain", auth.Admin, false, nothing, `{}`, ""},

	{"/api/organizations", auth.Operator, false, nothing, ``, ""},
	{"/api/organizations/add", auth.Operator, proof, nothing, `{"name":"$new"}`, ""},
	{"/api/organizations/rename", auth.Operator, proof, anOrganization, `{"id":"$organization","name":"$new"}`, ""},
	{"/api/organizations/suspend", auth.Operator, proof, anOrganization, `{"id":"$organization","reason":"asked for it"}`, ""},
	{"/api/organizations/reinstate", auth.Operator, proof, anOrganization, `{"id":"$organization","reason":"asked for it"}`, ""},
	{"/api/person/move", auth.Operator, proof, aPerson, `{"id":"$person","organization":"$elsewhere","reason":"asked for it"}`, ""},
	{"/api/outbox", auth.Operator, false, nothing, ``, ""},
	{"/api/outbox/retry", auth.Operator, false, nothing, `{` + noID + `}`, check.NotFound},
}

// itself are the exceptions to the rule that one's own organization is as any that one
// reaches.
var itself = map[string]check.Code{"/api/organizations/suspend": check.OwnOrganization}

// withoutSecond are the calls of administrators that one without two-factor may make: the
// first thing that the checklist tells is to set it up.
var withoutSecond = map[string]bool{"/api/checklist": true, "/api/checklist/tick": true}

// eachRight goes through every call there is, and makes sure that each has its line, and
// that the route says who may make it, and no handler.
func eachRight(t *testing.T, p *servertest.Portal, do func(c server.Call, r right)) {
	t.Helper()
	lines := map[string]right{}
	for _, r := range rights {
		lines[r.path] = r
	}
	for _, c := range p.Server.Calls() {
		r, ok := lines[c.Path]
		if !ok {
			t.Errorf("%s has no line in the table of rights", c.Path)
			continue
		}
		delete(lines, c.Path)
		if c.Rank != max(r.from, auth.Member) || c.Proved != r.proof || c.Second != (r.from > auth.Member && !withoutSecond[c.Path]) {
			t.Errorf("%s: its route and its line in the table of rights disagree: %+v", c.Path, c)
		}
		do(c, r)
	}
	for path := range lines {
		t.Errorf("%s has a line in the table of rights, and is no call", path)
	}
}

// owed returns what a call is to answer somebody of a role who has proved everything.
func (r right) owed(by auth.Role, own bool) check.Code {
	special, isSpecial := itself[r.path]
	switch {
	case r.from == halfway:
		return check.SignInExpired
	case by < r.from:
		return check.Forbidden
	case !own && by < auth.Operator:
		return check.NotFound // to an administrator there is no other organization
	case own && isSpecial:
		return special
	}
	return r.done
}

// actsOn are the bodies of the acts on one person, and the role that each is from: what
// a helper may do for members, and what is for administrators.
var actsOn = map[api.Act]struct {
	from auth.Role
	rest string
}{
	api.ActInviteAgain:      {auth.Admin, ``},
	api.ActRevokeInvitation: {auth.Admin, `,"reason":"x"`},
	api.ActSuspend:          {auth.Admin, `,"reason":"x"`},
	api.ActReinstate:        {auth.Admin, `,"reason":"x"`},
	api.ActChangeRole:       {auth.Admin, `,"reason":"x","role":"helper"`},
	api.ActRemind:           {auth.Helper, ``},
	api.ActResetLink:        {auth.Helper, `,"reason":"x"`},
	api.ActEndSessions:      {auth.Helper, `,"reason":"x"`},
	api.ActExempt:           {auth.Admin, `,"reason":"x","until":$later`},
	api.ActEndExemption:     {auth.Admin, `,"reason":"x"`},
	api.ActDelete:           {auth.Admin, `,"reason":"x","confirm":"$name"`},
}
