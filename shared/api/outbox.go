package api

// The calls about the outbox, for operators.
var (
	// Outbox tells the newest messages and how they fared, never what they say.
	Outbox = get[OutboxInfo]("/api/outbox")
	// RetryMessage has a message that waits or was given up tried again at once.
	RetryMessage = post[RetryMessageRequest, Done]("/api/outbox/retry")
)

// OutboxInfo is what operators see of the outbox.
type OutboxInfo struct {
	Mail        bool         `json:"mail"`  // a mail server is configured
	Texts       bool         `json:"texts"` // a gateway is configured
	Development bool         `json:"development"`
	TextsToday  int          `json:"texts_today"`
	TextsMost   int          `json:"texts_most"` // the day's ceiling
	Waiting     int          `json:"waiting"`
	GivenUp     int          `json:"given_up"`
	Messages    []MessageRow `json:"messages"` // at most 200, the newest first
}

// MessageState is how far a message has come.
type MessageState string

// The states of a message.
const (
	MessageWaiting MessageState = "waiting"
	MessageSending MessageState = "sending"
	MessageSent    MessageState = "sent"
	MessageGivenUp MessageState = "given_up" // tried for as long as it is of use, or refused for good
)

// MessageRow is one message. Times are Unix milliseconds, 0 for never.
type MessageRow struct {
	ID        string       `json:"id"`
	Channel   string       `json:"channel"` // mail or text
	Kind      string       `json:"kind"`    // what it is about, such as password_changed
	To        string       `json:"to"`      // masked
	State     MessageState `json:"state"`
	Tries     int          `json:"tries"`
	Created   int64        `json:"created"`
	Next      int64        `json:"next"` // the next try
	Sent      int64        `json:"sent"`
	LastError string       `json:"last_error,omitempty"`
}

// RetryMessageRequest names the message.
type RetryMessageRequest struct {
	ID string `json:"id"`
}

// Problems returns what is wrong with the fields.
func (r RetryMessageRequest) Problems() Problems { return idProblems(r.ID) }
