package main

import (
	"bufio"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestReadAnswer(t *testing.T) {
	for _, row := range []struct {
		name, answer, rest string
		status             int
		last, fails        bool
	}{
		{"a body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP", "HTTP", 200, false, false},
		{"no body", "HTTP/1.1 204 No Content\r\n\r\n", "", 204, false, false},
		{"the last one", "HTTP/1.1 503 Busy\r\nconnection: close\r\ncontent-length: 0\r\n\r\n", "", 503, true, false},
		{"in chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "", 200, false, true},
		{"cut off", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok", "", 200, false, true},
		{"no answer", "SSH-2.0\r\n", "", 0, false, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := bufio.NewReader(strings.NewReader(row.answer))
			status, last, err := readAnswer(r)
			if (err != nil) != row.fails {
				t.Fatalf("error %v", err)
			}
			if row.fails {
				return
			}
			rest := make([]byte, r.Buffered())
			if _, err := r.Read(rest); len(rest) > 0 && err != nil {
				t.Fatal(err)
			}
			if status != row.status || last != row.last || string(rest) != row.rest {
				t.Errorf("got %d, last %v, rest %q", status, last, rest)
			}
		})
	}
}

func TestLoad_CountsWhatWasAnswered(t *testing.T) {
	address, stop, err := cookieFloor()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	o, err := load{address: address, connections: 4, requests: 100, within: time.Minute, next: func(n int64) []byte {
		if n%4 == 0 {
			return get(address, "/")
		}
		return get(address, "/", "Cookie: session=x")
	}}.run()
	if err != nil {
		t.Fatal(err)
	}
	if len(o.durations) != 100 || o.statuses[http.StatusOK] != 75 || o.statuses[http.StatusUnauthorized] != 25 {
		t.Errorf("%d answers: %v", len(o.durations), o.statuses)
	}
	if o.only(http.StatusOK) == nil {
		t.Error("a quarter of the answers was another, and nothing was said")
	}
	if o.quantile(.5) <= 0 || o.quantile(.99) < o.quantile(.5) || o.rate() <= 0 {
		t.Errorf("p50 %v, p99 %v, %.0f a second", o.quantile(.5), o.quantile(.99), o.rate())
	}
}

func TestLoad_EndsInTime(t *testing.T) {
	address, stop, err := cookieFloor()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	began := time.Now()
	o, err := load{address: address, connections: 2, requests: 1 << 40, within: 50 * time.Millisecond,
		next: func(int64) []byte { return get(address, "/", "Cookie: session=x") }}.run()
	if err != nil || len(o.durations) == 0 || time.Since(began) > 5*time.Second {
		t.Errorf("%d answers in %v (%v)", len(o.durations), time.Since(began), err)
	}
}

func TestQuantile_NearestRank(t *testing.T) {
	o := outcome{durations: []time.Duration{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}}
	for part, want := range map[float64]time.Duration{0: 1, .5: 5, .99: 10, 1: 10} {
		if got := o.quantile(part); got != want {
			t.Errorf("quantile %v is %d, want %d", part, got, want)
		}
	}
}

func TestTokenIn(t *testing.T) {
	token := strings.Repeat("aB3_-", 8) + "xyz"
	for _, text := range []string{
		"Open http://127.0.0.1:8080/setup/" + token + "\n", "link=https://a.test/invitation?token=" + token, "http://a.test/setup#" + token + " within",
	} {
		if got, err := tokenIn(text); err != nil || got != token {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	if got, err := tokenIn("nothing to see"); err == nil {
		t.Errorf("found %q", got)
	}
}

func TestBytesFloor_AnswersWithTheBytes(t *testing.T) {
	address, stop, err := bytesFloor([]byte(`{"people":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	for _, row := range []struct {
		name, cookie string
		status       int
	}{
		{"with a cookie", "session=x", 200},
		{"without one", "", 401},
	} {
		request := post(address, "/api/people", "{}", "Cookie: "+row.cookie)
		o, err := load{address: address, connections: 1, requests: 3, within: time.Minute, next: func(int64) []byte { return request }}.run()
		if err != nil || o.only(row.status) != nil {
			t.Errorf("%s: %v, %v", row.name, o.statuses, err)
		}
	}
}
