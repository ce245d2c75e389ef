package auth

import (
	"errors"
	"time"

	"doorward/shared/check"
)

const (
	minPassword     = check.MinPassword
	minPasswordWith = check.MinPasswordWith
)

// Refusal is a "no": an answer, not a fault. What led to it is saved and counted.
type Refusal struct {
	Code    check.Code
	Retry   time.Duration // when to try again; 0 when waiting does not help
	Minutes int           // how far a clock is off, with ClockSlow and ClockFast
	Field   string        // the field it is about, when it is about one
}

// Error returns the code.
func (r *Refusal) Error() string { return "refused: " + string(r.Code) }

// Refuse returns a Refusal with code c.
func Refuse(c check.Code) *Refusal { return &Refusal{Code: c} }

// RefuseField returns a Refusal with code c about a field of the request.
func RefuseField(field string, c check.Code) *Refusal { return &Refusal{Code: c, Field: field} }

// Refused reports whether err is a Refusal, with its code.
func Refused(err error) (check.Code, bool) {
	r, ok := errors.AsType[*Refusal](err)
	if !ok {
		return "", false
	}
	return r.Code, true
}
