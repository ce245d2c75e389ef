package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// load is a closed loop over a number of connections: each sends its next request when its last one is answered. It ends after
// the given number of requests or the given time, whichever is first.
type load struct {
	address     string
	connections int
	requests    int64
	within      time.Duration
	// next returns the bytes of the n-th request. It is called on all connections at once.
	next func(n int64) []byte
}

// outcome is what came of a load.
type outcome struct {
	elapsed   time.Duration
	durations []time.Duration // sorted
	statuses  map[int]int
}

// rate is how many requests were answered in a second.
func (o outcome) rate() float64 { return float64(len(o.durations)) / o.elapsed.Seconds() }

// quantile returns the duration that the given part of the requests did not exceed (nearest rank).
func (o outcome) quantile(part float64) time.Duration {
	if len(o.durations) == 0 {
		return 0
	}
	rank := int(part*float64(len(o.durations))+0.5) - 1
	return o.durations[min(max(rank, 0), len(o.durations)-1)]
}

// only returns an error unless every request was answered with the status.
func (o outcome) only(status int) error {
	if len(o.durations) == 0 || o.statuses[status] != len(o.durations) {
		return fmt.Errorf("wanted only %d, got %v", status, o.statuses)
	}
	return nil
}

// run returns an error only when a connection failed; which statuses are right is the caller's to know.
func (l load) run() (outcome, error) {
	var sent atomic.Int64
	var mu sync.Mutex
	var wg sync.WaitGroup
	var failed error
	o := outcome{statuses: map[int]int{}}
	began := time.Now()
	for range l.connections {
		wg.Go(func() {
			mine, statuses, err := l.connection(&sent, began.Add(l.within))
			mu.Lock()
			defer mu.Unlock()
			failed = errors.Join(failed, err)
			o.durations = append(o.durations, mine...)
			for status, n := range statuses {
				o.statuses[status] += n
			}
		})
	}
	wg.Wait()
	o.elapsed = time.Since(began)
	slices.Sort(o.durations)
	return o, failed
}

// connection is the loop of one connection. A server may close it after an answer, as it announces then.
func (l load) connection(sent *atomic.Int64, end time.Time) (durations []time.Duration, statuses map[int]int, err error) {
	statuses = map[int]int{}
	var c net.Conn
	var r *bufio.Reader
	defer func() {
		if c != nil {
			err = errors.Join(err, c.Close())
		}
	}()
	for time.Now().Before(end) {
		n := sent.Add(1) - 1
		if n >= l.requests {
			return durations, statuses, nil
		}
		if c == nil {
			if c, err = net.Dial("tcp", l.address); err != nil {
				return durations, statuses, err
			}
			r = bufio.NewReaderSize(c, 16<<10)
		}
		request := l.next(n)
		began := time.Now()
		if err := c.SetDeadline(began.Add(time.Minute)); err != nil {
			return durations, statuses, err
		}
		if _, err := c.Write(request); err != nil {
			return durations, statuses, err
		}
		status, last, err := readAnswer(r)
		if err != nil {
			return durations, statuses, err
		}
		durations = append(durations, time.Since(began))
		statuses[status]++
		if last {
			if err := c.Close(); err != nil {
				return durations, statuses, err
			}
			c = nil
		}
	}
	return durations, statuses, nil
}

// readAnswer reads one answer off a connection and throws its body away. It knows no more of HTTP than the answers measured
// here need, so that the loader takes little of the processor from what it measures.
func readAnswer(r *bufio.Reader) (status int, last bool, err error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return 0, false, err
	}
	if _, err := fmt.Sscanf(line, "HTTP/1.1 %d", &status); err != nil {
		return 0, false, fmt.Errorf("status line %q: %w", line, err)
	}
	length := 0
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, false, err
		}
		if len(line) <= 2 {
			break
		}
		name, value, _ := strings.Cut(strings.TrimSpace(string(line)), ": ")
		switch strings.ToLower(name) {
		case "content-length":
			if length, err = strconv.Atoi(value); err != nil {
				return 0, false, err
			}
		case "transfer-encoding":
			return 0, false, fmt.Errorf("answer %d is in chunks, which is not read here", status)
		case "connection":
			last = value == "close"
		}
	}
	_, err = io.CopyN(io.Discard, r, int64(length))
	return status, last, err
}

// get and post return the bytes of a request.
func get(host, path string, headers ...string) []byte {
	return []byte("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + lines(headers) + "\r\n")
}

func post(host, path, body string, headers ...string) []byte {
	return []byte("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\nContent-Length: " +
		strconv.Itoa(len(body)) + "\r\n" + lines(headers) + "\r\n" + body)
}

func lines(headers []string) string {
	var b strings.Builder
	for _, header := range headers {
		b.WriteString(header + "\r\n")
	}
	return b.String()
}
