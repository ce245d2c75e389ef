package server

import (
	"context"
	"errors"
	"time"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
)

// remindEach is how often it is looked at who is to be reminded to set up two-factor,
// and remindAtOnce how many people are read at a time.
const (
	remindEach   = time.Minute
	remindAtOnce = 200
)

// remindSoon has it looked at now who is to be reminded.
func (s *Server) remindSoon() {
	select {
	case s.reminding <- struct{}{}:
	default: // it will look anyway
	}
}

// Remind mails those who must set up two-factor a reminder when it is announced, a week
// and a day before the date and when it has come, until ctx is done.
func (s *Server) Remind(ctx context.Context) {
	tick := time.NewTicker(remindEach)
	defer tick.Stop()
	for {
		if _, err := s.RemindDue(ctx); err != nil && ctx.Err() == nil {
			s.config.Log.Error("reminders", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.reminding:
		case <-tick.C:
		}
	}
}

// RemindDue mails the reminders that are due now, once, and returns how many. Several
// processes may do so at the same time: nobody is reminded twice. Where no mail can be
// sent nobody is.
func (s *Server) RemindDue(ctx context.Context) (mailed int, err error) {
	if s.config.Delivery.Mail == nil {
		return 0, nil
	}
	all, err := s.store.Organizations(ctx)
	if err != nil {
		return 0, err
	}
	now := s.now()
	for _, o := range all {
		if p := o.Policy; p.MandatoryFrom.IsZero() && len(p.Until) == 0 && o.Nudged.IsZero() {
			continue
		}
		since := o.Policy.LastReminder(o.Nudged, now)
		for after := auth.ID(""); ; {
			list, err := s.store.DueReminder(ctx, o.ID, auth.SubsetsOf(o.Policy.Forbidden()), since, after, remindAtOnce)
			if err != nil {
				return mailed, err
			}
			for _, u := range list {
				after = u.ID
				if due, _ := o.Policy.Reminder(u, o.Nudged, now); due == auth.NoReminder {
					continue
				}
				told, err := s.remind(ctx, u.ID, now)
				if err != nil {
					return mailed, err
				}
				if told {
					mailed++
				}
			}
			if len(list) < remindAtOnce {
				break
			}
		}
	}
	return mailed, nil
}

// remind mails one user the reminder that is due now, and reports whether one was. Of
// more than a few in a day, because the date was moved again and again, nothing is
// mailed. Who has been deleted meanwhile needs none.
func (s *Server) remind(ctx context.Context, id auth.ID, now time.Time) (told bool, err error) {
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		told = false
		u, err := tx.LockUser(ctx, id)
		if errors.Is(err, store.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		o, err := tx.Organization(ctx, u.Organization)
		if err != nil {
			return err
		}
		due, at := o.Policy.Reminder(u, o.Nudged, now)
		if due == auth.NoReminder {
			return nil
		}
		if told, err = tx.NoteReminded(ctx, u, at); err != nil || !told {
			return err
		}
		c := &caller{now: now}
		if told, err = countNotice(ctx, tx, c, "notices:"+string(u.ID)+":reminders", auth.RemindersToUser); err != nil || !told {
			return err
		}
		kind, f := reminderMail(due, o.Policy.Demand(u))
		if err := s.mail(ctx, tx, c, u, kind, f, u.Email); err != nil {
			return err
		}
		return tx.Audit(ctx, auth.Event{Organization: u.Organization, Subject: u.ID, Kind: auth.EventReminded, Outcome: auth.Allowed,
			Details: map[string]string{"message": string(kind)}}, now)
	})
	return told, err
}

// reminderMail returns the mail that a reminder is, and what it tells.
func reminderMail(r auth.Reminder, d auth.Demand) (message.Kind, message.Facts) {
	f := message.Facts{From: d.From}
	if d.Method != "" {
		f.Thing = string(d.Method)
		return message.MethodEnds, f
	}
	switch r {
	case auth.ReminderAnnounced:
		return message.MandatoryAnnounced, f
	case auth.ReminderWeek:
		return message.MandatoryWeek, f
	case auth.ReminderDay:
		return message.MandatoryDay, f
	case auth.ReminderNow:
		return message.MandatoryNow, f
	}
	return message.TwoFactorWanted, f
}
