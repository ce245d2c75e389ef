package store_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
)

var byMail, byText = []auth.Channel{auth.ByMail}, []auth.Channel{auth.ByText}

// newMessage returns a notice by mail that is due now.
func newMessage() auth.Message {
	return auth.Message{ID: id(), Channel: auth.ByMail, Kind: "password_changed", Organization: "acme", User: "ada", Recipient: "ada@example.org",
		Shown: "a•••@example.org", Content: []byte("Your password was changed."), Created: now, Next: now, Expires: now.Add(auth.DeliverFor)}
}

// newCode returns a code by text message that is due now.
func newCode() auth.Message {
	m := newMessage()
	m.Channel, m.Kind, m.Recipient, m.Shown, m.Content = auth.ByText, "text_code", "+4915112345678", "+49 ••• 78", []byte("123456 is your code.")
	m.Fleeting, m.Expires = true, now.Add(auth.TextCodeFor)
	return m
}

// queue stores messages.
func (db database) queue(t testing.TB, list ...auth.Message) {
	t.Helper()
	db.update(t, func(ctx context.Context, tx *store.Tx) error {
		for _, m := range list {
			if err := tx.Queue(ctx, m); err != nil {
				return err
			}
		}
		return nil
	})
}

// lease takes up to ten messages of the channels at a time.
func (db database) lease(t testing.TB, channels []auth.Channel, at time.Time) []auth.Message {
	t.Helper()
	list, err := db.LeaseMessages(t.Context(), channels, id(), 10, at)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// settle stores how tries went.
func (db database) settle(t testing.TB, list ...auth.Message) {
	t.Helper()
	if err := db.SettleMessages(t.Context(), list); err != nil {
		t.Fatal(err)
	}
}

// message returns a message that must be there.
func (db database) message(t testing.TB, id auth.ID) auth.Message {
	t.Helper()
	m, err := db.Message(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestQueue_KeepsEverything(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		for _, m := range []auth.Message{newMessage(), newCode()} {
			db.queue(t, m)
			want := m
			want.State = auth.MessageWaiting
			got := db.message(t, m.ID)
			if string(got.Content) != string(m.Content) {
				t.Errorf("it says %q", got.Content)
			}
			got.Content, want.Content = nil, nil
			if !slices.Equal([]any{got.ID, got.Channel, got.Kind, got.Organization, got.User, got.Recipient, got.Shown, got.Fleeting, got.State, got.Tries, got.Created, got.Next, got.Expires, got.Sent},
				[]any{want.ID, want.Channel, want.Kind, want.Organization, want.User, want.Recipient, want.Shown, want.Fleeting, want.State, want.Tries, want.Created, want.Next, want.Expires, want.Sent}) {
				t.Errorf("%+v; want %+v", got, want)
			}
		}
		if _, err := db.Message(t.Context(), "nonsense"); !errors.Is(err, store.NotFound) {
			t.Errorf("a message that never was: %v", err)
		}
	})
}

// A message is queued with the change that it reports, or not at all; and whoever
// sends is woken once it can be seen.
func TestQueue_GoesWithItsTransaction(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		woken := 0
		db.OnQueued(func() { woken++ })
		fault, refusal := errors.New("disk full"), auth.Refuse("wrong_password")
		for _, tt := range []struct {
			name    string
			verdict error
			want    int
		}{{"a fault", fault, 0}, {"success", nil, 1}, {"a refusal", refusal, 2}} {
			err := db.Update(t.Context(), func(tx *store.Tx) error {
				if err := tx.Queue(t.Context(), newMessage()); err != nil {
					return err
				}
				return tt.verdict
			})
			if n, _, counted := db.CountMessages(t.Context()); !errors.Is(err, tt.verdict) || counted != nil || n != tt.want || woken != tt.want {
				t.Errorf("%s: %v; %d wait, woken %d times, %v", tt.name, err, n, woken, counted)
			}
		}
		db.user(t, "ada")
		if woken != 2 {
			t.Error("woken for nothing")
		}
	})
}

// Hundreds of messages and eight that take them at once, each as a process of its
// own: every message is taken once.
func TestLeaseMessages_EachOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		const messages, takers, atOnce = 400, 8, 7
		for range messages / 100 {
			var list []auth.Message
			for range 100 {
				list = append(list, newMessage())
			}
			db.queue(t, list...)
		}
		var mu sync.Mutex
		var wg sync.WaitGroup
		taken := map[auth.ID]int{}
		begin := make(chan struct{})
		for i := range takers {
			taker := db
			if i > 0 {
				taker = reopen(t, db)
			}
			wg.Go(func() {
				<-begin
				for {
					list, err := taker.LeaseMessages(context.Background(), byMail, id(), atOnce, now)
					if err != nil || len(list) > atOnce {
						t.Errorf("%d taken, %v", len(list), err)
					}
					mu.Lock()
					for _, m := range list {
						taken[m.ID]++
						if m.State != auth.MessageSending || m.Tries != 1 || m.Recipient != "ada@example.org" || len(m.Content) == 0 {
							t.Errorf("%+v", m)
						}
					}
					all := len(taken) == messages
					mu.Unlock()
					if err != nil || all {
						return
					}
					if err := taker.SettleMessages(context.Background(), delivered(list)); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		close(begin)
		wg.Wait()
		for id, n := range taken {
			if n != 1 {
				t.Errorf("message %s was taken %d times", id, n)
			}
		}
		if len(taken) != messages {
			t.Errorf("%d of %d were taken", len(taken), messages)
		}
	})
}

func delivered(list []auth.Message) (done []auth.Message) {
	for _, m := range list {
		done = append(done, m.Delivered(now))
	}
	return done
}

func TestLeaseMessages_TakesWhatIsDue(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		due, later, over, text := newMessage(), newMessage(), newMessage(), newCode()
		due.Kind, later.Kind, over.Kind = "due", "later", "over"
		later.Next, over.Expires = now.Add(time.Minute), now
		db.queue(t, due, later, over, text)
		for _, tt := range []struct {
			name     string
			channels []auth.Channel
			at       time.Time
			want     string
		}{
			{"by nothing", nil, now, ""},
			{"by mail, too early", byMail, now.Add(-time.Millisecond), ""},
			{"by mail", byMail, now, "due"},
			{"by mail again", byMail, now, ""},
			{"by mail, a minute later", byMail, now.Add(time.Minute), "later"},
			{"by text", byText, now, "text_code"},
		} {
			is, err := db.DueMessages(t.Context(), tt.channels, tt.at)
			if err != nil || is != (tt.want != "") {
				t.Errorf("%s: due %v, %v", tt.name, is, err)
			}
			got := ""
			for _, m := range db.lease(t, tt.channels, tt.at) {
				got += m.Kind
			}
			if got != tt.want {
				t.Errorf("%s: %q", tt.name, got)
			}
		}
	})
}

// The oldest go first, and no more than were asked for.
func TestLeaseMessages_InTurn(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		for i := range 5 {
			m := newMessage()
			m.Kind, m.Next = "m"+strconv.Itoa(i), now.Add(-time.Duration(i)*time.Second)
			db.queue(t, m)
		}
		for i, want := range []string{"m3 m4", "m1 m2", "m0", ""} {
			list, err := db.LeaseMessages(t.Context(), byMail, id(), 2, now)
			if err != nil {
				t.Fatal(err)
			}
			var kinds []string
			for _, m := range list {
				kinds = append(kinds, m.Kind)
			}
			slices.Sort(kinds)
			if got := join(kinds); got != want {
				t.Errorf("turn %d: %q, want %q", i+1, got, want)
			}
		}
	})
}

func join(words []string) (all string) {
	for i, w := range words {
		if i > 0 {
			all += " "
		}
		all += w
	}
	return all
}

// Whoever took a message and does not come back has it taken again; what they then
// have to say about it does not count.
func TestLeaseMessages_AgainWhenTheLeaseIsOver(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		m := newMessage()
		db.queue(t, m)
		first := db.lease(t, byMail, now)
		over := now.Add(auth.LeaseFor)
		if list := db.lease(t, byMail, over.Add(-time.Millisecond)); len(first) != 1 || len(list) != 0 {
			t.Fatalf("taken %d times, and within the lease %d times", len(first), len(list))
		}
		second := db.lease(t, byMail, over)
		if len(second) != 1 || second[0].ID != m.ID || second[0].Tries != 2 || second[0].Lease == first[0].Lease {
			t.Fatalf("after the lease: %+v", second)
		}
		db.settle(t, first[0].Failed("lost", true, 0, 0, over))
		if got := db.message(t, m.ID); got.State != auth.MessageSending || got.Lease != second[0].Lease || got.LastError != "" || len(got.Content) == 0 {
			t.Errorf("settled with a lost lease: %+v", got)
		}
		db.settle(t, second[0].Delivered(over))
		db.settle(t, second[0].Failed("late", false, 0, 0, over)) // and once settled, no lease is left
		got := db.message(t, m.ID)
		if got.State != auth.MessageSent || !got.Sent.Equal(over) || len(got.Content) != 0 || got.Recipient != "" || got.LastError != "" || got.Lease != "" {
			t.Errorf("delivered: %+v", got)
		}
		if list := db.lease(t, byMail, over.Add(time.Hour)); len(list) != 0 {
			t.Errorf("delivered, and taken again: %+v", list)
		}
	})
}
