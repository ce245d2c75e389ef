package server

import (
	"context"
	"errors"
	"strconv"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// sessionInfo tells who is signed in here.
func (s *Server) sessionInfo(ctx context.Context, c *caller, _ api.None) (api.SessionInfo, error) {
	info := api.SessionInfo{UserID: string(c.user.ID), UserName: c.user.UserName, DisplayName: c.user.DisplayName, Email: c.user.Email,
		Role: c.user.Role.String(), Organization: c.organization.Name, TwoFactor: c.user.TwoFactor(), ProvedUntil: millis(c.session.ProvedUntil()), Demand: c.demand()}
	var err error
	if c.user.Role >= auth.Operator {
		if info.Several, err = s.store.Several(ctx); err != nil {
			return info, err
		}
	}
	if info.Demand != nil && info.Demand.Due {
		return info, nil // the wizard needs no more
	}
	if info.CheckUp, err = s.checkUpDue(ctx, c); err != nil {
		return info, err
	}
	if info.Warnings, err = s.warnings(ctx, c); err != nil || !c.mayBeTold() {
		return info, err
	}
	set, err := s.store.RecoverySet(ctx, c.user.ID)
	if err != nil {
		return info, err
	}
	info.Recovery = &api.Recovery{Replacement: auth.ShowRecoveryCode(c.session.Replacement), Left: len(set.Left)}
	return info, nil
}

// mayBeTold reports whether the session still has a new recovery code to tell. It
// tells it for as long as the proof lasts that made it; a cookie that is stolen
// later tells nothing.
func (c *caller) mayBeTold() bool { return c.session.Replacement != "" && c.session.Proved(c.now) }

// sessions lists the user's sessions, this one first.
func (s *Server) sessions(ctx context.Context, c *caller, _ api.None) (api.SessionList, error) {
	list, err := s.store.Sessions(ctx, c.user.ID)
	if err != nil {
		return api.SessionList{}, err
	}
	rows := make([]api.SessionRow, 0, len(list))
	for _, one := range list {
		if !one.Live(c.now, c.organization.Policy) || !one.Enough(c.user) {
			continue
		}
		row := api.SessionRow{ID: string(one.ID), Current: one.ID == c.session.ID, Device: one.Device, Address: one.Address,
			Started: millis(one.Created), LastSeen: millis(one.LastSeen)}
		if row.Current {
			rows = append([]api.SessionRow{row}, rows...)
		} else {
			rows = append(rows, row)
		}
	}
	return api.SessionList{Sessions: rows}, nil
}

// endSession ends one session of the user, which may be this one.
func (s *Server) endSession(ctx context.Context, c *caller, req api.EndSessionRequest) (api.Done, error) {
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		ended, err := tx.EndSession(ctx, c.user.ID, auth.ID(req.ID))
		if err != nil {
			return err
		}
		if !ended {
			return auth.Refuse(check.NotFound)
		}
		return s.record(ctx, tx, c.event(auth.EventSessionEnded), c)
	})
}

// endOtherSessions ends all sessions of the user but this.
func (s *Server) endOtherSessions(ctx context.Context, c *caller, _ api.None) (api.Ended, error) {
	var count int
	err := s.store.Update(ctx, func(tx *store.Tx) (err error) {
		count, err = s.endOthers(ctx, tx, c)
		return err
	})
	return api.Ended{Count: count}, err
}

func (s *Server) endOthers(ctx context.Context, tx *store.Tx, c *caller) (int, error) {
	count, err := tx.EndSessions(ctx, c.user.ID, c.session.ID)
	if err != nil || count == 0 {
		return count, err
	}
	e := c.event(auth.EventSessionsEnded)
	e.Details = map[string]string{"count": strconv.Itoa(count)}
	return count, s.record(ctx, tx, e, c)
}

// ownSession returns the caller's session as it is now. Between the request's
// first look and the transaction it may have ended or got another identifier;
// then the caller is signed out.
func ownSession(ctx context.Context, tx *store.Tx, c *caller) (auth.Session, error) {
	session, _, _, err := tx.SessionByDigest(ctx, c.session.Digest)
	if errors.Is(err, store.NotFound) {
		return session, auth.Refuse(check.SignedOut)
	}
	return session, err
}

// millis returns t as the contract has it: Unix milliseconds, 0 for never.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
