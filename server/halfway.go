package server

import (
	"context"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
)

// step is what comes after a right password for a user with two-factor.
type step struct {
	path string
	text *textOrder // a code to send, which has been charged for

	excused bool // the browser is trusted
	device  auth.TrustedDevice
	policy  auth.Policy
}

// secondStep decides what comes after the right password of c.user, who has the
// authenticators in list, and charges for the code if one is to be sent. It is to
// be called before users are locked.
func (s *Server) secondStep(ctx context.Context, tx *store.Tx, c *caller, list []auth.Authenticator) (step, error) {
	if !c.user.TwoFactor() {
		return step{}, nil
	}
	var next step
	var err error
	if next.device, next.policy, next.excused, err = excused(ctx, tx, c, c.user); err != nil || next.excused {
		return next, err
	}
	list = next.policy.Accepted(c.user, list, c.now)
	ways := s.methodWays(list)
	if len(ways) == 0 {
		next.path = "/sign-in/recovery-code"
		return next, nil
	}
	if ways[0] != api.WayText {
		next.path = "/sign-in/passcode"
		return next, nil
	}
	next.path = "/sign-in/text"
	phone := auth.Usable(list, auth.MethodText)[0]
	err = s.chargeText(ctx, tx, c, c.user, s.textCaps(c, c.user, phone.Number))
	if err == nil {
		next.text = &textOrder{authenticator: phone.ID, number: phone.Number}
		return next, nil
	}
	if _, refused := auth.Refused(err); !refused {
		return next, err
	}
	if len(ways) > 1 {
		next.path = "/sign-in/passcode" // no code can be sent now, and there is another way
	}
	return next, nil
}

// beginSignIn stores a sign-in whose second step is still to come, sends the code
// for it if there is one to send, and hands the browser its cookie. The try at the
// password stays charged at key until the second step is proved: who has the
// password alone cannot try for ever.
func (s *Server) beginSignIn(ctx context.Context, tx *store.Tx, c *caller, u auth.User, key, next string, to step) (api.NextStep, error) {
	token := s.newToken()
	in := auth.SignIn{ID: s.newID(), Digest: token.Digest(), User: u.ID, Next: next, Created: c.now, Bucket: key}
	if c.familiar.of(u) {
		in.Familiar = c.familiar.device
	}
	if err := tx.AddSignIn(ctx, in); err != nil {
		return api.NextStep{}, err
	}
	if to.text != nil {
		to.text.owner = in.ID
		if _, err := s.queueText(ctx, tx, c, u, *to.text); err != nil {
			return api.NextStep{}, err
		}
	}
	c.keep(s, signInCookie, string(token), auth.SignInFor)
	return api.NextStep{Path: to.path}, s.record(ctx, tx, c.event(auth.EventPasswordAccepted), c)
}
