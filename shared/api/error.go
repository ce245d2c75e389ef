package api

import "doorward/shared/check"

// Code names one reason for a "no".
type Code = check.Code

// Problems says what is wrong with each field, by its JSON name.
type Problems map[string]Code

// Add notes that field has problem c; the empty Code is no problem.
func (p Problems) Add(field string, c Code) {
	if c != "" {
		p[field] = c
	}
}

// Error is everything that can come back instead of an answer: either Problems
// or a Code. Retry is the number of seconds to wait before trying again, when
// that helps. Minutes is how far a clock is off, with check.ClockSlow and
// check.ClockFast.
type Error struct {
	Code     Code     `json:"code,omitempty"`
	Retry    int      `json:"retry,omitempty"`
	Minutes  int      `json:"minutes,omitempty"`
	Problems Problems `json:"problems,omitempty"`
}

// Error returns the code, for logs; people see the words for it.
func (e *Error) Error() string {
	if e.Code == "" {
		return "problems with fields"
	}
	return string(e.Code)
}
