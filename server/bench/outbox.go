package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/keyring"
	"doorward/server/message"
	"doorward/server/servertest/localpg"
	"doorward/server/store"
)

// sideBySide is how many mails the portal sends at once; the floor sends as many.
const sideBySide = 8

// outbox prints how many mails a second leave the outbox for a mail server that takes everything, on both engines, beside the
// same mails sent without one.
func (b *bench) outbox(ctx context.Context) error {
	mails, err := notices(b.amount.mails)
	if err != nil {
		return err
	}
	before, err := mailFloor(ctx, mails)
	if err != nil {
		return err
	}
	folder := filepath.Join(b.portal.data, "outbox")
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	lite, err := throughOutbox(ctx, store.Config{File: filepath.Join(folder, "doorward.db")}, folder, mails)
	if err != nil {
		return fmt.Errorf("SQLite: %w", err)
	}
	pg, err := localpg.Start()
	if err != nil {
		return err
	}
	big, err := throughOutbox(ctx, store.Config{URL: pg.URL}, folder, mails)
	if err := errors.Join(err, pg.Stop()); err != nil {
		return fmt.Errorf("PostgreSQL: %w", err)
	}
	after, err := mailFloor(ctx, mails)
	if err != nil {
		return err
	}
	bare := (before + after) / 2
	row("mails a second, SQLite", "%.0f of %d; ours is %.0f %% of the floor", lite, len(mails), 100*lite/bare)
	row("mails a second, PostgreSQL", "%.0f; ours is %.0f %% of the floor", big, 100*big/bare)
	row("  floor: sent without an outbox", "%.0f", bare)
	return nil
}

// notices returns n mails as people get them.
func notices(n int) ([]message.Mail, error) {
	var mails []message.Mail
	for i := range n {
		f := message.Facts{Organization: "Bench", Name: "Ada Lovelace", Portal: "https://auth.example.org", At: time.Now(), Place: "203.0.113.7",
			Device: "Firefox on Linux", NotMe: fmt.Sprintf("https://auth.example.org/not-me/%043d", i)}
		subject, text, html, err := message.English.Compose(message.PasswordChanged, f)
		if err != nil {
			return nil, err
		}
		mails = append(mails, message.Mail{ID: "bench" + strconv.Itoa(i), To: "ada@example.org", Subject: subject, Text: text, HTML: html, Date: f.At})
	}
	return mails, nil
}

// mailFloor returns how many of mails are sent in a second with nothing around it.
func mailFloor(ctx context.Context, mails []message.Mail) (rate float64, err error) {
	null, mailer, err := mailing()
	if err != nil {
		return 0, err
	}
	var mu sync.Mutex
	var next atomic.Int64
	var all sync.WaitGroup
	began := time.Now()
	for range sideBySide {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(mails)); i = next.Add(1) - 1 {
				if fault := mailer.Send(ctx, mails[i]); fault != nil {
					mu.Lock()
					err = errors.Join(err, fault)
					mu.Unlock()
					return
				}
			}
		})
	}
	all.Wait()
	took := time.Since(began)
	mailer.Close()
	return float64(len(mails)) / took.Seconds(), errors.Join(err, null.close())
}

// mailing returns a mail server that takes everything, and what sends to it.
func mailing() (*nullMail, *message.Mailer, error) {
	null, err := openNullMail()
	if err != nil {
		return nil, nil, err
	}
	config, err := message.ParseSMTP(null.url(), "", "Doorward <doorward@example.org>")
	if err != nil {
		return nil, nil, err
	}
	mailer, err := message.NewMailer(config)
	return null, mailer, err
}

// throughOutbox returns how many of mails, which all wait, leave the outbox of a portal in a second, until the last is noted as
// sent.
func throughOutbox(ctx context.Context, c store.Config, folder string, mails []message.Mail) (rate float64, err error) {
	ring, err := keyring.Create(filepath.Join(folder, "keyring-"+rand.Text()+".json"))
	if err != nil {
		return 0, err
	}
	st, err := store.Open(ctx, c, ring)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	if err := queue(ctx, st, mails); err != nil {
		return 0, err
	}
	null, mailer, err := mailing()
	if err != nil {
		return 0, err
	}
	defer func() { mailer.Close(); err = errors.Join(err, null.close()) }()
	portal, err := server.New(server.Config{URL: &url.URL{Scheme: "https", Host: "auth.example.org"}, Clock: time.Now, Random: rand.Reader,
		Delivery: server.Delivery{Mail: mailer.Send}}, st, ring)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	tried, err := portal.DeliverDue(ctx)
	took := time.Since(began)
	if sent := null.taken.Load(); err == nil && (tried != len(mails) || sent != int64(len(mails))) {
		err = fmt.Errorf("%d of %d tried, %d sent", tried, len(mails), sent)
	}
	return float64(tried) / took.Seconds(), err
}

// queue puts mails into an outbox.
func queue(ctx context.Context, st *store.Store, mails []message.Mail) error {
	now := time.Now()
	return st.Update(ctx, func(tx *store.Tx) error {
		for _, m := range mails {
			said, err := json.Marshal(map[string]string{"subject": m.Subject, "text": m.Text, "html": m.HTML})
			if err != nil {
				return err
			}
			err = tx.Queue(ctx, auth.Message{ID: auth.ID(m.ID), Channel: auth.ByMail, Kind: string(message.PasswordChanged), Recipient: m.To,
				Content: said, Created: m.Date, Next: now, Expires: now.Add(auth.DeliverFor)})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
