package cli

import (
	"net"
	"net/netip"
	"sync"
)

// sharedListener gives one address at most a share of the connections there are, so
// that one stranger cannot take them all. Trusted proxies may take any number: they
// speak for others.
type sharedListener struct {
	net.Listener
	most    int
	trusted []netip.Prefix

	mu   sync.Mutex
	open map[netip.Addr]int
}

func newSharedListener(l net.Listener, most int, trusted []netip.Prefix) *sharedListener {
	return &sharedListener{Listener: l, most: most, trusted: trusted, open: map[netip.Addr]int{}}
}

// Accept returns the next connection of an address that has not too many.
func (l *sharedListener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		at, ok := l.counts(c)
		if !ok {
			return c, nil
		}
		if l.enter(at) {
			return &sharedConn{Conn: c, leave: sync.OnceFunc(func() { l.leave(at) })}, nil
		}
		c.Close()
	}
}

// counts returns the address that c counts for, if it does.
func (l *sharedListener) counts(c net.Conn) (netip.Addr, bool) {
	tcp, ok := c.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return netip.Addr{}, false
	}
	at := tcp.AddrPort().Addr().Unmap()
	for _, p := range l.trusted {
		if p.Contains(at) {
			return at, false
		}
	}
	return at, true
}

func (l *sharedListener) enter(at netip.Addr) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[at] >= l.most {
		return false
	}
	l.open[at]++
	return true
}

func (l *sharedListener) leave(at netip.Addr) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[at]--; l.open[at] == 0 {
		delete(l.open, at)
	}
}

// sharedConn gives its place back when it is closed.
type sharedConn struct {
	net.Conn
	leave func()
}

// Close closes the connection.
func (c *sharedConn) Close() error {
	c.leave()
	return c.Conn.Close()
}
