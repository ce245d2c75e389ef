package auth

import (
	"testing"
	"time"
)

// notice and sms are messages that have been taken for their first try at noon.
var (
	notice = Message{ID: "m", Channel: ByMail, Recipient: "ada@example.org", Content: []byte("said"), State: MessageSending, Tries: 1,
		Created: noon, Lease: "l", Expires: noon.Add(DeliverFor)}
	sms = Message{ID: "m", Channel: ByText, Recipient: "+4915112345678", Content: []byte("said"), State: MessageSending, Tries: 1,
		Created: noon, Lease: "l", Expires: noon.Add(TextCodeFor), Fleeting: true}
)

func TestFailed_WaitsTwiceAsLongEachTime(t *testing.T) {
	for _, tt := range []struct {
		name  string
		m     Message
		tries int
		want  time.Duration
	}{
		{"the first try", notice, 1, 30 * time.Second},
		{"the second", notice, 2, time.Minute},
		{"the seventh", notice, 7, 32 * time.Minute},
		{"the eighth: an hour at most", notice, 8, time.Hour},
		{"the hundredth", notice, 100, time.Hour},
		{"a try that nobody counted", notice, 0, 30 * time.Second},
		{"a code, the first try", sms, 1, 3 * time.Second},
		{"a code, the third", sms, 3, 12 * time.Second},
		{"a code, a minute at most", sms, 6, time.Minute},
		{"a code, the hundredth", sms, 100, time.Minute},
	} {
		tt.m.Tries = tt.tries
		for chance, part := range map[float64]float64{0: 0.8, 0.25: 0.9, 0.5: 1, 0.999: 1.2} {
			m := tt.m.Failed("down", false, 0, chance, noon)
			wait := float64(m.Next.Sub(noon)) / float64(tt.want)
			if m.State != MessageWaiting || wait < part-0.001 || wait > part+0.001 {
				t.Errorf("%s, chance %v: %s, waits %v of %v", tt.name, chance, m.State, m.Next.Sub(noon), tt.want)
			}
			if m.LastError != "down" || string(m.Content) != "said" || m.Recipient == "" || m.Lease != "l" {
				t.Errorf("%s: %+v", tt.name, m)
			}
		}
	}
}

func TestFailed_WaitsAsLongAsItIsAskedTo(t *testing.T) {
	for _, tt := range []struct {
		name        string
		after, want time.Duration
	}{
		{"less than it would anyway", time.Second, 30 * time.Second},
		{"as long", 30 * time.Second, 30 * time.Second},
		{"longer", 2 * time.Hour, 2 * time.Hour},
	} {
		if m := notice.Failed("busy", false, tt.after, 0.5, noon); m.Next.Sub(noon) != tt.want || m.State != MessageWaiting {
			t.Errorf("%s: %s, %v", tt.name, m.State, m.Next.Sub(noon))
		}
	}
}

func TestFailed_GivesUpBeforeItRunsOut(t *testing.T) {
	for _, tt := range []struct {
		name      string
		m         Message
		permanent bool
		after     time.Duration
		at        time.Duration
		want      MessageState
		left      bool // something to read
	}{
		{"for good", notice, true, 0, 0, MessageGivenUp, true},
		{"a code, for good", sms, true, 0, 0, MessageGivenUp, false},
		{"with time for another try", notice, false, 0, DeliverFor - 30*time.Second - time.Millisecond, MessageWaiting, true},
		{"without", notice, false, 0, DeliverFor - 30*time.Second, MessageGivenUp, true},
		{"when it has run out", notice, false, 0, DeliverFor + time.Hour, MessageGivenUp, true},
		{"asked to wait too long", notice, false, DeliverFor, 0, MessageGivenUp, true},
		{"a code, asked to wait in time", sms, false, TextCodeFor - time.Millisecond, 0, MessageWaiting, true},
		{"a code, asked to wait too long", sms, false, TextCodeFor, 0, MessageGivenUp, false},
	} {
		m := tt.m.Failed("down", tt.permanent, tt.after, 0.5, noon.Add(tt.at))
		if m.State != tt.want || (len(m.Content) > 0) != tt.left || (m.Recipient != "") != tt.left || m.LastError != "down" {
			t.Errorf("%s: %+v", tt.name, m)
		}
	}
}

// A gateway that is down for an hour delays what is queued meanwhile by at most
// that hour more; nothing is given up within a day, and the tries are few.
func TestFailed_OutlastsTheDay(t *testing.T) {
	for name, chance := range map[string]float64{"quick": 0, "slow": 1} {
		m, now := notice, noon
		for now.Before(noon.Add(time.Hour)) {
			m = m.Failed("down", false, 0, chance, now)
			now, m.Tries = m.Next, m.Tries+1
		}
		if now.After(noon.Add(2*time.Hour)) || m.State != MessageWaiting || m.Tries > 10 {
			t.Errorf("%s: after an hour it is tried at %v, %d tries", name, now.Sub(noon), m.Tries)
		}
		for m.State == MessageWaiting {
			m = m.Failed("down", false, 0, chance, now)
			now, m.Tries = m.Next, m.Tries+1
		}
		if last := now.Sub(noon); last < DeliverFor || last > DeliverFor+2*time.Hour || m.Tries > 40 {
			t.Errorf("%s: given up at %v after %d tries", name, last, m.Tries)
		}
	}
}

func TestDelivered_LeavesNothingToRead(t *testing.T) {
	m := notice
	m.LastError = "down"
	m = m.Delivered(noon)
	if m.State != MessageSent || !m.Sent.Equal(noon) || m.Content != nil || m.Recipient != "" || m.LastError != "" || m.Lease != "l" {
		t.Errorf("%+v", m)
	}
}

func TestBrokenOff_IsDueAtOnce(t *testing.T) {
	m := sms.BrokenOff(noon)
	if m.State != MessageWaiting || !m.Next.Equal(noon) || string(m.Content) != "said" || m.Recipient == "" || m.LastError != "" || m.Lease != "l" {
		t.Errorf("%+v", m)
	}
}
