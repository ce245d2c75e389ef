package api

import (
	"encoding/json"
	"reflect"
	"strconv"
)

// Tick is a box that may be ticked. Plain forms send "on" for one that is, and
// leave out one that is not.
type Tick bool

// UnmarshalJSON implements json.Unmarshaler: true, false, "on" and "".
func (t *Tick) UnmarshalJSON(b []byte) error {
	switch string(b) {
	case "true", `"on"`:
		*t = true
	case "false", `""`:
		*t = false
	default:
		return &json.UnmarshalTypeError{Value: "value", Type: reflect.TypeFor[Tick]()}
	}
	return nil
}

// Number is a whole number. Plain forms send its digits as text, and nothing for 0.
type Number int64

// UnmarshalJSON implements json.Unmarshaler: 12, "12" and "".
func (n *Number) UnmarshalJSON(b []byte) error {
	text := string(b)
	if len(b) >= 2 && b[0] == '"' {
		text = string(b[1 : len(b)-1])
		if text == "" {
			text = "0"
		}
	}
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return &json.UnmarshalTypeError{Value: "value", Type: reflect.TypeFor[Number]()}
	}
	*n = Number(v)
	return nil
}
