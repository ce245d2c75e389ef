package servertest

import (
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
)

// Wire stands between a portal and PostgreSQL and counts the statements that the
// portal has run.
type Wire struct {
	URL string // of the database, through the wire

	statements atomic.Int64
}

// NewWire returns a wire to a new, empty database. It ends with the test.
func NewWire(t testing.TB) *Wire {
	t.Helper()
	u, err := url.Parse(Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	server := u.Host
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	u.Host = l.Addr().String()
	w := &Wire{URL: u.String()}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return // the test is over
			}
			all.Go(func() { w.carry(client, server) })
		}
	})
	t.Cleanup(func() {
		l.Close()
		all.Wait() // the portal has closed its connections by now
	})
	return w
}

// Statements returns how many statements have been run since it was called last.
func (w *Wire) Statements() int { return int(w.statements.Swap(0)) }

func (w *Wire) carry(client net.Conn, server string) {
	defer client.Close()
	up, err := net.Dial("tcp", server)
	if err != nil {
		return // the portal sees its connection end
	}
	defer up.Close()
	var back sync.WaitGroup
	back.Go(func() {
		io.Copy(client, up)
		client.Close()
	})
	w.forward(up, client)
	up.Close()
	back.Wait()
}

// forward carries what the portal says, a message at a time, and counts the simple
// queries (Q) and executions (E) among them. The first message has no kind.
func (w *Wire) forward(to io.Writer, from io.Reader) {
	for first := true; ; first = false {
		head := make([]byte, 5)
		if first {
			head = head[1:]
		}
		if _, err := io.ReadFull(from, head); err != nil {
			return
		}
		rest := make([]byte, binary.BigEndian.Uint32(head[len(head)-4:])-4)
		if _, err := io.ReadFull(from, rest); err != nil {
			return
		}
		if !first && (head[0] == 'Q' || head[0] == 'E') {
			w.statements.Add(1)
		}
		if _, err := to.Write(append(head, rest...)); err != nil {
			return
		}
	}
}
