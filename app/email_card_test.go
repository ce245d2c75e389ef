//go:build !js

package app

import (
	"slices"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"
)

var adaMail = api.ProfileInfo{Email: "ada@example.org", Mail: true}

// profileOf opens the profile of a freshly proved person with what the calls answer.
func profileOf(t *testing.T, address string, answers map[string][]any) (*profilePage, *desk, func()) {
	t.Helper()
	answers[api.Session.Path], answers[api.Security.Path] = []any{provedAda()}, []any{inactive}
	p := &profilePage{}
	d, settle := open(t, p, address, answers)
	return p, d, settle
}

func TestEmailCard_Change(t *testing.T) {
	pending := adaMail
	pending.EmailPending = "countess@example.org"
	p, d, settle := profileOf(t, "/profile", map[string][]any{
		api.Profile.Path:           {adaMail, pending, adaMail},
		api.ChangeEmail.Path:       {&api.Error{Problems: api.Problems{"email": check.SameEmail}}, &api.Error{Code: check.Throttled, Retry: 1}, api.Done{}},
		api.CancelEmailChange.Path: {&api.Error{Code: check.Offline}, api.Done{}}})
	reads(t, p, []string{"ada@example.org", "cannot be used to sign in"}, "We sent a link", "No mail can be sent")
	c := &p.email
	c.ask(p, emailChange)
	reads(t, p, []string{"Change your e-mail address", "We send a link there, and tell your present address"})
	c.form.set("email", "countess")
	c.submit(p)
	reads(t, p, []string{"This does not look like an e-mail address."})
	c.form.set("email", "ada@example.org")
	c.submit(p)
	settle()
	reads(t, p, []string{"This is the address that you have already."})
	c.form.set("email", "countess@example.org")
	c.submit(p)
	settle()
	reads(t, p, []string{"There were too many tries."})
	c.submit(p)
	settle()
	reads(t, p, []string{"ada@example.org", "We sent a link to countess@example.org. The address changes once you open it.", "Cancel the change"},
		"Change your e-mail address")
	if got := d.called(api.ChangeEmail.Path); len(got) != 3 || got[2] != `{"email":"countess@example.org"}` {
		t.Errorf("sent %v", got)
	}
	c.cancel(p)
	settle()
	reads(t, p, []string{"The server cannot be reached.", "Cancel the change"})
	c.cancel(p)
	settle()
	reads(t, p, nil, "We sent a link", "Cancel the change")
}

func TestEmailCard_FurtherAddress(t *testing.T) {
	pending, added := adaMail, adaMail
	pending.NoticePending, added.NoticeAddress = "babbage@example.org", "babbage@example.org"
	p, d, settle := profileOf(t, "/profile", map[string][]any{
		api.Profile.Path:             {adaMail, pending, added, adaMail},
		api.AddNoticeAddress.Path:    {api.Done{}},
		api.RemoveNoticeAddress.Path: {&api.Error{Code: check.Internal}, api.Done{}}})
	c := &p.email
	reads(t, p, []string{"None yet. A second address", "Add an address"})
	c.ask(p, emailNotice)
	c.form.set("email", "babbage@example.org")
	c.submit(p)
	settle()
	if got := d.called(api.AddNoticeAddress.Path); !slices.Equal(got, []string{`{"email":"babbage@example.org"}`}) {
		t.Errorf("sent %v", got)
	}
	reads(t, p, []string{"Notices go there once you open it."})

	refresh(&p.account, &c.info, api.Profile) // the link has been opened
	settle()
	reads(t, p, []string{"babbage@example.org", "Use another address"}, "None yet.", "We sent a link")
	c.ask(p, emailRemove)
	reads(t, p, []string{"Remove this address?", "babbage@example.org gets no more notices."})
	c.remove(p)
	settle()
	reads(t, p, []string{"Something went wrong on our side.", "Remove this address?"})
	c.remove(p)
	settle()
	reads(t, p, []string{"None yet."}, "babbage@example.org", "Remove this address?")
}

func TestEmailCard_Says(t *testing.T) {
	both := api.ProfileInfo{Email: "ada@example.org", EmailPending: "one@example.org", NoticePending: "two@example.org"}
	for _, c := range []struct {
		name, address string
		info          any
		want, never   []string
	}{
		{"no mail server", "/profile", both, []string{"No mail can be sent here yet", "waits in the outbox", "A link to one@example.org waits", "A link to two@example.org waits", "Cancel both changes"}, []string{"We sent"}},
		{"just confirmed", "/profile?notice=email_confirmed", adaMail, []string{"Your address is confirmed."}, []string{"No mail can be sent"}},
		{"without an address", "/profile?notice=other", api.ProfileInfo{Mail: true}, []string{"No address yet"}, []string{"Your address is confirmed."}},
		{"not loaded", "/profile", &api.Error{Code: check.Internal}, []string{"This could not be loaded", "Try again", "Display name"}, []string{"Change the address"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, _, _ := profileOf(t, c.address, map[string][]any{api.Profile.Path: {c.info}})
			reads(t, p, c.want, c.never...)
		})
	}
}

func TestEmailCard_NeedsAProof(t *testing.T) {
	p := &profilePage{}
	open(t, p, "/profile", map[string][]any{api.Session.Path: {ada}, api.Security.Path: {inactive}, api.Profile.Path: {adaMail}})
	for _, what := range []emailAsk{emailChange, emailNotice, emailRemove} {
		p.email.ask(p, what)
		reads(t, p, []string{"Is it still you?"}, "Change your e-mail address", "Remove this address?")
		p.stepUp.dismiss()
	}
}
