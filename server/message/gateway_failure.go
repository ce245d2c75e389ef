package message

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// errPublic is why plain http does not reach a public address.
var errPublic = errors.New("a public address")

// networkCause says in our own words why there is no answer. The error itself repeats the URL, and with it, at some
// providers, the number, the words and the password.
func networkCause(err error) string {
	if errors.Is(err, context.Canceled) {
		return "stopped while waiting for the gateway"
	}
	if t, ok := errors.AsType[net.Error](err); ok && t.Timeout() {
		return "the gateway did not answer in time"
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return "the gateway's name cannot be looked up"
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "the gateway's certificate cannot be trusted"
	}
	switch {
	case errors.Is(err, errPublic):
		return "the gateway's name leads to a public address, and plain http is for private networks only"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the gateway refuses the connection"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "the gateway closed the connection without an answer"
	}
	return "the gateway cannot be reached, or does not speak HTTP"
}

// retryAfter returns how long a Retry-After asks to wait, an hour at most; 0 when it does not say. A date counts from the
// answer's own Date, so that only the provider's clock matters. (RFC 9110 §10.2.3)
func retryAfter(h http.Header) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return 0
	}
	if strings.Trim(v, "0123456789") == "" {
		seconds, err := strconv.Atoi(v)
		if err != nil || seconds > int(maxWait/time.Second) {
			return maxWait // more digits than an int has are a long time, too
		}
		return time.Duration(seconds) * time.Second
	}
	until, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	from, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0
	}
	return min(max(until.Sub(from), 0), maxWait)
}
