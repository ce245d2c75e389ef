package api

import (
	"slices"

	"doorward/shared/check"
)

// What an organization asks of its people, for administrators. A change names the
// Version that it was made of: when another administrator was faster it is refused
// with PolicyChanged, and nothing is lost.
var (
	// Policy tells the policy.
	Policy = post[OrganizationRequest, PolicyInfo]("/api/policy")
	// PreviewPolicy tells what a change would do, and changes nothing.
	PreviewPolicy = post[ChangePolicyRequest, PolicyPreview]("/api/policy/preview")
	// ChangePolicy changes it. It needs a step-up.
	ChangePolicy = post[ChangePolicyRequest, PolicyInfo]("/api/policy/change")

	// Adoption tells how many people have two-factor, and whether it is mandatory.
	Adoption = post[OrganizationRequest, AdoptionInfo]("/api/adoption")
	// MakeMandatory makes two-factor mandatory from a moment on. It needs a step-up, and
	// the caller must have two-factor.
	MakeMandatory = post[MakeMandatoryRequest, AdoptionInfo]("/api/adoption/mandatory")
	// DisableMandatory undoes it at once. It needs a step-up.
	DisableMandatory = post[DisableMandatoryRequest, AdoptionInfo]("/api/adoption/disable")
	// RemindAll mails everybody who is not ready a reminder, once a day at most. It
	// needs a step-up.
	RemindAll = post[OrganizationRequest, Reminded]("/api/adoption/remind")
)

// The bounds of a policy.
const (
	MinIdleMinutes    = 15
	MaxIdleMinutes    = 30 * 24 * 60
	MinOverallMinutes = 15
	MaxOverallMinutes = 30 * 24 * 60
	MaxTrustedDays    = 90
	MaxMinPassword    = 64
)

// PolicySettings is what an organization asks. A method that is not among Methods can
// not be set up; where Until has a moment for it (Unix milliseconds), who has nothing
// else is asked from then on to set up another, and until then it goes on working.
type PolicySettings struct {
	Methods        []Method         `json:"methods"`
	Until          map[Method]int64 `json:"until,omitempty"`
	RecoveryPhone  PhonePolicy      `json:"recovery_phone"`
	TrustedDays    int              `json:"trusted_days"`
	IdleMinutes    int              `json:"idle_minutes"`
	OverallMinutes int              `json:"overall_minutes"`
	StaySignedIn   bool             `json:"stay_signed_in"` // sessions outlast the closing of the browser
	MinPassword    int              `json:"min_password"`   // code points; 15 at least where the password stands alone
}

// Problems returns what is wrong with the fields.
func (s PolicySettings) Problems() Problems {
	p := Problems{}
	if !slices.Contains(s.Methods, MethodTOTP) {
		p.Add("methods", check.MethodNeeded)
	}
	for i, m := range s.Methods {
		if m != MethodTOTP && m != MethodText || slices.Contains(s.Methods[:i], m) {
			p.Add("methods", check.BadCharacters)
		}
	}
	for m, at := range s.Until {
		if slices.Contains(s.Methods, m) || at <= 0 || m != MethodText {
			p.Add("until", check.BadCharacters)
		}
	}
	if s.RecoveryPhone != PhoneOff && s.RecoveryPhone != PhoneOptional && s.RecoveryPhone != PhoneRequired {
		p.Add("recovery_phone", check.BadCharacters)
	}
	p.Add("trusted_days", check.Between(s.TrustedDays, 0, MaxTrustedDays))
	p.Add("idle_minutes", check.Between(s.IdleMinutes, MinIdleMinutes, MaxIdleMinutes))
	p.Add("overall_minutes", check.Between(s.OverallMinutes, MinOverallMinutes, MaxOverallMinutes))
	if p["overall_minutes"] == "" && s.OverallMinutes < s.IdleMinutes {
		p.Add("overall_minutes", check.TooSmall)
	}
	p.Add("min_password", check.Between(s.MinPassword, check.MinPasswordWith, MaxMinPassword))
	return p
}

// PolicyInfo is the policy as it is.
type PolicyInfo struct {
	PolicySettings
	Version int64 `json:"version"`
	Texts   bool  `json:"texts"` // text messages can be sent at all
}

// ChangePolicyRequest is a policy to put in the place of the one called Version.
type ChangePolicyRequest struct {
	Organization string `json:"organization,omitempty"`
	Version      int64  `json:"version"`
	PolicySettings
}

// Problems returns what is wrong with the fields.
func (r ChangePolicyRequest) Problems() Problems {
	p := versionProblems(r.Organization, r.Version)
	for field, code := range r.PolicySettings.Problems() {
		p.Add(field, code)
	}
	return p
}

// PolicyPreview is what a change would do: the settings that differ, and who has
// nothing but a method that would be forbidden.
type PolicyPreview struct {
	Changes  []SettingChange `json:"changes"`
	Affected []MethodUse     `json:"affected,omitempty"`
	Sessions int             `json:"sessions"` // that would end at once, because the limits are tighter
}

// SettingChange is one setting before and after, as the audit has them: methods with
// commas, minutes and days in digits, "true" and "false".
type SettingChange struct {
	Name   string `json:"name"` // the JSON name of the setting
	Before string `json:"before"`
	After  string `json:"after"`
}

// MethodUse is who uses a method: how many people in all, how many have nothing else,
// and the first of those.
type MethodUse struct {
	Method Method      `json:"method"`
	People int         `json:"people"`
	Only   int         `json:"only"`
	First  []PersonRow `json:"first"` // at most 50
}

// AdoptionInfo is how far two-factor has come. People are the active ones; invited ones
// are counted besides. Times are Unix milliseconds, 0 for none.
type AdoptionInfo struct {
	People        int             `json:"people"`
	Ready         int             `json:"ready"`
	Exempt        int             `json:"exempt"` // not ready, and exempt now
	Invited       int             `json:"invited"`
	Methods       []MethodCount   `json:"methods"`   // of those who are ready; one person may have several
	Line          []AdoptionPoint `json:"line"`      // a point a day, the oldest first
	NotReady      []PersonRow     `json:"not_ready"` // the first, at most 50, by name
	MandatoryFrom int64           `json:"mandatory_from"`
	MandatorySet  int64           `json:"mandatory_set"` // when that was decided
	MandatoryBy   string          `json:"mandatory_by,omitempty"`
	RemindedAt    int64           `json:"reminded_at"` // when all were reminded last
	Version       int64           `json:"version"`
	Mail          bool            `json:"mail"`    // reminders can be mailed
	HasTwo        bool            `json:"has_two"` // the caller has two-factor, and may make it mandatory
}

// MethodCount is how many people have a method.
type MethodCount struct {
	Method Method `json:"method"`
	People int    `json:"people"`
}

// AdoptionPoint is how it stood at the end of a day (UTC; Unix milliseconds of its
// beginning).
type AdoptionPoint struct {
	Day    int64 `json:"day"`
	People int   `json:"people"`
	Ready  int   `json:"ready"`
}

// MaxMandatoryDays is how far ahead the date may be.
const MaxMandatoryDays = 366

// MakeMandatoryRequest says from when on; 0: at once.
type MakeMandatoryRequest struct {
	Organization string `json:"organization,omitempty"`
	Version      int64  `json:"version"`
	From         int64  `json:"from,omitempty"` // Unix milliseconds
}

// Problems returns what is wrong with the fields.
func (r MakeMandatoryRequest) Problems() Problems {
	p := versionProblems(r.Organization, r.Version)
	if r.From < 0 {
		p.Add("from", check.TooSmall)
	}
	return p
}

// DisableMandatoryRequest undoes mandatory two-factor.
type DisableMandatoryRequest struct {
	Organization string `json:"organization,omitempty"`
	Version      int64  `json:"version"`
}

// Problems returns what is wrong with the fields.
func (r DisableMandatoryRequest) Problems() Problems {
	return versionProblems(r.Organization, r.Version)
}

// versionProblems returns what is wrong with the policy that a request names: none is
// of a version below 0.
func versionProblems(organization string, version int64) Problems {
	p := organizationProblems(organization)
	if version < 0 {
		p.Add("version", check.TooSmall)
	}
	return p
}

// Reminded is how many people will be mailed a reminder.
type Reminded struct {
	People int `json:"people"`
}
