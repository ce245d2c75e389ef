package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// The tests run doorward as it is run by people: as a process of its own, found
// in the path. It is this test binary under another name, so that the race
// detector watches it too.
func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"doorward": Main}) }

// startWithin and stopWithin bound how long a process may take to say where it
// is and to end when it is asked to.
const (
	startWithin = 30 * time.Second
	stopWithin  = 20 * time.Second
)

// process is a doorward that serves in the background.
type process struct {
	url   string // where it says that it is
	cmd   *exec.Cmd
	out   console
	ended chan struct{} // closed when it has ended, for the reason in err
	err   error
}

var (
	addressLine = regexp.MustCompile(`Doorward is at (\S+) `)
	linkLine    = regexp.MustCompile(`(https?://\S+/(?:setup|invitation)/[A-Za-z0-9_-]{43})\s`)
)

// startProcess runs doorward with args and returns when it has said where it is.
func startProcess(env []string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command("doorward", args...), ended: make(chan struct{})}
	p.out.more = sync.NewCond(&p.out.mu)
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = env, &p.out, &p.out
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // it does not outlive the test, whatever happens
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.ended)
		p.out.close()
	}()
	var err error
	if p.url, err = p.out.wait(addressLine); err != nil {
		return nil, errors.Join(err, p.kill())
	}
	return p, nil
}

// setupLink returns the link that a portal prints which nobody has set up.
func (p *process) setupLink() (string, error) { return p.out.wait(linkLine) }

// stop asks the process to end, and returns an error unless it ends well.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.ended:
		if p.err != nil {
			return fmt.Errorf("%w\n%s", p.err, p.out.String())
		}
		return nil
	case <-time.After(stopWithin):
		return errors.Join(fmt.Errorf("still there %v after it was asked to end", stopWithin), p.kill())
	}
}

// kill ends the process without asking, wherever it is, and returns when it is gone.
func (p *process) kill() error {
	err := p.cmd.Process.Kill()
	<-p.ended
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	return err
}

// console keeps what a process prints.
type console struct {
	mu    sync.Mutex
	more  *sync.Cond
	b     bytes.Buffer
	ended bool
}

// Write implements io.Writer.
func (c *console) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.more.Broadcast()
	return c.b.Write(b)
}

func (c *console) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = true
	c.more.Broadcast()
}

// String returns everything printed so far.
func (c *console) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.b.String()
}

// wait returns what the group of line matches, as soon as it has been printed.
func (c *console) wait(line *regexp.Regexp) (string, error) {
	late := false
	timer := time.AfterFunc(startWithin, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		late = true
		c.more.Broadcast()
	})
	defer timer.Stop()
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		if found := line.FindSubmatch(c.b.Bytes()); found != nil {
			return string(found[1]), nil
		}
		if c.ended || late {
			return "", fmt.Errorf("no line like %q; ended: %v; printed:\n%s", line, c.ended, c.b.String())
		}
		c.more.Wait()
	}
}
