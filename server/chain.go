package server

import (
	"context"
	"errors"
	"sync"
	"time"

	"doorward/server/store"
	"doorward/shared/api"
)

// chainLook is the last look at the whole audit chain, and the one under way.
type chainLook struct {
	mu   sync.Mutex
	info api.ChainInfo
}

// lookEach is how often the whole chain is read: each time costs as much as the audit is
// long.
const lookEach = time.Minute

// auditChain tells what the last look at the chain found. Asked to look again it begins
// to, unless it does so already or has just done so.
func (s *Server) auditChain(_ context.Context, c *caller, req api.AuditChainRequest) (api.ChainInfo, error) {
	l := &s.chain
	l.mu.Lock()
	defer l.mu.Unlock()
	if req.Again && !l.info.Running && millis(c.now)-l.info.At >= lookEach.Milliseconds() {
		l.info.Read = 0
		l.info.Running = s.store.Beside(s.lookAtChain)
	}
	return l.info, nil
}

// lookAtChain checks the whole chain. Where it cannot be read at all, what was known
// before stays.
func (s *Server) lookAtChain(ctx context.Context) {
	l := &s.chain
	entries, err := s.store.WatchAudit(ctx, func(read int64) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.info.Read = read
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	l.info.Running, l.info.Read = false, 0
	found, damaged := errors.AsType[store.Damage](err)
	switch {
	case damaged:
		s.config.Log.Error("the audit does not verify", "damage", found)
	case err != nil:
		if ctx.Err() == nil {
			s.config.Log.Error("verify the audit", "error", err)
		}
		return
	}
	l.info.At, l.info.Entries, l.info.Damage = millis(s.now()), entries, string(found)
}
