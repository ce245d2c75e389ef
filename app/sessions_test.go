//go:build !js

package app

import (
	"slices"
	"testing"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

var (
	hereNow   = api.SessionRow{ID: "s1", Current: true, Device: "Firefox on Linux", Address: "192.0.2.1", Started: time.Now().UnixMilli()}
	elsewhere = api.SessionRow{ID: "s2", Device: "Safari on iOS", Address: "192.0.2.2", Started: 1_700_000_000_000, LastSeen: time.Now().Add(-time.Hour).UnixMilli()}
)

func provedAda() api.SessionInfo {
	s := ada
	s.ProvedUntil = freshly()
	return s
}

func TestSessionsPage_Alone(t *testing.T) {
	p := &sessionsPage{}
	open(t, p, "/profile/sessions", map[string][]any{api.Session.Path: {ada}, api.Sessions.Path: {api.SessionList{Sessions: []api.SessionRow{hereNow}}}})
	reads(t, p, []string{"Firefox on Linux", "192.0.2.1", "Sign out", "You are signed in nowhere else"}, "End", "Last seen")
}

func TestSessionsPage_EndOne(t *testing.T) {
	p := &sessionsPage{}
	d, settle := open(t, p, "/profile/sessions", map[string][]any{
		api.Session.Path:    {provedAda()},
		api.Sessions.Path:   {api.SessionList{Sessions: []api.SessionRow{hereNow, elsewhere}}, api.SessionList{Sessions: []api.SessionRow{hereNow}}},
		api.EndSession.Path: {&api.Error{Code: check.Offline}, &api.Error{Code: check.NotFound}}})
	reads(t, p, []string{"Safari on iOS", "Last seen 1 hour ago", "End all others", "One of these is not you?"})
	p.onEnd(elsewhere)
	reads(t, p, []string{"End this session?", "Safari on iOS is signed out at once"})
	p.end()
	settle()
	reads(t, p, []string{"The server cannot be reached."})
	p.end() // it has ended by itself in the meantime, which is what was wanted
	settle()
	if got := d.called(api.EndSession.Path); !slices.Equal(got, []string{`{"id":"s2"}`, `{"id":"s2"}`}) {
		t.Errorf("sent %v", got)
	}
	reads(t, p, []string{"You are signed in nowhere else"}, "Safari on iOS")
}

func TestSessionsPage_EndOthers(t *testing.T) {
	other := elsewhere
	other.ID, other.Device = "s3", ""
	p := &sessionsPage{}
	d, settle := open(t, p, "/profile/sessions", map[string][]any{
		api.Session.Path:          {provedAda()},
		api.Sessions.Path:         {api.SessionList{Sessions: []api.SessionRow{hereNow, elsewhere, other}}, api.SessionList{Sessions: []api.SessionRow{hereNow}}},
		api.EndOtherSessions.Path: {api.Ended{Count: 2}}})
	reads(t, p, []string{"Unknown device"})
	p.onAll(p.page, goappEvent())
	reads(t, p, []string{"2 other browsers are signed out at once."})
	p.endAll()
	settle()
	if n := len(d.called(api.EndOtherSessions.Path)); n != 1 {
		t.Errorf("%d calls", n)
	}
	reads(t, p, []string{"You are signed in nowhere else"})
}

func TestSessionsPage_NeedsAProof(t *testing.T) {
	p := &sessionsPage{}
	open(t, p, "/profile/sessions", map[string][]any{api.Session.Path: {ada}, api.Sessions.Path: {api.SessionList{Sessions: []api.SessionRow{hereNow, elsewhere}}}})
	p.onEnd(elsewhere)
	reads(t, p, []string{"Is it still you?"}, "End this session?")
}
