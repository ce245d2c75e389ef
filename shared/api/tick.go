package api

import (
	"encoding/json"
	"reflect"
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
