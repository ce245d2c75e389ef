package message

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// badGateways are ways in which any gateway may fail; no failure among them is the message's fault.
var badGateways = map[string]struct {
	serve http.HandlerFunc
	cause string
	after time.Duration
}{
	"wrong password": {status(401), "answered 401: look at DOORWARD_SMS_USER", 0},
	"forbidden":      {status(403), "answered 403", 0},
	"bad request":    {status(400), "answered 400", 0},
	"no such path":   {status(404), "answered 404: look at DOORWARD_SMS_URL", 0},
	"not understood": {status(422), "answered 422", 0},
	"broken":         {status(500), "answered 500", 0},
	"behind a proxy": {status(502), "answered 502", 0},
	"teapot":         {status(999), "answered 999", 0},
	"too many": {func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "90")
		status(429)(w, r)
	}, "answered 429: it asks to wait", 90 * time.Second},
	"too many, by date": {func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", "Sat, 21 Nov 2026 10:00:00 GMT")
		w.Header().Set("Retry-After", "Sat, 21 Nov 2026 10:02:30 GMT")
		status(429)(w, r)
	}, "answered 429", 150 * time.Second},
	"maintenance for days": {func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "300000")
		status(503)(w, r)
	}, "answered 503: it asks to wait", time.Hour},
	"maintenance": {status(503), "answered 503: it asks to wait", 0},
	"huge refusal": {func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(500)
		flood(w)
	}, "answered 500", 0},
	"closes at once":          {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "closed the connection", 0},
	"speaks no HTTP":          {hijacked("220 mail.example.org ESMTP\r\n"), "does not speak HTTP", 0},
	"closes within a refusal": {hijacked("HTTP/1.1 500 Oh\r\nContent-Length: 1000\r\n\r\nhalf"), "answered 500", 0},
}

// status answers with a status and all that was asked.
func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(code)
		echo(w, r)
	}
}

// hijacked writes raw bytes in the place of an answer, and closes.
func hijacked(raw string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // what is left unread would reset the connection, and the answer be lost
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		defer conn.Close()
		_, _ = conn.Write([]byte(raw))
	}
}

// flood writes until the reader has had enough, and reports whether it read all 64 MiB.
func flood(w http.ResponseWriter) bool {
	block := []byte(strings.Repeat("0123456789abcdef", 4096))
	for range 1024 {
		if _, err := w.Write(block); err != nil {
			return false
		}
	}
	return true
}

func TestTexter_ReadsNoMoreThanItNeeds(t *testing.T) {
	drained := make(chan bool, 1)
	s := provider(t, func(w http.ResponseWriter, _ *http.Request) { drained <- flood(w) })
	failureOf(t, texterFor(t, presetAt("vonage", s.URL)).Send(t.Context(), aText))
	if <-drained {
		t.Error("64 MiB of an answer have been read")
	}
}

// A transport repeats a GET on a connection that dies while it is used again. A gateway would send the message twice.
func TestTexter_AsksOnceForEachMessage(t *testing.T) {
	var asked atomic.Int32
	s := provider(t, func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) > 1 {
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(http.StatusAccepted)
	})
	texter := texterFor(t, presetAt("kannel", s.URL))
	if err := texter.Send(t.Context(), aText); err != nil {
		t.Fatal(err)
	}
	failureOf(t, texter.Send(t.Context(), aText))
	if n := asked.Load(); n != 2 {
		t.Errorf("asked %d times for two messages", n)
	}
}

func TestTexter_GatewayFailures(t *testing.T) {
	for _, preset := range everyPreset {
		for name, bad := range badGateways {
			t.Run(preset+"/"+name, func(t *testing.T) {
				t.Parallel()
				var asked atomic.Int32
				s := provider(t, func(w http.ResponseWriter, r *http.Request) {
					asked.Add(1)
					bad.serve(w, r)
				})
				f := failureOf(t, texterFor(t, presetAt(preset, s.URL)).Send(t.Context(), aText))
				if f.Permanent || f.After != bad.after || !strings.Contains(f.Cause, bad.cause) {
					t.Errorf("got %+v, want %q after %v", *f, bad.cause, bad.after)
				}
				if n := asked.Load(); n != 1 {
					t.Errorf("the gateway was asked %d times for one message", n)
				}
			})
		}
	}
}

func TestTexter_FollowsNoRedirect(t *testing.T) {
	for _, code := range []int{301, 302, 303, 307, 308} {
		for _, preset := range everyPreset {
			var elsewhere atomic.Int32
			other := provider(t, func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) })
			s := provider(t, func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, other.URL+"/?"+r.URL.RawQuery, code)
			})
			f := failureOf(t, texterFor(t, presetAt(preset, s.URL)).Send(t.Context(), aText))
			if f.Permanent || !strings.Contains(f.Cause, "redirects") || elsewhere.Load() != 0 {
				t.Errorf("%s, %d: %+v, and %d requests elsewhere", preset, code, *f, elsewhere.Load())
			}
		}
	}
}

func TestTexter_HangingGatewayHoldsNobodyPastTheDeadline(t *testing.T) {
	for _, preset := range everyPreset {
		for name, begin := range map[string]string{"says nothing": "", "stops in the middle": "HTTP/1.1 500 Oh\r\nContent-Length: 100\r\n\r\nhal"} {
			stop := make(chan struct{})
			s := provider(t, func(w http.ResponseWriter, r *http.Request) {
				conn, _, err := http.NewResponseController(w).Hijack()
				if err != nil {
					panic(err)
				}
				defer conn.Close()
				_, _ = conn.Write([]byte(begin))
				<-stop
			})
			texter := texterFor(t, presetAt(preset, s.URL))
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			f := failureOf(t, texter.Send(ctx, aText))
			cancel()
			texter.timeout = 50 * time.Millisecond
			own := failureOf(t, texter.Send(t.Context(), aText))
			close(stop)
			for _, f := range []*Failure{f, own} {
				late := strings.Contains(f.Cause, "did not answer in time")
				if f.Permanent || !late && (begin == "" || !strings.Contains(f.Cause, "answered 500")) {
					t.Errorf("%s, %s: %+v", preset, name, *f)
				}
			}
		}
	}
}

func TestTexter_StopsWhenToldTo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := provider(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if f := failureOf(t, texterFor(t, presetAt("kannel", s.URL)).Send(ctx, aText)); f.Permanent || !strings.Contains(f.Cause, "stopped") {
		t.Errorf("%+v", *f)
	}
}

func TestTexter_NobodyListens(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	s.Close()
	for _, preset := range everyPreset {
		if f := failureOf(t, texterFor(t, presetAt(preset, s.URL)).Send(t.Context(), aText)); f.Permanent || !strings.Contains(f.Cause, "refuses the connection") {
			t.Errorf("%s: %+v", preset, *f)
		}
	}
}

func TestTexter_TrustsNoStrangeCertificate(t *testing.T) {
	var asked atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	s.StartTLS()
	t.Cleanup(s.Close)
	f := failureOf(t, texterFor(t, presetAt("twilio", s.URL)).Send(t.Context(), aText))
	if f.Permanent || !strings.Contains(f.Cause, "certificate") || asked.Load() != 0 {
		t.Errorf("%+v, asked %d times", *f, asked.Load())
	}
}

// The address is from a range for documentation; the connection is refused before a packet leaves.
func TestTexter_InClearOnlyToPrivateNetworks(t *testing.T) {
	client := newClient(true)
	_, err := client.Get("http://192.0.2.1/?password=" + secretPassword)
	if err == nil || !strings.Contains(networkCause(err), "private networks only") {
		t.Errorf("%v", err)
	}
	if client.Transport.(*http.Transport).Proxy != nil {
		t.Error("messages in clear go through a proxy")
	}
}

func TestTexter_UnknownNetworkErrorTellsNothing(t *testing.T) {
	err := fmt.Errorf("Get %q: dial: something about %s", "http://x/?password="+secretPassword, calledNumber)
	failureOf(t, &Failure{Cause: networkCause(err)})
}

func TestRetryAfter_IsBounded(t *testing.T) {
	const now = "Sat, 21 Nov 2026 10:00:00 GMT"
	for value, want := range map[string]time.Duration{
		"": 0, "0": 0, "1": time.Second, "3600": time.Hour, "3601": time.Hour, "99999999999999999999999": time.Hour,
		"-5": 0, "1.5": 0, "soon": 0, "５": 0,
		"Sat, 21 Nov 2026 10:00:30 GMT": 30 * time.Second, "Sat, 21 Nov 2026 09:00:00 GMT": 0, "Sun, 22 Nov 2026 10:00:00 GMT": time.Hour,
		"Saturday, 21-Nov-26 10:00:05 GMT": 5 * time.Second,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}, "Date": {now}}); got != want {
			t.Errorf("%q: got %v, want %v", value, got, want)
		}
	}
	if got := retryAfter(http.Header{"Retry-After": {now}}); got != 0 {
		t.Errorf("a date without the provider's own clock: %v", got)
	}
}
