package server_test

import (
	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/servertest"
	"doorward/shared/api"
)

// help has staff, and the host, help somebody who also comes back by a phone.
func (l *listener) help(ada *servertest.Person) {
	gus := l.Add("gus", auth.Member, ada.User().Organization).SignIn().Enroll().AddPhone(otherMobile)
	l.told()
	l.after("a recovery phone", to(message.NewDevice, "gus@example.org")+", "+to(message.RecoveryPhoneUsed, "gus@example.org", otherMobile), func() {
		b := gus.Halfway()
		servertest.Must(l.t, b, api.SendRecoveryText, api.SendTextRequest{})
		l.Deliver()
		servertest.Must(l.t, b, api.VerifyRecoveryText, api.VerifyRecoveryTextRequest{Code: l.Post.Code(otherMobile)})
	})
	hugo := l.Add("hugo", auth.Admin, ada.User().Organization).SignIn().Enroll()
	l.told()
	for act, want := range map[api.Act]string{
		api.ActSuspend:   to(message.AccountSuspended, "gus@example.org", otherMobile),
		api.ActReinstate: to(message.AccountReinstated, "gus@example.org"),
	} {
		if act == api.ActReinstate {
			l.Change("gus", func(u *auth.User) { u.State = auth.Suspended })
		}
		l.after(string(act), want, func() {
			servertest.Must(l.t, hugo, api.ActOnPeople, api.ActRequest{IDs: []string{gus.ID()}, Act: act, Reason: "x"})
		})
		l.Change("gus", func(u *auth.User) { u.State = auth.Active })
	}
	for _, tt := range []struct {
		what, want string
		do         func() error
	}{
		{"unlock", to(message.ThrottleLifted, "gus@example.org"), func() error { _, err := l.Server.Unlock(l.t.Context(), "gus", "x"); return err }},
		{"a link from the host", to(message.SessionsEndedByStaff, "gus@example.org"), func() error { _, _, err := l.Server.PasswordLink(l.t.Context(), "gus", "x"); return err }},
		{"another role", to(message.RoleChanged, "gus@example.org"), func() error { _, err := l.Server.Promote(l.t.Context(), "gus", auth.Helper, "x"); return err }},
		{"a reset", to(message.TwoFactorReset, "gus@example.org", otherMobile), func() error { _, err := l.Server.ResetTwoFactor(l.t.Context(), "gus", "x"); return err }},
	} {
		l.after(tt.what, tt.want, func() {
			if err := tt.do(); err != nil {
				l.t.Error(err)
			}
		})
	}
}
