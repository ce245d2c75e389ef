// Command bench measures the real binary from the outside, over loopback, and prints what it finds beside floors measured in
// the same run: what the same machine does at the same moment with nothing but the part that cannot be left out. Every
// measure is bounded in requests and in time.
//
//	go build -o doorward . && go run ./server/bench [-quick]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// amount is how much of everything is measured.
type amount struct {
	starts, people, secondSteps     int
	mails                           int
	asks                            int // of known and of unknown names, each
	signIns, manySignIns, anonymous int64
	within, floorWithin, between    time.Duration
	small, large                    size // what lists are measured in
	looks                           int  // at each list
	looksWithin                     time.Duration
}

var (
	whole = amount{starts: 9, people: 64, secondSteps: 100, mails: 5000, asks: 190, between: 30 * time.Millisecond, signIns: 1000,
		manySignIns: 10_000, anonymous: 1_000_000, within: 10 * time.Minute, floorWithin: 5 * time.Second,
		small: size{1000, 20_000}, large: size{50_000, 1_000_000}, looks: 200, looksWithin: 10 * time.Second}
	quick = amount{starts: 7, people: 32, secondSteps: 20, mails: 1000, asks: 48, between: 20 * time.Millisecond, signIns: 200,
		manySignIns: 400, anonymous: 50_000,
		within: time.Minute, floorWithin: 2 * time.Second,
		small: size{200, 4000}, large: size{10_000, 200_000}, looks: 50, looksWithin: 5 * time.Second}
)

func main() {
	// The portal is to end with the thread that starts it.
	runtime.LockOSThread()
	binary := flag.String("binary", "./doorward", "the portal to measure")
	small := flag.Bool("quick", false, "measure less of everything")
	only := flag.String("only", "", "measure only this: start, second-step, known, outbox, hanging, lists, session, sign-in, many-sign-ins or anonymous")
	flag.Parse()
	a := whole
	if *small {
		a = quick
	}
	if err := run(context.Background(), *binary, a, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, binary string, a amount, only string) error {
	binary, err := filepath.Abs(binary)
	if err != nil {
		return err
	}
	data, err := os.MkdirTemp("", "doorward-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(data)
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-interrupted
		os.RemoveAll(data)
		os.Exit(1) // and the portal with it
	}()
	p, err := newPortal(binary, data)
	if err != nil {
		return err
	}
	fmt.Printf("%s, %d cores, %s/%s\n\n", runtime.Version(), runtime.GOMAXPROCS(0), runtime.GOOS, runtime.GOARCH)
	if err := clientSize("web/built"); err != nil {
		return err
	}
	b := &bench{portal: p, amount: a}
	if _, err := p.start(); err != nil {
		return err
	}
	if err := b.populate(ctx); err != nil {
		p.stop()
		return fmt.Errorf("make people: %w", err)
	}
	if err := p.stop(); err != nil {
		return err
	}
	for _, measure := range []struct {
		name string
		run  func(context.Context) error
	}{
		{"start", b.coldStart}, {"second-step", b.secondStep}, {"known", b.known}, {"outbox", b.outbox}, {"hanging", b.gatewayHangs}, {"lists", b.lists}, {"session", b.sessions},
		{"sign-in", b.signInRate}, {"many-sign-ins", b.manySignIns}, {"anonymous", b.anonymous},
	} {
		if only != "" && only != measure.name {
			continue
		}
		if err := measure.run(ctx); err != nil {
			return fmt.Errorf("%s: %w", measure.name, err)
		}
	}
	return nil
}

// clientSize prints how large the packed client is.
func clientSize(built string) error {
	stamp, err := os.ReadFile(filepath.Join(built, "build.txt"))
	if err != nil {
		return fmt.Errorf("the client is not packed: %w", err)
	}
	var version string
	var raw int64
	if _, err := fmt.Sscanf(string(stamp), "version %s\nclient %d", &version, &raw); err != nil {
		return fmt.Errorf("build.txt: %w", err)
	}
	sizes := []any{raw}
	for _, encoding := range []string{"gz", "br"} {
		info, err := os.Stat(filepath.Join(built, "app.wasm."+encoding))
		if err != nil {
			return err
		}
		sizes = append(sizes, info.Size())
	}
	row("client", "%d bytes, gzip %d, brotli %d", sizes...)
	return nil
}

// row prints one result.
func row(name, format string, args ...any) {
	fmt.Printf("%-34s %s\n", name, fmt.Sprintf(format, args...))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func median[T int64 | float64 | time.Duration](values []T) T {
	slices.Sort(values)
	return values[len(values)/2]
}
