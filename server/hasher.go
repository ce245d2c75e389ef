package server

import (
	"context"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"doorward/server/auth"
	"doorward/shared/check"
)

// hasher runs password hashes, at most a few at once: each takes a core and the
// cost's memory. Who comes beyond a bounded queue is told to come back, so that
// a flood of sign-ins costs time and not memory.
type hasher struct {
	cost  auth.Cost
	slots chan struct{} // one for each that runs
	queue chan struct{} // one for each that runs or waits
	ran   atomic.Uint64 // how many have run

	share int // of all places, that one caller may hold

	mu    sync.Mutex
	held  map[string]int // places, by caller
	idle  *time.Timer
	lists *auth.Lists // while passwords are being chosen
}

func newHasher(c auth.Cost, parallel, waiting int) *hasher {
	return &hasher{cost: c, slots: make(chan struct{}, parallel), queue: make(chan struct{}, parallel+waiting),
		share: max(1, (parallel+waiting)/2), held: map[string]int{}}
}

// take gives who a place, unless they hold half of all: one caller must not be
// able to keep everybody else out.
func (h *hasher) take(who string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.held[who] >= h.share {
		return false
	}
	h.held[who]++
	return true
}

func (h *hasher) leave(who string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.held[who]--; h.held[who] == 0 {
		delete(h.held, who)
	}
}

// do runs f in its turn, for who. It refuses with Busy when the queue is full or
// who has half of it, and returns ctx's error when the caller has gone before its
// turn came.
func (h *hasher) do(ctx context.Context, who string, f func()) error {
	if !h.take(who) {
		return &auth.Refusal{Code: check.Busy, Retry: 2 * time.Second}
	}
	defer h.leave(who)
	select {
	case h.queue <- struct{}{}:
		defer func() { <-h.queue }()
	default:
		return &auth.Refusal{Code: check.Busy, Retry: 2 * time.Second}
	}
	select {
	case h.slots <- struct{}{}:
		defer h.done()
	case <-ctx.Done():
		return ctx.Err()
	}
	h.ran.Add(1)
	f()
	if h.cost.Memory >= large {
		// What the hash took must be free before the next one takes as much: left to
		// itself the collector lets garbage pile up to as much again, or with a limit
		// has the system take pages away and give them back, for 20 ms a hash.
		runtime.GC()
	}
	return nil
}

// large is the memory of a hash, in KiB, from which on it is collected at once.
const large = 4 << 10

// rest is how long after the last hash memory is given back.
const rest = time.Second

// done frees a slot, and sees to it that memory is given back after a rest.
func (h *hasher) done() {
	<-h.slots
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.idle == nil {
		h.idle = time.AfterFunc(rest, h.release)
		return
	}
	h.idle.Reset(rest)
}

// release gives the memory of the hashes and of the word lists back to the system.
func (h *hasher) release() {
	h.mu.Lock()
	h.lists = nil
	h.mu.Unlock()
	debug.FreeOSMemory()
}

// words returns the word lists, reading them unless they were needed a moment ago.
func (h *hasher) words() (*auth.Lists, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.lists == nil {
		lists, err := auth.ReadLists()
		if err != nil {
			return nil, err
		}
		h.lists = &lists
	}
	return h.lists, nil
}

// verify reports whether pw matches hash, in the same time for the zero Hash.
func (h *hasher) verify(ctx context.Context, who string, hash auth.Hash, pw string) (ok bool, err error) {
	err = h.do(ctx, who, func() { ok = auth.VerifyPassword(hash, pw, h.cost) })
	return ok, err
}

// hash returns the hash of a new password.
func (h *hasher) hash(ctx context.Context, who string, pw string, salt [16]byte) (hash auth.Hash, err error) {
	err = h.do(ctx, who, func() { hash = auth.NewHash(pw, salt, h.cost) })
	return hash, err
}

// recovery hashes recovery codes, in as many turns as there are codes.
func (h *hasher) recovery(ctx context.Context, who string, codes []string, salt []byte, c auth.Cost) ([]auth.RecoveryHash, error) {
	hashes := make([]auth.RecoveryHash, len(codes))
	for i, code := range codes {
		if err := h.do(ctx, who, func() { hashes[i] = auth.HashRecoveryCode(code, salt, c) }); err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

// judge reports what is wrong with a new password beyond its length. It takes a
// turn, for reading the word lists takes a core for a while too.
func (h *hasher) judge(ctx context.Context, who string, pw string, words []string) (code check.Code, err error) {
	turn := h.do(ctx, who, func() {
		var lists *auth.Lists
		if lists, err = h.words(); err == nil {
			code = lists.Judge(pw, words...)
		}
	})
	if turn != nil {
		return "", turn
	}
	return code, err
}
