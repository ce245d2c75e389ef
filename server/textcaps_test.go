package server_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// texting returns somebody whose codes go to number, on the morning of the next day:
// nothing that they were sent counts any more.
func texting(p *servertest.Portal, who *servertest.Person, number string) *servertest.Person {
	who.SignIn().EnrollText(number)
	p.Deliver()
	p.Clock.Advance(24 * time.Hour)
	return who
}

// asked proves who's password in a strange browser, a while later, and returns the
// browser and whether a code went to number.
func asked(t *testing.T, p *servertest.Portal, who *servertest.Person, number string) (*servertest.Browser, bool) {
	t.Helper()
	p.Clock.Advance(15 * time.Minute) // past every wait for the password
	before := len(p.Post.Texts(number))
	b := half(t, p, who)
	p.Deliver()
	return b, len(p.Post.Texts(number)) > before
}

// goes fails the test unless exactly n codes in a row go to number.
func goes(t *testing.T, p *servertest.Portal, who *servertest.Person, number string, n int) *servertest.Browser {
	t.Helper()
	for i := range n {
		if _, ok := asked(t, p, who, number); !ok {
			t.Fatalf("code %d to %s did not go", i+1, message.Mask(number))
		}
	}
	b, ok := asked(t, p, who, number)
	if ok {
		t.Fatalf("code %d to %s went", n+1, message.Mask(number))
	}
	return b
}

// refusedText asks for a code to one of the phones of the sign-in in b, and returns
// the refusal.
func refusedText(t *testing.T, b api.Transport, id string) api.Error {
	t.Helper()
	_, err := api.SendText.Call(t.Context(), b, api.SendTextRequest{Authenticator: id})
	refusal, ok := errors.AsType[*api.Error](err)
	if !ok {
		return api.Error{}
	}
	return *refusal
}

// A number gets so many codes a day, whoever asks; but who has no more than the
// password does not use up what the owner's own browser may ask for.
func TestTextCaps_Number(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := texting(p, p.SetUp(), german)
		b := goes(t, p, ada, german, auth.TextsToNumber)
		now := p.Clock.Now()
		midnight := now.Truncate(24 * time.Hour).Add(24 * time.Hour)
		if e := refusedText(t, b, ""); e.Code != check.TextLimit || e.Retry != int(midnight.Sub(now).Seconds()) {
			t.Errorf("one too many: %+v", e)
		}
		p.Restart()
		if e := refusedText(t, b, ""); e.Code != check.TextLimit {
			t.Errorf("after a restart: %+v", e)
		}
		ada.SignIn() // in her own browser, with a code
		p.Clock.Advance(midnight.Sub(p.Clock.Now()) - time.Millisecond)
		if e := refusedText(t, half(t, p, ada), ""); e.Code != check.TextLimit {
			t.Errorf("a moment before midnight: %+v", e)
		}
		p.Clock.Advance(time.Millisecond)
		if _, ok := asked(t, p, ada, german); !ok {
			t.Error("no code goes on the next day")
		}
	}, servertest.WithTexts)
}

// A proved code clears what its number and its user have been sent.
func TestTextCaps_ProvedNumberStartsAnew(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	ada := texting(p, p.SetUp(), german)
	for range auth.TextsToNumber - 1 {
		asked(t, p, ada, german)
	}
	b, ok := asked(t, p, ada, german)
	if code := verifyText(t, b, p.Post.Code(german)); !ok || code != "" {
		t.Fatalf("the last code that may go: %v, %q", ok, code)
	}
	goes(t, p, ada, german, auth.TextsToNumber)
}

// A user gets so many codes a day, to all phones together.
func TestTextCaps_User(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().EnrollText(german)
		ada.StepUp().AddText(british)
		ada.Number = german
		p.Clock.Advance(24 * time.Hour)
		for range auth.TextsToNumber {
			asked(t, p, ada, german)
		}
		b, ok := asked(t, p, ada, german)
		var other string
		for _, way := range servertest.Must(t, b, api.CurrentSignIn, api.None{}).Texts {
			if way.Number == message.Mask(british) {
				other = way.ID
			}
		}
		if ok || other == "" {
			t.Fatalf("a code too many went: %v; the other phone is %q", ok, other)
		}
		for i := range auth.TextsToUser - auth.TextsToNumber {
			if e := refusedText(t, b, other); e.Code != "" {
				t.Fatalf("code %d to the other phone: %+v", i+1, e)
			}
			p.Clock.Advance(auth.ResendAfter)
		}
		if e := refusedText(t, b, other); e.Code != check.TextLimit {
			t.Errorf("one too many: %+v", e)
		}
	}, servertest.WithTexts)
}

// From an address so many codes are asked for in a day, for whomever.
func TestTextCaps_Address(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	people := []*servertest.Person{p.SetUp(), p.Invite("grace"), p.Invite("heidi"), p.Invite("ivan")}
	for i, who := range people {
		who.Address = "198.51.100.7"
		who.SignIn().EnrollText(fmt.Sprintf("+491512345670%d", i))
	}
	p.Clock.Advance(24 * time.Hour)
	left := auth.TextsFromAddress
	for _, who := range people {
		for range min(left, auth.TextsToNumber) {
			if _, ok := asked(t, p, who, who.Number); !ok {
				t.Fatalf("with %d left a code did not go", left)
			}
			left--
		}
	}
	last := people[3]
	b, ok := asked(t, p, last, last.Number)
	if e := refusedText(t, b, ""); ok || e.Code != check.TextLimit {
		t.Errorf("one too many from the address: %v, %+v", ok, e)
	}
	b.Address = "192.0.2.9"
	if e := refusedText(t, b, ""); e.Code != "" {
		t.Errorf("from another address: %+v", e)
	}
}

// The day's ceiling stops all codes until midnight. Operators are told once, by
// mail, and see it.
func TestTextCaps_Ceiling(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada, grace := texting(p, p.SetUp(), german), p.Invite("grace")
		texting(p, grace, british)
		l := listen(t, p)
		l.told()
		goes(t, p, ada, german, 3)
		if got := l.told(); got != to(message.TextsPaused, atHome) {
			t.Errorf("operators are told %q", got)
		}
		b, ok := asked(t, p, grace, british)
		if e := refusedText(t, b, ""); ok || e.Code != check.TextsPaused {
			t.Errorf("somebody else: %v, %+v", ok, e)
		}
		if got := l.told(); got != "" {
			t.Errorf("operators are told again: %q", got)
		}
		servertest.Must(t, ada, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
		servertest.Must(t, ada, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: ada.Codes[0]})
		info, warnings := servertest.Must(t, ada, api.Outbox, api.None{}), servertest.Must(t, ada, api.Session, api.None{}).Warnings
		if info.TextsToday != 3 || info.TextsMost != 3 || !info.Texts || !warned(warnings, api.WarnTextsPaused) {
			t.Errorf("operators see %+v, %v", info, warnings)
		}
		p.Clock.Advance(24 * time.Hour)
		if _, ok := asked(t, p, grace, british); !ok {
			t.Error("no code goes on the next day")
		}
		ada.SignIn()
		if warnings := servertest.Must(t, ada, api.Session, api.None{}).Warnings; warned(warnings, api.WarnTextsPaused) {
			t.Errorf("on the next day operators see %v", warnings)
		}
	}, servertest.WithTexts, func(c *serverConfig) { c.Delivery.TextsPerDay = 3 })
}

// Of many at once as many go as the ceiling allows, and it is told once.
func TestTextCaps_CeilingAmongMany(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := texting(p, p.SetUp(), german)
		l := listen(t, p)
		l.told()
		before := len(p.Post.Texts(german))
		once(func(int) bool {
			_, err := api.SignIn.Call(t.Context(), p.Browser(), api.SignInRequest{Name: "ada", Password: ada.Password})
			if refusal, ok := errors.AsType[*api.Error](err); ok && refusal.Code != check.Throttled {
				t.Errorf("a right password: %+v", refusal)
			}
			return false
		})
		if got, n := l.told(), len(p.Post.Texts(german))-before; got != to(message.TextsPaused, atHome) || n != 3 {
			t.Errorf("told %q, and %d codes went", got, n)
		}
	}, servertest.WithTexts, func(c *serverConfig) { c.Delivery.TextsPerDay = 3 })
}
