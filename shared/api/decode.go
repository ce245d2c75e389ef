package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"doorward/shared/check"
)

// MaxBody is the most bytes a request may have.
const MaxBody = 64 << 10

const (
	malformed = check.Malformed
	internal  = check.Internal
	offline   = check.Offline
)

// Decode reads a request from body: one JSON object, valid UTF-8, no unknown
// field, nothing behind it, at most [MaxBody] bytes. The error is always an
// *Error that names the field where there is one; the request is only to be
// used when it is nil.
func (e Endpoint[Req, Resp]) Decode(body []byte) (Req, error) {
	var req Req
	if len(body) > MaxBody {
		return req, &Error{Code: check.TooLarge}
	}
	if e.Method == "GET" {
		return req, nil
	}
	if !utf8.Valid(body) {
		return req, &Error{Code: malformed}
	}
	if trimmed := bytes.TrimLeft(body, " \t\r\n"); len(trimmed) == 0 || trimmed[0] != '{' {
		return req, &Error{Code: malformed}
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&req); err != nil {
		return req, decodeError(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return req, &Error{Code: malformed}
	}
	if p := req.Problems(); len(p) > 0 {
		return req, &Error{Problems: p}
	}
	return req, nil
}

// decodeError names the field that a decoding error is about, if it is about one.
func decodeError(err error) *Error {
	if t, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && t.Field != "" {
		return &Error{Problems: Problems{t.Field: check.WrongType}}
	}
	if quoted, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok && len(quoted) < 100 {
		if name, err := strconv.Unquote(quoted); err == nil {
			return &Error{Problems: Problems{name: check.UnknownField}}
		}
	}
	return &Error{Code: malformed}
}
