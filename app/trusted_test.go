//go:build !js

package app

import (
	"slices"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

// trusting is an account that is freshly proved, with trusted devices.
func trusting(days int, rows ...api.TrustedRow) api.SecurityInfo {
	s := provedSecurity(active)
	s.TrustDays, s.TrustedDevices = days, rows
	return s
}

var (
	trustedHere  = api.TrustedRow{ID: "d1", Current: true, Name: "Firefox on Linux", Address: "192.0.2.1", Added: 1_700_000_000_000, Expires: time.Now().Add(240 * time.Hour).UnixMilli()}
	trustedPhone = api.TrustedRow{ID: "d2", Added: 1_700_000_000_000, LastUsed: time.Now().Add(-time.Hour).UnixMilli(), Expires: 1_700_000_000_000}
)

func TestTrustedDevices(t *testing.T) {
	for _, c := range []struct {
		name  string
		info  api.SecurityInfo
		want  []string
		never []string
	}{
		{"not allowed", trusting(0), nil, []string{"Trusted devices"}},
		{"none", trusting(30), []string{"Trusted devices", "for 30 days", "None. When you give a code"}, []string{"Ask again"}},
		{"for a day", trusting(1), []string{"for 1 day."}, nil},
		{"two", trusting(30, trustedHere, trustedPhone), []string{"Firefox on Linux", "This browser", "From 192.0.2.1", "Unknown device",
			"Last used 1 hour ago", "Until", "Ask again everywhere"}, []string{"None. When"}},
		{"left over", trusting(0, trustedHere), []string{"No more can be added.", "Ask again"}, []string{"for 0 days"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &securityPage{}
			open(t, p, "/profile/security", map[string][]any{api.Session.Path: {adaTwo}, api.Security.Path: {c.info}})
			reads(t, p, c.want, c.never...)
		})
	}
}

func TestTrustedDevices_AskAgain(t *testing.T) {
	p := &securityPage{}
	d, settle := open(t, p, "/profile/security", map[string][]any{
		api.Session.Path:             {adaTwo},
		api.Security.Path:            {trusting(30, trustedHere, trustedPhone), trusting(30, trustedPhone), trusting(30)},
		api.RevokeTrustedDevice.Path: {&api.Error{Code: check.Offline}, api.Done{}, &api.Error{Code: check.NotFound}}})
	p.askAgain("d1")
	p.askAgain("d2") // one after the other
	settle()
	reads(t, p, []string{"The server cannot be reached.", "Firefox on Linux"})
	p.askAgain("d1")
	settle()
	reads(t, p, []string{"Unknown device"}, "The server cannot be reached.", "Firefox on Linux")
	if got := d.called(api.RevokeTrustedDevice.Path); !slices.Equal(got, []string{`{"id":"d1"}`, `{"id":"d1"}`}) {
		t.Errorf("sent %v", got)
	}
	p.askAgain("d2") // it has run out by itself, which is what was wanted
	settle()
	reads(t, p, []string{"None. When you give a code"}, "Unknown device")
}

func TestTrustedDevices_AskAgainEverywhere(t *testing.T) {
	p := &securityPage{}
	d, settle := open(t, p, "/profile/security", map[string][]any{
		api.Session.Path:              {adaTwo},
		api.Security.Path:             {trusting(30, trustedHere, trustedPhone), trusting(30)},
		api.RevokeTrustedDevices.Path: {&api.Error{Code: check.Internal}, api.Ended{Count: 2}}})
	p.prepare(askTrust, "")
	reads(t, p, []string{"Ask for a code again everywhere?", "2 browsers are asked for a code"})
	p.askAll()
	settle()
	reads(t, p, []string{"Something went wrong on our side.", "Ask for a code again everywhere?"})
	p.askAll()
	settle()
	reads(t, p, []string{"None. When you give a code"}, "Ask for a code again everywhere?")
	if n := len(d.called(api.RevokeTrustedDevices.Path)); n != 2 {
		t.Errorf("%d calls", n)
	}
}
