//go:build !js

package app

import (
	"slices"
	"strings"
	"testing"

	"doorward/shared/api"
)

func TestPasscodePage_Trust(t *testing.T) {
	departures(t)
	for _, c := range []struct {
		days  int
		tick  string
		want  string
		shows bool
	}{{0, "", `{"passcode":"123456"}`, false}, {30, "", `{"passcode":"123456"}`, true}, {30, "true", `{"passcode":"123456","trust":true}`, true}} {
		p := &passcodePage{}
		d, _ := open(t, p, "/sign-in/passcode", map[string][]any{
			api.CurrentSignIn.Path: {api.SignInState{Ways: []api.Way{api.WayTOTP}, TrustDays: c.days}}, api.VerifyTOTP.Path: {api.NextStep{Path: "/"}}})
		if got := strings.Contains(text(t, p), "Do not ask again"); got != c.shows {
			t.Errorf("for %d days the box is there: %v", c.days, got)
		}
		if c.tick != "" {
			p.form.set("trust", c.tick)
		}
		ctx, settle := handler(t)
		p.send(ctx, "123456")
		settle()
		if got := d.called(api.VerifyTOTP.Path); !slices.Equal(got, []string{c.want}) {
			t.Errorf("sent %v, want %s", got, c.want)
		}
	}
	p := &passcodePage{}
	p.know(&api.SignInState{TrustDays: 1})
	reads(t, p, []string{"on this device for 1 day"}, "1 days")
}
