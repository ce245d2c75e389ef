package main

import (
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"doorward/server/auth"
)

// hashFloor returns how many passwords this machine hashes in a second at the portal's cost, with nothing else around it,
// one hash a core at a time, and how much processor time one takes.
func hashFloor(within time.Duration) (rate float64, each time.Duration, err error) {
	before, err := processorTime(os.Getpid())
	if err != nil {
		return 0, 0, err
	}
	var done atomic.Int64
	var wg sync.WaitGroup
	began := time.Now()
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for time.Since(began) < within {
				auth.VerifyPassword("", "correct horse battery staple", auth.DefaultCost())
				done.Add(1)
			}
		})
	}
	wg.Wait()
	rate = float64(done.Load()) / time.Since(began).Seconds()
	after, err := processorTime(os.Getpid())
	return rate, (after - before) / time.Duration(done.Load()), err
}

// cookieFloor serves what any answer to a signed-in person costs at least: a bare handler that parses one cookie. It returns
// its address and what stops it.
func cookieFloor() (address string, stop func() error, err error) {
	answer := []byte(`{"user_name":"ada"}`)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("session"); err != nil || c.Value == "" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write(answer)
	})}
	go s.Serve(l)
	return l.Addr().String(), s.Close, nil
}

// bytesFloor serves what any page of a list costs at least: a bare handler that reads what is asked, parses one cookie and
// answers with the bytes it was given. It returns its address and what stops it.
func bytesFloor(answer []byte) (address string, stop func() error, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil || len(r.Cookies()) == 0 {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write(answer)
	})}
	go s.Serve(l)
	return l.Addr().String(), s.Close, nil
}
