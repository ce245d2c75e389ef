package store_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

func TestSettleMessages_Failed(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		again, never, code := newMessage(), newMessage(), newCode()
		db.queue(t, again, never, code)
		for _, m := range db.lease(t, []auth.Channel{auth.ByMail, auth.ByText}, now) {
			db.settle(t, m.Failed("refused", m.ID != again.ID, 0, 0.5, now))
		}
		got := db.message(t, again.ID)
		if got.State != auth.MessageWaiting || !got.Next.Equal(now.Add(30*time.Second)) || got.LastError != "refused" || got.Lease != "" || len(got.Content) == 0 || got.Recipient == "" {
			t.Errorf("to be tried again: %+v", got)
		}
		if got := db.message(t, never.ID); got.State != auth.MessageGivenUp || len(got.Content) == 0 || got.Recipient == "" {
			t.Errorf("refused for good: %+v", got)
		}
		if got := db.message(t, code.ID); got.State != auth.MessageGivenUp || len(got.Content) != 0 || got.Recipient != "" {
			t.Errorf("a code that was refused for good: %+v", got)
		}
		if waiting, givenUp, err := db.CountMessages(t.Context()); waiting != 1 || givenUp != 2 || err != nil {
			t.Errorf("%d wait, %d given up, %v", waiting, givenUp, err)
		}
		if list := db.lease(t, byMail, now.Add(30*time.Second)); len(list) != 1 || list[0].ID != again.ID || list[0].Tries != 2 {
			t.Errorf("taken again: %+v", list)
		}
	})
}

func TestExpireMessages(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		code, notice, sending, lost, alive := newCode(), newMessage(), newCode(), newCode(), newCode()
		db.queue(t, sending)
		db.lease(t, byText, now)
		db.queue(t, lost)
		at := now.Add(time.Minute)
		for _, m := range []*auth.Message{&code, &notice} {
			m.Expires = at
		}
		alive.Expires = at.Add(time.Millisecond)
		db.queue(t, code, notice, alive)
		for _, m := range []auth.Message{sending, lost} {
			if err := db.Tamper(t.Context(), "UPDATE outbox SET expires = ? WHERE id = ?", at.UnixMilli(), m.ID); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Tamper(t.Context(), "UPDATE outbox SET state = 'sending', lease = 'gone', lease_until = ? WHERE id = ?", at.UnixMilli(), lost.ID); err != nil {
			t.Fatal(err)
		}
		if err := db.ExpireMessages(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			name  string
			id    auth.ID
			state auth.MessageState
			left  bool
		}{
			{"a code that has run out", code.ID, auth.MessageGivenUp, false},
			{"a notice that has run out", notice.ID, auth.MessageGivenUp, true},
			{"a code that is being sent", sending.ID, auth.MessageSending, true},
			{"a code whose sender has not come back", lost.ID, auth.MessageGivenUp, false},
			{"a code that has not run out", alive.ID, auth.MessageWaiting, true},
		} {
			m := db.message(t, tt.id)
			if m.State != tt.state || (len(m.Content) > 0) != tt.left || (m.Recipient != "") != tt.left {
				t.Errorf("%s: %s, %q to %q", tt.name, m.State, m.Content, m.Recipient)
			}
		}
	})
}

func TestRetryMessage(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		woken := 0
		db.OnQueued(func() { woken++ })
		retry := func(id auth.ID, at time.Time) (ok bool) {
			db.update(t, func(ctx context.Context, tx *store.Tx) (err error) {
				ok, err = tx.RetryMessage(ctx, id, at)
				return err
			})
			return ok
		}
		notice, code := newMessage(), newCode()
		db.queue(t, notice, code)
		for _, m := range db.lease(t, []auth.Channel{auth.ByMail, auth.ByText}, now) {
			if retry(m.ID, now) {
				t.Errorf("%s is being sent, and to be tried", m.Kind)
			}
			db.settle(t, m.Failed("refused", true, 0, 0, now))
		}
		later := now.AddDate(0, 0, 2)
		before := woken
		if !retry(notice.ID, later) || woken != before+1 {
			t.Errorf("a notice that was given up is not tried again; woken %d times", woken-before)
		}
		if m := db.message(t, notice.ID); m.State != auth.MessageWaiting || !m.Next.Equal(later) || !m.Expires.Equal(later.Add(auth.DeliverFor)) {
			t.Errorf("to be tried again: %+v", m)
		}
		if retry(code.ID, later) || retry("nonsense", later) {
			t.Error("a message with nothing left to send, or none, is tried again")
		}
		list := db.lease(t, byMail, later)
		if len(list) != 1 || string(list[0].Content) != "Your password was changed." {
			t.Fatalf("taken: %+v", list)
		}
		db.settle(t, list[0].Delivered(later))
		if retry(notice.ID, later) {
			t.Error("a message that was sent is tried again")
		}
		waits := newCode()
		waits.Next = now.Add(time.Minute)
		db.queue(t, waits)
		if !retry(waits.ID, now) {
			t.Error("a message that waits is not tried at once")
		}
		if m := db.message(t, waits.ID); !m.Next.Equal(now) || !m.Expires.Equal(waits.Expires) {
			t.Errorf("a code gets more time than it is good for: %+v", m)
		}
	})
}

func TestMessages_TheNewestWithoutWhatTheySay(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		for i := range 5 {
			m := newMessage()
			m.Kind, m.Created = "m"+strconv.Itoa(i), now.Add(time.Duration(i)*time.Second)
			db.queue(t, m)
		}
		list, err := db.Messages(t.Context(), 3)
		if err != nil || len(list) != 3 {
			t.Fatalf("%v, %v", list, err)
		}
		for i, m := range list {
			if m.Kind != "m"+strconv.Itoa(4-i) || m.Content != nil || m.Recipient != "" || m.Shown == "" {
				t.Errorf("%d: %+v", i, m)
			}
		}
	})
}

// Messages that were sent or given up are gone after a month, and what the second
// say once the link in them opens nothing; those that wait stay.
func TestPrune_Messages(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		sent, old, given, waits := newMessage(), newMessage(), newMessage(), newMessage()
		for _, m := range []*auth.Message{&sent, &old, &waits} {
			m.Created = now.AddDate(0, 0, -30)
		}
		given.Created = now.Add(-auth.NotMeFor)
		db.queue(t, sent, old, given, waits)
		for _, m := range db.lease(t, byMail, now) {
			switch m.ID {
			case sent.ID:
				db.settle(t, m.Delivered(now))
			case waits.ID:
				db.settle(t, m.Failed("down", false, 0, 0, now))
			default:
				db.settle(t, m.Failed("refused", true, 0, 0, now))
			}
		}
		for _, tt := range []struct {
			at   time.Time
			left int
			said bool
		}{{now.Add(-time.Millisecond), 4, true}, {now, 2, false}} {
			if err := db.Prune(t.Context(), tt.at); err != nil {
				t.Fatal(err)
			}
			if n, err := db.Count(t.Context(), "outbox"); n != tt.left || err != nil {
				t.Errorf("%d left, %v; want %d", n, err, tt.left)
			}
			if m := db.message(t, given.ID); (len(m.Content) > 0) != tt.said || (m.Recipient != "") != tt.said {
				t.Errorf("given up: %q", m.Content)
			}
			if m := db.message(t, waits.ID); len(m.Content) == 0 {
				t.Error("a message that waits is gone")
			}
		}
	})
}
