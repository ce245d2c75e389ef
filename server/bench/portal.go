package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// startWithin bounds a start of the portal, stopWithin how long it may take to end when asked to.
const (
	startWithin = 30 * time.Second
	stopWithin  = 10 * time.Second
)

// portal is the real binary on a folder of its own, on a loopback port.
type portal struct {
	binary, data, address string
	settings              []string // beside those of command, such as DOORWARD_SMTP=…
	cmd                   *exec.Cmd
	log                   *os.File
	ended                 chan error // the process has ended, for the reason that Wait gave
}

// newPortal returns a portal that has not been started yet.
func newPortal(binary, data string) (*portal, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := l.Addr().String()
	return &portal{binary: binary, data: data, address: address}, l.Close()
}

// command returns the binary with its settings and the given words.
func (p *portal) command(words ...string) *exec.Cmd {
	cmd := exec.Command(p.binary, words...)
	cmd.Env = append(os.Environ(), "DOORWARD_LISTEN="+p.address, "DOORWARD_DATA="+p.data, "DOORWARD_URL=http://"+p.address,
		"DOORWARD_TRUSTED_PROXIES=127.0.0.1/32")
	cmd.Env = append(cmd.Env, p.settings...)
	// Whatever happens to the bench, the portal does not outlive it.
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return cmd
}

// start returns how long it took from starting the process to its first good answer on /healthz.
func (p *portal) start() (time.Duration, error) {
	log, err := os.OpenFile(filepath.Join(p.data, "bench.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	p.log, p.cmd = log, p.command("serve")
	p.cmd.Stdout, p.cmd.Stderr = log, log
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		return 0, err
	}
	p.ended = make(chan error, 1)
	go func(cmd *exec.Cmd, ended chan<- error) { ended <- cmd.Wait() }(p.cmd, p.ended)
	client := &http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for time.Since(began) < startWithin {
		if resp, err := client.Get("http://" + p.address + "/healthz"); err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return time.Since(began), nil
			}
		}
		select {
		case err := <-p.ended:
			return 0, errors.Join(fmt.Errorf("ended at once: %w: %s", err, p.logged()), log.Close())
		case <-time.After(time.Millisecond):
		}
	}
	return 0, errors.Join(fmt.Errorf("no good answer on /healthz within %v: %s", startWithin, p.logged()), p.stop())
}

// stop asks the process to end, by its id, and ends it when it does not.
func (p *portal) stop() error {
	defer p.log.Close()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case err := <-p.ended:
		return err
	case <-time.After(stopWithin):
		return errors.Join(fmt.Errorf("still there %v after it was asked to end", stopWithin), p.cmd.Process.Kill(), <-p.ended)
	}
}

// logged returns what the portal has written so far.
func (p *portal) logged() string {
	b, err := os.ReadFile(filepath.Join(p.data, "bench.log"))
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// memory returns the resident memory of the process now and at its peak, in MiB.
func (p *portal) memory() (now, peak float64, err error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(b)) {
		var kib float64
		if n, _ := fmt.Sscanf(line, "VmRSS: %f kB", &kib); n == 1 {
			now = kib / 1024
		}
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kib); n == 1 {
			peak = kib / 1024
		}
	}
	return now, peak, nil
}

// processorTime returns how long a process has kept processors busy since it began. Unlike a rate it says the same on a machine
// that has other things to do.
func processorTime(pid int) (time.Duration, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	// The second field is the program's name, in parentheses, and may contain anything. After it, the 12th and the 13th are the
	// time for the process itself and in the kernel for it, in hundredths of a second.
	_, rest, _ := strings.Cut(string(b), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("processor time of %d: %q", pid, b)
	}
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond, errors.Join(err1, err2)
}
