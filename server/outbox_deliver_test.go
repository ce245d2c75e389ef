package server_test

import (
	"context"
	"crypto/rand"
	"net/url"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/servertest"
	"doorward/server/store"
	"doorward/shared/api"
)

// patience is how long a test waits for what is to come at once.
const patience = 20 * time.Second

// next returns what comes through a channel, and ends the test when nothing does.
func next[T any](t *testing.T, what string, from <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-from:
	case <-time.After(patience):
		t.Fatalf("%s: nothing comes", what)
	}
	return v
}

// delivering runs s.Deliver until the returned function is called, which returns
// once it has ended.
func delivering(t *testing.T, s *server.Server) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.Deliver(ctx)
	}()
	stopped := sync.OnceFunc(func() {
		cancel()
		next(t, "the end of Deliver", ended)
	})
	t.Cleanup(stopped)
	return stopped
}

// post hands each mail on.
func post(to chan message.Mail) func(context.Context, message.Mail) error {
	return func(_ context.Context, m message.Mail) error {
		to <- m
		return nil
	}
}

// hanging is a gateway that answers nothing. It tells of each message that it gets.
type hanging struct{ entered chan message.Text }

func (h hanging) text(ctx context.Context, m message.Text) error {
	h.entered <- m
	<-ctx.Done()
	return ctx.Err()
}

// What this process queues goes out at once, and Deliver ends when it is told to.
func TestDeliver_AtOnce(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		mails := make(chan message.Mail, 100)
		p.Reconfigure(func(c *serverConfig) { c.Delivery.Mail = post(mails) })
		ada := p.SetUp().SignIn().StepUp()
		stop := delivering(t, p.Server)
		changePassword(t, ada)
		if m := next(t, "a notice", mails); m.To != "ada@example.org" {
			t.Errorf("to %q", m.To)
		}
		stop()
		changePassword(t, ada)
		if len(mails) != 0 {
			t.Error("sent after the end")
		}
	})
}

// While a gateway hangs people sign in, things are written, and mail goes out. What
// hung is left to the next process when this one ends, and sent by it at once.
func TestDeliver_AGatewayHangsAlone(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().EnrollText(german)
		p.Deliver()
		p.Clock.Advance(time.Minute)
		gateway, mails := hanging{make(chan message.Text, 100)}, make(chan message.Mail, 100)
		var texts func(context.Context, message.Text) error
		p.Reconfigure(func(c *serverConfig) {
			texts, c.Delivery.Texts, c.Delivery.Mail = c.Delivery.Texts, gateway.text, post(mails)
		})
		stop := delivering(t, p.Server)
		b := half(t, p, ada)
		hung := next(t, "the gateway", gateway.entered)

		grace := p.Invite("grace").SignIn().StepUp()
		changePassword(t, grace)
		if m := next(t, "a notice", mails); m.To != "grace@example.org" {
			t.Errorf("a notice to %q", m.To)
		}
		servertest.Must(t, grace, api.ChangeDisplayName, api.ChangeDisplayNameRequest{DisplayName: "Grace"})
		half(t, p, ada) // and another code is asked for, which waits
		stop()

		p.Reconfigure(func(c *serverConfig) { c.Delivery.Texts = texts })
		p.Post.Empty()
		p.Deliver()
		ids := map[string]int{}
		for _, m := range p.Post.Texts(german) {
			ids[m.ID]++
		}
		if ids[hung.ID] != 1 || len(ids) != 2 {
			t.Errorf("after the restart: %v; what hung was %s", ids, hung.ID)
		}
		if code := verifyText(t, b, codeIn(t, p, hung.ID)); code != "" {
			t.Errorf("the code that hung: %q", code)
		}
	}, servertest.WithTexts)
}

// codeIn returns the code in the text message called id.
func codeIn(t *testing.T, p *servertest.Portal, id string) string {
	t.Helper()
	for _, m := range p.Post.Texts("") {
		if m.ID == id {
			return m.Body[len(m.Body)-6:]
		}
	}
	t.Fatalf("message %s did not arrive", id)
	return ""
}

// Two processes beside one another send each of 200 messages once.
func TestDeliver_TwoReplicas(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			address := ""
			if engine == "postgres" {
				address = servertest.Postgres(t)
			}
			p := servertest.New(t, address)
			const messages = 200
			queueMany(t, p, messages)
			mails := make(chan message.Mail, 2*messages)
			var stops []func()
			for range 2 {
				st, err := store.Open(t.Context(), store.Config{URL: address, File: filepath.Join(p.Folder, "doorward.db")}, p.Keys)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { st.Close() })
				replica, err := server.New(server.Config{URL: &url.URL{Scheme: "https", Host: "auth.example.org"}, Clock: p.Clock.Now, Random: rand.Reader,
					Delivery: server.Delivery{Mail: post(mails)}}, st, p.Keys)
				if err != nil {
					t.Fatal(err)
				}
				stops = append(stops, delivering(t, replica))
			}
			seen := map[string]int{}
			for range messages {
				seen[next(t, "a message", mails).ID]++
			}
			for _, stop := range stops {
				stop()
			}
			if len(seen) != messages || len(mails) != 0 {
				t.Errorf("%d messages arrived, and %d once more", len(seen), len(mails))
			}
			if waiting, givenUp, err := p.Store.CountMessages(t.Context()); waiting != 0 || givenUp != 0 || err != nil {
				t.Errorf("%d wait, %d were given up, %v", waiting, givenUp, err)
			}
		})
	}
}

// queueMany puts n mails into the outbox.
func queueMany(t *testing.T, p *servertest.Portal, n int) {
	t.Helper()
	now := p.Clock.Now()
	if err := p.Store.Update(t.Context(), func(tx *store.Tx) error {
		for i := range n {
			err := tx.Queue(t.Context(), auth.Message{ID: auth.ID("message" + strconv.Itoa(i)), Channel: auth.ByMail, Kind: "test", Recipient: "ada@example.org",
				Content: []byte(`{"subject":"Hello","text":"Hello"}`), Created: now, Next: now, Expires: now.Add(auth.DeliverFor)})
			if err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
