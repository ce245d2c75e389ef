package server_test

import (
	"strings"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// What is done on the host.

func (y *play) onHost(what string, err error, want bool) {
	_, refused := auth.Refused(err)
	if err != nil && !refused || (err == nil) != want {
		y.fail("%s: %v, the model says %v", what, err, want)
	}
}

func (y *play) onHostRole(u *modelUser, way int) {
	role := roles[way%len(roles)]
	_, err := y.p.Server.Promote(y.t.Context(), u.name, role, why)
	y.onHost("promote", err, y.model.promote(u, role))
}

func (y *play) onHostReset(u *modelUser) {
	_, err := y.p.Server.ResetTwoFactor(y.t.Context(), u.email, why)
	y.onHost("reset-2fa", err, u.twoFactor)
	if u.twoFactor {
		y.reset(u)
	}
}

func (y *play) onHostLink(u *modelUser) {
	link, _, err := y.p.Server.PasswordLink(y.t.Context(), u.name, why)
	y.onHost("set-password", err, true)
	y.model.endSessions(u, nil)
	y.endAttempts(u)
	y.link(auth.LinkPassword, u, time.Hour).token = link[strings.LastIndexByte(link, '/')+1:]
}

func (y *play) onHostUnlock(u *modelUser) {
	_, err := y.p.Server.Unlock(y.t.Context(), u.name, why)
	y.onHost("unlock", err, true)
	y.model.endSessions(u, nil)
	y.endAttempts(u)
}

// hammer guesses at a password until the wait begins, which then keeps the right one
// out too, and is over after a while.
func (y *play) hammer(u *modelUser) {
	b := y.p.Browser()
	try := func(password string) check.Code {
		return servertest.Refused(y.t, b, api.SignIn, api.SignInRequest{Name: u.name, Password: password})
	}
	for i := range auth.LimitAccount.Free {
		if got := try("a guess"); got != check.WrongPassword {
			y.fail("guess %d: %q", i+1, got)
		}
	}
	if got := try(u.password); got != check.Throttled {
		y.fail("after %d guesses: %q", auth.LimitAccount.Free, got)
	}
	y.advance(auth.LimitAccount.First)
	other := &playBrowser{Browser: b}
	y.password(other, u, true)
}
