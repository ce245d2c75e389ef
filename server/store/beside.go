package store

import (
	"context"
	"sync"
)

// beside is the work that goes on while nobody waits for it.
type beside struct {
	mu     sync.Mutex
	closed bool
	ctx    context.Context // of all work; nil before the first
	end    context.CancelFunc
	work   sync.WaitGroup
}

// Beside runs work while the caller goes on, and reports whether it does: a store that
// was closed runs nothing. Close ends the ctx of work and waits for its return, so that
// nothing outlives the store.
func (s *Store) Beside(work func(ctx context.Context)) bool {
	b := &s.beside
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return false
	}
	if b.ctx == nil {
		b.ctx, b.end = context.WithCancel(context.Background())
	}
	b.work.Go(func() { work(b.ctx) })
	return true
}

// close ends all work.
func (b *beside) close() {
	b.mu.Lock()
	b.closed = true
	if b.end != nil {
		b.end()
	}
	b.mu.Unlock()
	b.work.Wait()
}
