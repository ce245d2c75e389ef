package server

import (
	"context"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
	"doorward/shared/check"
)

// lockRanks has those who may take an administrator or an operator away take turns:
// two at once, each about one of the last two, would leave none. It comes before users
// are locked.
func lockRanks(ctx context.Context, tx *store.Tx) error {
	_, err := tx.LockBucket(ctx, "operators")
	return err
}

// mayStepDown refuses, with LastOperator, to leave the portal without an operator when u
// has no more than left from now on. lockRanks comes before.
func mayStepDown(ctx context.Context, tx *store.Tx, u auth.User, left auth.Role) error {
	if u.Role < auth.Operator || left >= auth.Operator || !u.MayBeSignedIn() {
		return nil
	}
	operators, err := tx.Operators(ctx)
	if err == nil && len(operators) < 2 {
		err = auth.Refuse(check.LastOperator)
	}
	return err
}

// mayLose refuses to leave the portal without an operator, or u's organization without
// an active administrator, when u has no more than left from now on: a lower role, or
// auth.Member for who is suspended or deleted. lockRanks comes before.
func mayLose(ctx context.Context, tx *store.Tx, u auth.User, left auth.Role) error {
	if err := mayStepDown(ctx, tx, u, left); err != nil || left >= auth.Admin {
		return err
	}
	return mayLeave(ctx, tx, u)
}

// actSuspend ends everything of the person and lets them in no more.
func (s *Server) actSuspend(ctx context.Context, tx *store.Tx, d deed) error {
	if d.u.State == auth.Suspended {
		return nil
	}
	if err := mayLose(ctx, tx, d.u, auth.Member); err != nil {
		return err
	}
	if _, err := tx.EndSessions(ctx, d.u.ID, ""); err != nil {
		return err
	}
	if err := s.voidPending(ctx, tx, d.caller, d.u); err != nil {
		return err
	}
	if err := tx.VoidLinksBy(ctx, d.u.ID, d.now); err != nil {
		return err
	}
	d.u.State = auth.Suspended
	if err := tx.SaveUser(ctx, d.u); err != nil {
		return err
	}
	return s.record(ctx, tx, d.about(d.u, auth.EventSuspended, d.req.Reason), d.caller)
}

// actReinstate undoes it. Who has never chosen a password is invited again, and needs
// another link.
func (s *Server) actReinstate(ctx context.Context, tx *store.Tx, d deed) error {
	if d.u.State != auth.Suspended {
		return nil
	}
	d.u.State = auth.Active
	if d.u.Password == "" {
		d.u.State = auth.Invited
	}
	if err := tx.SaveUser(ctx, d.u); err != nil {
		return err
	}
	return s.record(ctx, tx, d.about(d.u, auth.EventReinstated, d.req.Reason), d.caller)
}

// actChangeRole gives the person another role, none above the caller's own.
func (s *Server) actChangeRole(ctx context.Context, tx *store.Tx, d deed) error {
	role, err := auth.ParseRole(d.req.Role)
	if err != nil || role > d.staff.Role {
		return auth.Refuse(check.RoleAbove)
	}
	if role == d.u.Role {
		return nil
	}
	if err := mayLose(ctx, tx, d.u, role); err != nil {
		return err
	}
	before := d.u.Role
	d.u.Role = role
	if err := tx.SaveUser(ctx, d.u); err != nil {
		return err
	}
	// Whoever made a link that turns two-factor off may be below them from now on.
	if _, err := tx.VoidLinks(ctx, d.u.ID, d.now, auth.LinkReset); err != nil {
		return err
	}
	if err := tx.VoidLinksBy(ctx, d.u.ID, d.now); err != nil { // and whom they reached
		return err
	}
	e := d.about(d.u, auth.EventRoleChanged, d.req.Reason)
	e.Details["name"], e.Details["before"] = role.String(), before.String()
	return s.record(ctx, tx, e, d.caller)
}

// actDelete removes the person and everything that is theirs. They are told first, at
// all their addresses; the audit keeps what happened.
func (s *Server) actDelete(ctx context.Context, tx *store.Tx, d deed) error {
	if err := mayLose(ctx, tx, d.u, auth.Member); err != nil {
		return err
	}
	for _, to := range addresses(d.u) {
		if err := s.mail(ctx, tx, d.caller, d.u, message.AccountDeleted, message.Facts{By: d.user.DisplayName}, to); err != nil {
			return err
		}
	}
	if err := tx.Audit(ctx, d.about(d.u, auth.EventDeleted, d.req.Reason), d.now); err != nil {
		return err
	}
	if err := tx.VoidLinksBy(ctx, d.u.ID, d.now); err != nil {
		return err
	}
	return tx.RemoveUser(ctx, d.u.ID)
}
