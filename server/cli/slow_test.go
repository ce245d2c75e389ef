package cli

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"time"
)

// A client that never finishes its headers, and one that never finishes its body,
// lose their connection (requirement 113). The bounds are the real ones.
func TestServe_SlowClientsAreDropped(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	handler := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { io.Copy(io.Discard, r.Body) })
	go func() { ended <- serve(ctx, listener, handler, slog.New(slog.DiscardHandler)) }()
	for name, sent := range map[string]string{
		"headers": "POST / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
		"body":    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := net.Dial("tcp", listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			if _, err := c.Write([]byte(sent)); err != nil {
				t.Fatal(err)
			}
			c.SetReadDeadline(time.Now().Add(readTimeout + time.Minute))
			if _, err := io.Copy(io.Discard, c); err != nil {
				t.Errorf("a client with unfinished %s is kept: %v", name, err)
			}
		})
	}
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}
