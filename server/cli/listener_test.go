package cli

import (
	"net"
	"net/netip"
	"testing"
)

// One address gets no more than its share; a closed connection gives its place
// back; a trusted proxy gets any number.
func TestSharedListener(t *testing.T) {
	for _, tt := range []struct {
		name    string
		trusted []netip.Prefix
		want    int
	}{
		{"a stranger", nil, 2},
		{"a trusted proxy", []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inner, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer inner.Close()
			l := newSharedListener(inner, 2, tt.trusted)
			accepted := make(chan net.Conn)
			go func() {
				for {
					c, err := l.Accept()
					if err != nil {
						close(accepted)
						return
					}
					accepted <- c
				}
			}()
			dial := func() net.Conn {
				c, err := net.Dial("tcp", inner.Addr().String())
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { c.Close() })
				return c
			}
			var kept []net.Conn
			for range tt.want {
				dial()
				kept = append(kept, <-accepted)
			}
			if tt.want == 2 {
				if _, err := dial().Read(make([]byte, 1)); err == nil {
					t.Error("a third connection is served")
				}
			}
			kept[0].Close()
			kept[0].Close() // twice gives one place back
			dial()
			(<-accepted).Close()
		})
	}
}
