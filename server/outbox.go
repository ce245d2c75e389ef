package server

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/store"
)

// How messages are taken from the outbox. A try ends well before its lease does.
const (
	lookEvery  = time.Second // for what other processes have queued, and for what is due again
	atOnce     = 8           // of one channel
	tryFor     = 30 * time.Second
	settleFor  = 10 * time.Second
	expireEach = time.Minute
)

// content is what a message says, as it is stored.
type content struct {
	Subject string `json:"subject,omitempty"`
	Text    string `json:"text"`
	HTML    string `json:"html,omitempty"`
}

// queue puts a message into the outbox, as a part of the transaction of the change
// that it reports.
func (s *Server) queue(ctx context.Context, tx *store.Tx, m auth.Message, c content) error {
	body, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("a message about %s: %w", m.Kind, err)
	}
	m.ID, m.Content, m.Next = s.newID(), body, m.Created
	if m.Expires.IsZero() {
		m.Expires = m.Created.Add(auth.DeliverFor)
	}
	return tx.Queue(ctx, m)
}

// Deliver sends what is in the outbox until ctx is done: at once what this process
// queues, within a second what others do. What is being sent then is broken off and
// left to the next process.
func (s *Server) Deliver(ctx context.Context) {
	var both sync.WaitGroup
	for _, channel := range s.config.Delivery.channels() {
		both.Go(func() { s.deliverBy(ctx, channel) })
	}
	both.Go(func() { s.expire(ctx) })
	both.Wait()
}

// expire gives up what has run out, also where nothing can be sent.
func (s *Server) expire(ctx context.Context) {
	tick := time.NewTicker(expireEach)
	defer tick.Stop()
	for {
		if err := s.store.ExpireMessages(ctx, s.now()); err != nil && ctx.Err() == nil {
			s.config.Log.Error("outbox", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (s *Server) deliverBy(ctx context.Context, channel auth.Channel) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		sent, err := s.deliver(ctx, channel)
		if err != nil && ctx.Err() == nil {
			s.config.Log.Error("outbox", "channel", channel, "error", err)
		}
		if sent > 0 && err == nil {
			continue // there may be more
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-s.wakes[channel]:
		}
	}
}

// wake has the outbox looked at now.
func (s *Server) wake() {
	for _, w := range s.wakes {
		select {
		case w <- struct{}{}:
		default: // it will look anyway
		}
	}
}

// DeliverDue sends what is due now, once, and returns how many messages it tried.
func (s *Server) DeliverDue(ctx context.Context) (tried int, err error) {
	if err := s.store.ExpireMessages(ctx, s.now()); err != nil {
		return 0, err
	}
	for _, channel := range s.config.Delivery.channels() {
		for {
			n, err := s.deliver(ctx, channel)
			tried += n
			if err != nil {
				return tried, err
			}
			if n == 0 {
				break
			}
		}
	}
	return tried, nil
}

// deliver takes a few messages of a channel that are due and sends them side by
// side. No transaction is open meanwhile.
func (s *Server) deliver(ctx context.Context, channel auth.Channel) (tried int, err error) {
	due, err := s.store.DueMessages(ctx, []auth.Channel{channel}, s.now())
	if err != nil || !due {
		return 0, err
	}
	list, err := s.store.LeaseMessages(ctx, []auth.Channel{channel}, s.newID(), atOnce, s.now())
	if err != nil {
		return 0, err
	}
	faults := make([]error, len(list))
	var all sync.WaitGroup
	for i, m := range list {
		all.Go(func() { faults[i] = s.try(ctx, m) })
	}
	all.Wait()
	return len(list), errors.Join(faults...)
}

// try sends one message and notes how it went.
func (s *Server) try(ctx context.Context, m auth.Message) error {
	sending, cancel := context.WithTimeout(ctx, tryFor)
	err := s.send(sending, m)
	cancel()
	settled := m.Delivered(s.now())
	switch {
	case err != nil && ctx.Err() != nil:
		settled = m.BrokenOff(s.now())
	case err != nil:
		failure := &message.Failure{Cause: "the message could not be sent"}
		if known, ok := errors.AsType[*message.Failure](err); ok {
			failure = known
		}
		settled = m.Failed(failure.Cause, failure.Permanent, failure.After, s.chance(), s.now())
		s.config.Log.Warn("message not sent", "id", m.ID, "channel", m.Channel, "kind", m.Kind, "tries", m.Tries, "cause", failure.Cause, "state", settled.State)
	}
	noting, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleFor)
	defer cancel()
	return s.store.SettleMessages(noting, []auth.Message{settled})
}

func (s *Server) send(ctx context.Context, m auth.Message) error {
	var c content
	if err := json.Unmarshal(m.Content, &c); err != nil {
		return &message.Failure{Permanent: true, Cause: "the message cannot be read any more"}
	}
	if m.Channel == auth.ByNote {
		return s.take(ctx, m, c)
	}
	if m.Channel == auth.ByText {
		return s.config.Delivery.Texts(ctx, message.Text{ID: string(m.ID), To: m.Recipient, Body: c.Text})
	}
	return s.config.Delivery.Mail(ctx, message.Mail{ID: string(m.ID), To: m.Recipient, Subject: c.Subject, Text: c.Text, HTML: c.HTML, Date: m.Created})
}

// chance returns a random number from 0 to 1.
func (s *Server) chance() float64 {
	var b [8]byte
	s.fill(b[:])
	return float64(binary.BigEndian.Uint64(b[:])>>11) / (1 << 53)
}
