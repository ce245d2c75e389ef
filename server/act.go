package server

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// act is one thing that staff do for somebody.
type act struct {
	rank  auth.Role // that it takes
	ranks bool      // it may take an administrator or an operator away
	do    func(s *Server, ctx context.Context, tx *store.Tx, d deed) error
}

// deed is an act that is under way for u, who is locked. What is to be told of it goes
// into out.
type deed struct {
	*caller
	staff auth.User // the caller as they are by now
	u     auth.User
	req   api.ActRequest
	out   *api.ActOutcome
}

// acts says what each act is.
var acts = map[api.Act]act{
	api.ActRemind:           {rank: auth.Helper, do: (*Server).actRemind},
	api.ActResetLink:        {rank: auth.Helper, do: (*Server).actResetLink},
	api.ActEndSessions:      {rank: auth.Helper, do: (*Server).actEndSessions},
	api.ActInviteAgain:      {rank: auth.Admin, do: (*Server).actInviteAgain},
	api.ActRevokeInvitation: {rank: auth.Admin, do: (*Server).actRevokeInvitation},
	api.ActSuspend:          {rank: auth.Admin, ranks: true, do: (*Server).actSuspend},
	api.ActReinstate:        {rank: auth.Admin, do: (*Server).actReinstate},
	api.ActChangeRole:       {rank: auth.Admin, ranks: true, do: (*Server).actChangeRole},
	api.ActExempt:           {rank: auth.Admin, do: (*Server).actExempt},
	api.ActEndExemption:     {rank: auth.Admin, do: (*Server).actEndExemption},
	api.ActDelete:           {rank: auth.Admin, ranks: true, do: (*Server).actDelete},
}

// actOnPeople does one thing for each of the people, each in a transaction of their
// own. What is refused for one is told, and done for the others.
func (s *Server) actOnPeople(ctx context.Context, c *caller, req api.ActRequest) (api.ActResult, error) {
	result := api.ActResult{}
	if err := s.mayAct(ctx, c, req); err != nil {
		return result, err
	}
	for i, id := range req.IDs {
		if slices.Contains(req.IDs[:i], id) {
			continue
		}
		out := api.ActOutcome{ID: id}
		err := s.actOn(ctx, c, req, &out)
		refusal, refused := errors.AsType[*auth.Refusal](err)
		switch {
		case err == nil:
		case errors.Is(err, store.NotFound):
			out = api.ActOutcome{ID: id, Code: check.NotFound}
		case !refused, len(result.People) == 0 && aboutCaller(refusal.Code):
			return api.ActResult{}, err // it is not about the person, and nothing has been done that is to be told
		default:
			out = api.ActOutcome{ID: id, Name: out.Name, Code: refusal.Code, Retry: int(math.Ceil(refusal.Retry.Seconds()))}
		}
		result.People = append(result.People, out)
	}
	return result, nil
}

// aboutCaller reports whether a refusal of staffNow has the code.
func aboutCaller(code check.Code) bool {
	return code == check.SignedOut || code == check.StepUpRequired || code == check.TwoFactorFirst
}

// mayAct refuses what can be refused of an act before anybody is looked at.
func (s *Server) mayAct(ctx context.Context, c *caller, req api.ActRequest) error {
	if c.user.Role < acts[req.Act].rank {
		return auth.Refuse(check.Forbidden)
	}
	switch req.Act {
	case api.ActRemind:
		if s.config.Delivery.Mail == nil {
			return auth.Refuse(check.MailUnavailable)
		}
	case api.ActChangeRole:
		if role, err := auth.ParseRole(req.Role); err != nil || role > c.user.Role {
			return auth.RefuseField("role", check.RoleAbove)
		}
	case api.ActExempt:
		switch until := time.UnixMilli(req.Until); {
		case !until.After(c.now):
			return auth.RefuseField("until", check.TooSmall)
		case until.After(c.now.AddDate(0, 0, api.MaxExemptDays)):
			return auth.RefuseField("until", check.TooLong)
		}
	case api.ActDelete:
		return s.confirmed(ctx, c, req)
	}
	return nil
}

// confirmed refuses to delete people unless what had to be typed was: the user name of
// the one person, or how many there are.
func (s *Server) confirmed(ctx context.Context, c *caller, req api.ActRequest) error {
	ids := slices.Compact(slices.Sorted(slices.Values(req.IDs)))
	want := strconv.Itoa(len(ids))
	if len(ids) == 1 {
		u, err := s.reachable(ctx, c, ids[0])
		if code, refused := auth.Refused(err); errors.Is(err, store.NotFound) || refused && code == check.NotFound {
			return nil // that is told as what became of it
		}
		if err != nil {
			return err
		}
		want = u.UserName
	}
	if check.Fold(req.Confirm) != check.Fold(want) {
		return auth.RefuseField("confirm", check.ConfirmMismatch)
	}
	return nil
}

// actOn does it for one person. Between the request's first look and the transaction
// anything may have changed, so all is looked at again.
func (s *Server) actOn(ctx context.Context, c *caller, req api.ActRequest, out *api.ActOutcome) error {
	a := acts[req.Act]
	return s.store.Update(ctx, func(tx *store.Tx) error {
		*out = api.ActOutcome{ID: out.ID}
		if a.ranks {
			if err := lockRanks(ctx, tx); err != nil {
				return err
			}
		}
		if req.Act == api.ActRemind { // buckets come before users, everywhere
			if _, err := tx.LockBucket(ctx, remindKey(auth.ID(out.ID))); err != nil {
				return err
			}
		}
		u, err := tx.LockUser(ctx, auth.ID(out.ID))
		if err != nil {
			return err
		}
		staff, err := staffNow(ctx, tx, c)
		if err != nil {
			return err
		}
		if staff.Reaches(u) {
			out.Name = u.DisplayName
		}
		if err := staff.MayHelp(u); err != nil {
			return err
		}
		if staff.Role < a.rank {
			return auth.Refuse(check.Forbidden)
		}
		return a.do(s, ctx, tx, deed{c, staff, u, req, out})
	})
}

// actResetLink makes a link with which the person turns two-factor off.
func (s *Server) actResetLink(ctx context.Context, tx *store.Tx, d deed) error {
	made, err := s.makeResetLink(ctx, tx, d.caller, d.u, d.req.Reason, d.req.Hours)
	d.out.Link, d.out.Expires, d.out.Mailed = made.Link, made.Expires, made.Mailed
	return err
}

func (s *Server) actEndSessions(ctx context.Context, tx *store.Tx, d deed) error {
	_, err := s.endSessionsOf(ctx, tx, d.caller, d.u, d.req.Reason)
	return err
}

// actExempt puts off what is asked of the person, until a day.
func (s *Server) actExempt(ctx context.Context, tx *store.Tx, d deed) error {
	d.u.ExemptUntil, d.u.ExemptReason = time.UnixMilli(d.req.Until).UTC(), trim(d.req.Reason)
	if err := tx.SaveUser(ctx, d.u); err != nil {
		return err
	}
	e := d.about(d.u, auth.EventExempted, d.req.Reason)
	e.Details["until"] = d.u.ExemptUntil.Format(time.RFC3339)
	return s.record(ctx, tx, e, d.caller)
}

// actEndExemption asks of the person again what is asked of all.
func (s *Server) actEndExemption(ctx context.Context, tx *store.Tx, d deed) error {
	if d.u.ExemptUntil.IsZero() {
		return nil
	}
	d.u.ExemptUntil, d.u.ExemptReason = time.Time{}, ""
	if err := tx.SaveUser(ctx, d.u); err != nil {
		return err
	}
	return s.record(ctx, tx, d.about(d.u, auth.EventExemptionEnded, d.req.Reason), d.caller)
}

// withoutReason returns e for an act that needs no reason and was given none.
func withoutReason(e auth.Event) auth.Event {
	if strings.TrimSpace(e.Details["reason"]) == "" {
		delete(e.Details, "reason")
	}
	return e
}
