package cli

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"doorward/server/servertest"
)

// An ID that begins with a hyphen is an ID.
func TestHyphened(t *testing.T) {
	const id, odd = "RINEJ7hirnIlElOKwSNRsQ", "-INEJ7hirnIlElOKwSNRsQ"
	for _, tt := range []struct{ name, typed, read string }{
		{"another command", "user list " + odd, "user list " + odd},
		{"an ordinary ID", "outbox show " + id, "outbox show " + id},
		{"a hyphen", "outbox show " + odd, "outbox show -- " + odd},
		{"two", "outbox show --INEJ7hirnIlElOKwSNRs", "outbox show -- --INEJ7hirnIlElOKwSNRs"},
		{"flags behind it", "outbox retry " + odd + " --data d", "outbox retry --data d -- " + odd},
		{"somebody who knows", "outbox show -- " + odd, "outbox show -- " + odd},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(hyphened(strings.Fields(tt.typed)), " "); got != tt.read {
				t.Errorf("%q is read as %q", tt.typed, got)
			}
		})
	}
}

// What was queued when the process was killed is sent by the next one, once.
func TestKill_QueuedMessagesAreSentOnce(t *testing.T) {
	for _, engine := range []struct {
		name    string
		address func(testing.TB) string
	}{
		{"sqlite", func(testing.TB) string { return "" }},
		{"postgres", func(t testing.TB) string { return servertest.Postgres(t) }},
	} {
		t.Run(engine.name, func(t *testing.T) {
			h := newHouse(t, engine.address(t))
			p := h.start()
			ada := newPerson(p.url, "ada")
			h.must(ada.signIn(t.Context()))
			h.must(ada.enroll(t.Context()))
			h.must(p.kill())
			h.whole()

			office := h.postOffice()
			again := h.start()
			h.arriveOnce(again, office, "new browser", "was turned on")
		})
	}
}

// A message that was on its way when the process was killed, and that nobody has
// taken, is sent by another once its lease is over.
func TestKill_AmidSendingSendsOnce(t *testing.T) {
	h := newHouse(t, "")
	office := h.postOffice()
	let := office.hold()
	p := h.start()
	h.must(newPerson(p.url, "ada").signIn(t.Context()))
	<-office.held
	h.must(p.kill())
	let()
	h.whole()
	if got := office.all(); len(got) > 0 {
		t.Fatalf("taken before the process was killed: %q", got)
	}

	h.must(onDatabase(h.data, func(db *sql.DB) error { // two minutes pass
		done, err := db.Exec("UPDATE outbox SET lease_until = 1 WHERE state = 'sending'")
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); n != 1 || err != nil {
			return fmt.Errorf("%d messages were on their way, %w", n, err)
		}
		return nil
	}))
	h.arriveOnce(h.start(), office, "new browser")
}

// postOffice opens a mail server, which portals that are started from now on use.
func (h *house) postOffice() *postOffice {
	h.Helper()
	o, err := openPostOffice()
	h.must(err)
	h.Cleanup(func() { h.must(o.close()) })
	h.env = append(slices.Clone(h.env), "DOORWARD_SMTP="+o.url(), "DOORWARD_SMTP_PASSWORD="+officePassword)
	return o
}

// arriveOnce waits until p has sent everything and stops it, and looks whether a mail
// with each of the subjects has come, and no other.
func (h *house) arriveOnce(p *process, o *postOffice, subjects ...string) {
	h.Helper()
	_, err := o.wait(len(subjects))
	h.must(err)
	h.must(awaitOutbox(h.env, 0, "waiting"))
	h.must(awaitOutbox(h.env, len(subjects), "sent"))
	h.must(p.stop())
	got := o.all()
	if len(got) != len(subjects) {
		h.Errorf("%d mails have come, want %d", len(got), len(subjects))
	}
	for _, s := range subjects {
		if !within(got, s) {
			h.Errorf("no mail about %q has come, of %q", s, got)
		}
	}
}
