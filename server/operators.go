package server

import (
	"context"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// shownMessages is how many messages operators see.
const shownMessages = 200

// outbox tells operators the newest messages and how they fared.
func (s *Server) outbox(ctx context.Context, c *caller, _ api.None) (api.OutboxInfo, error) {
	d := s.config.Delivery
	info := api.OutboxInfo{Mail: d.Mail != nil, Texts: d.texts(), Development: d.Development, TextsMost: d.TextsPerDay, Messages: []api.MessageRow{}}
	today, err := s.store.Bucket(ctx, textsKey(c.now))
	if err != nil {
		return info, err
	}
	info.TextsToday = min(today.Failures, d.TextsPerDay)
	if info.Waiting, info.GivenUp, err = s.store.CountMessages(ctx); err != nil {
		return info, err
	}
	list, err := s.store.Messages(ctx, shownMessages)
	for _, m := range list {
		info.Messages = append(info.Messages, api.MessageRow{ID: string(m.ID), Channel: string(m.Channel), Kind: m.Kind, To: m.Shown,
			State: api.MessageState(m.State), Tries: m.Tries, Created: millis(m.Created), Next: millis(m.Next), Sent: millis(m.Sent), LastError: m.LastError})
	}
	return info, err
}

// retryMessage has a message tried again at once.
func (s *Server) retryMessage(ctx context.Context, c *caller, req api.RetryMessageRequest) (api.Done, error) {
	return api.Done{}, s.store.Update(ctx, func(tx *store.Tx) error {
		retried, err := tx.RetryMessage(ctx, auth.ID(req.ID), c.now)
		if err != nil {
			return err
		}
		if !retried {
			return auth.Refuse(check.NotFound)
		}
		e := c.event(auth.EventMessageRetried)
		e.Details = map[string]string{"message": req.ID}
		return s.record(ctx, tx, e, c)
	})
}

// warnings tells operators what is amiss.
func (s *Server) warnings(ctx context.Context, c *caller) (list []api.Warning, err error) {
	if c.user.Role < auth.Operator {
		return nil, nil
	}
	d := s.config.Delivery
	if d.Development {
		list = append(list, api.WarnDevelopment)
	}
	if d.Mail == nil {
		list = append(list, api.WarnMailUnset)
	}
	if d.texts() {
		today, err := s.store.Bucket(ctx, textsKey(c.now))
		if err != nil {
			return list, err
		}
		if today.Failures >= d.TextsPerDay {
			list = append(list, api.WarnTextsPaused)
		}
	}
	amiss, err := s.store.Undelivered(ctx)
	if err == nil && amiss && d.Mail != nil {
		list = append(list, api.WarnUndelivered)
	}
	return list, err
}
