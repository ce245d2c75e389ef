package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"golang.org/x/net/netutil"

	"doorward/server/auth"
)

type serveCommand struct {
	Messages `embed:""`

	TrustedProxies []string `help:"Networks of reverse proxies whose X-Forwarded-For counts, such as 127.0.0.1/32." env:"DOORWARD_TRUSTED_PROXIES" name:"trusted-proxies" placeholder:"CIDR"`
	HashMemory     uint32   `help:"Memory of one password hash in MiB (${default})." env:"DOORWARD_HASH_MEMORY" default:"46" placeholder:"MIB"`
	HashTime       uint32   `help:"Passes of one password hash (${default})." env:"DOORWARD_HASH_TIME" default:"1" placeholder:"N"`
	LogFormat      string   `help:"How to log: text or json." env:"DOORWARD_LOG_FORMAT" enum:"text,json" default:"text"`
	LogLevel       string   `help:"What to log: debug (every request), info, warn or error." env:"DOORWARD_LOG_LEVEL" enum:"debug,info,warn,error" default:"info"`
}

// The bounds of a connection. Slow clients and half-open requests end; the
// largest thing sent, the client, has five minutes to arrive.
const (
	maxConnections = 4096
	maxOfOne       = maxConnections / 4 // from one address
	headerTimeout  = 5 * time.Second
	readTimeout    = 20 * time.Second
	writeTimeout   = 5 * time.Minute
	idleTimeout    = 90 * time.Second
	maxHeader      = 16 << 10
	shutdownGrace  = 10 * time.Second
)

// Run serves the portal until it is told to stop.
func (c *serveCommand) Run(ctx bound, p *Place, io std) error {
	st, err := c.settings(p, io.err)
	if err != nil {
		return err
	}
	way, err := c.open(p, io.out)
	if err != nil {
		return err
	}
	defer way.close()
	st.delivery = way.Delivery
	listener, err := net.Listen("tcp", p.Listen)
	if err != nil {
		return fmt.Errorf("DOORWARD_LISTEN %q: %w", p.Listen, err)
	}
	defer listener.Close()
	if st.listen == "" || p.URL == "" {
		st.listen = listener.Addr().String() // the port may have been chosen by the system
	}
	boundMemory(st.cost)
	portal, err := p.open(ctx, st, true)
	if err != nil {
		return unlessStopped(ctx, err)
	}
	defer portal.close()
	if err := greet(ctx, portal, p, st, io.out); err != nil {
		return unlessStopped(ctx, err)
	}
	go portal.server.Maintain(ctx)
	serving, stop := context.WithCancel(ctx)
	defer stop()
	delivered := beside(serving, portal.server.Deliver)
	reminded := beside(serving, portal.server.Remind)
	shared := newSharedListener(netutil.LimitListener(listener, maxConnections), maxOfOne, st.proxies)
	err = serve(serving, shared, portal.server.Handler(), st.log)
	stop()
	delivered()
	reminded()
	return err
}

// beside runs task until ctx is done. What it returns waits for the end of task, for
// shutdownGrace after ctx is done at the longest.
func beside(ctx context.Context, task func(context.Context)) (wait func()) {
	ended, late := make(chan struct{}), make(chan struct{})
	go func() {
		task(ctx)
		close(ended)
	}()
	context.AfterFunc(ctx, func() { time.AfterFunc(shutdownGrace, func() { close(late) }) })
	return func() {
		select {
		case <-ended:
		case <-late:
		}
	}
}

// unlessStopped returns err, or nil when the portal was told to stop: to be told
// so while it starts is no failure.
func unlessStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// The most that one password hash may take: beyond, people wait for minutes.
const (
	maxHashMemory = 1024 // MiB
	maxHashTime   = 100  // passes
)

// settings checks the flags. Each error names the setting and its value.
func (c *serveCommand) settings(p *Place, logTo io.Writer) (settings, error) {
	st := settings{listen: p.Listen, cost: auth.Cost{Memory: c.HashMemory << 10, Time: c.HashTime, Threads: 1}, log: c.logger(logTo)}
	host, _, err := net.SplitHostPort(p.Listen)
	if err != nil {
		return st, fmt.Errorf("DOORWARD_LISTEN %q: must be HOST:PORT, such as %s", p.Listen, defaultListen)
	}
	address, err := p.publicURL(p.Listen)
	if err != nil {
		return st, err
	}
	if address.Scheme == "http" && !loopback(host) {
		return st, fmt.Errorf("DOORWARD_LISTEN %q: other machines could connect in the clear: set DOORWARD_URL to the https address of the proxy in front, or listen on %s", p.Listen, defaultListen)
	}
	if c.HashMemory > maxHashMemory || c.HashTime > maxHashTime {
		return st, fmt.Errorf("DOORWARD_HASH_MEMORY %d with DOORWARD_HASH_TIME %d: too much for one sign-in; the most are %d MiB and %d passes", c.HashMemory, c.HashTime, maxHashMemory, maxHashTime)
	}
	if !strongEnough(st.cost) {
		return st, fmt.Errorf("DOORWARD_HASH_MEMORY %d with DOORWARD_HASH_TIME %d: too weak for passwords; the least are 46 MiB with 1 pass, 19 with 2, 12 with 3, 9 with 4 and 7 with 5", c.HashMemory, c.HashTime)
	}
	for _, raw := range c.TrustedProxies {
		prefix, err := netip.ParsePrefix(raw)
		if err != nil {
			return st, fmt.Errorf("DOORWARD_TRUSTED_PROXIES %q: must be a network such as 127.0.0.1/32", raw)
		}
		if prefix.Bits() == 0 {
			return st, fmt.Errorf("DOORWARD_TRUSTED_PROXIES %q: would let everybody choose their own address", raw)
		}
		st.proxies = append(st.proxies, prefix.Masked())
	}
	return st, nil
}

// strongEnough reports whether c is at least a row of OWASP's table for Argon2id.
func strongEnough(c auth.Cost) bool {
	for _, row := range []struct{ mib, passes uint32 }{{46, 1}, {19, 2}, {12, 3}, {9, 4}, {7, 5}} {
		if c.Memory >= row.mib<<10 && c.Time >= row.passes {
			return true
		}
	}
	return false
}

func (c *serveCommand) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		level = slog.LevelInfo // kong has checked it
	}
	options := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// boundMemory has the garbage collector keep to what the hashes that run at once
// take and a little more, unless GOMEMLIMIT says otherwise.
func boundMemory(c auth.Cost) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetMemoryLimit(int64(runtime.GOMAXPROCS(0))*int64(c.Memory)<<10 + 32<<20)
}

// greet says where the portal is and, while nobody has set it up, how to.
func greet(ctx context.Context, portal *portal, p *Place, st settings, out io.Writer) error {
	address, err := p.publicURL(st.listen)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Doorward is at %s (%s)\n", address, portal.store.Engine())
	if st.delivery.Development {
		fmt.Fprintf(out, "Development mode: mail and text messages do not leave this machine.\nThey arrive in this terminal and at %s/dev/outbox.\n", address)
	}
	done, err := portal.server.IsSetUp(ctx)
	if err != nil || done {
		return err
	}
	link, expires, err := portal.server.SetupLink(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\nSet it up by opening this one-time link, before %s:\n\n  %s\n\n", expires.Local().Format("2 January 15:04"), link)
	return nil
}

// serve serves until ctx is done, and then lets what is under way finish.
func serve(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger) error {
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	if err := srv.Shutdown(stopping); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}
