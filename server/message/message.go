// Package message sends e-mail and text messages, and composes them.
//
// It is the last step of what a person is told and the only place that speaks to a mail server or a text-message gateway. It
// knows no database and no HTTP of ours: what waits, what is tried again and when is its caller's to decide, by the Failure
// that a Send returns.
package message

import "time"

// Mail is one e-mail, ready to be sent.
type Mail struct {
	ID                  string // the local part of its Message-ID: letters, digits, "-", "_" and "."; the same in every try
	To                  string
	Subject, Text, HTML string
	Date                time.Time
}

// Text is one text message, ready to be sent.
type Text struct {
	ID   string
	To   string // E.164
	Body string
}

// Failure is the error of a Send. Its text is fit for operators and logs: it holds no address, no number and no content.
type Failure struct {
	Permanent bool          // trying again is useless
	After     time.Duration // the provider asked to wait so long; 0 when it did not
	Cause     string
}

// Error returns the cause.
func (f *Failure) Error() string { return f.Cause }
