package auth

import "time"

// Channel is how a message travels.
type Channel string

// The channels.
const (
	ByMail Channel = "mail"
	ByText Channel = "text"
	ByNote Channel = "note" // to ourselves: something to be done soon
)

// MessageState is how far a message has come.
type MessageState string

// The states of a message.
const (
	MessageWaiting MessageState = "waiting"
	MessageSending MessageState = "sending"
	MessageSent    MessageState = "sent"
	MessageGivenUp MessageState = "given_up"
)

// The most notices that one user is sent in a day: of one kind: by mail, and by text message.
const (
	NoticesToUser     = 20
	TextNoticesToUser = 5
)

// The most that one user is mailed in a day because of what staff do: reminders to set
// up two-factor, and invitations.
const (
	RemindersToUser   = 5
	InvitationsToUser = 5
)

// DeliverFor is how long a message is tried for.
const DeliverFor = 24 * time.Hour

// LeaseFor is how long who has taken a message to send it may take, before others
// may. It is well over the longest that a try lasts.
const LeaseFor = 2 * time.Minute

// Message is one message in the outbox. Recipient and Content are stored encrypted;
// Content is gone once the message is sent, or of no use any more.
type Message struct {
	ID           ID
	Channel      Channel
	Kind         string // what it is about, such as password_changed
	Organization ID
	User         ID
	Recipient    string
	Shown        string // the recipient, masked
	Content      []byte
	Fleeting     bool // it holds a code or a link that is of no use once it has expired
	State        MessageState
	Tries        int
	Created      time.Time
	Next         time.Time
	Lease        ID
	Expires      time.Time
	Sent         time.Time
	LastError    string
}

// Delivered returns m as delivered at now, with nothing left to read in it.
func (m Message) Delivered(now time.Time) Message {
	m.State, m.Sent, m.LastError, m.Content, m.Recipient = MessageSent, now, "", nil, ""
	return m
}

// Failed returns m after a try that failed for cause. It waits twice as long as
// before, at least as long as the other side asked, a fifth more or less by chance
// (0 to 1), so that what failed together does not come again together. It is given
// up when trying is useless, or when its time is over before the next try.
func (m Message) Failed(cause string, permanent bool, after time.Duration, chance float64, now time.Time) Message {
	first, most := 30*time.Second, time.Hour
	if m.Fleeting {
		first, most = 3*time.Second, time.Minute
	}
	wait := min(first<<min(max(m.Tries-1, 0), 12), most)
	wait = max(time.Duration(float64(wait)*(0.8+0.4*chance)), after)
	m.LastError, m.State, m.Next = cause, MessageWaiting, now.Add(wait)
	if permanent || !m.Next.Before(m.Expires) {
		return m.GivenUp()
	}
	return m
}

// BrokenOff returns m after a try that was not let come to its end. That is no
// failure: it is due at once, for whoever comes next.
func (m Message) BrokenOff(now time.Time) Message {
	m.State, m.Next = MessageWaiting, now
	return m
}

// GivenUp returns m as given up. What is fleeting leaves nothing to read; the rest
// can be tried again by an operator.
func (m Message) GivenUp() Message {
	m.State = MessageGivenUp
	if m.Fleeting {
		m.Content, m.Recipient = nil, ""
	}
	return m
}
