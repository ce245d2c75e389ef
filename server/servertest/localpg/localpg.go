// Package localpg runs a PostgreSQL server of one's own for as long as a test run needs it: empty, on a free loopback
// port, in a temporary folder, with durability switched off.
package localpg

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"time"
)

// ErrMissing is returned by Start when PostgreSQL's server programs are not installed.
var ErrMissing = errors.New("PostgreSQL is not installed: apt-get install postgresql")

// startWithin bounds how long Start waits for the server to take connections.
const startWithin = 30 * time.Second

// guardian outlives whoever started it by as much as it takes to clean up: it runs the server as its child, waits for its
// standard input to end (which it does when the starter ends, however that happens), ends the server by its process id
// and removes the folder. "exec" in the child keeps the id that of the server itself.
const guardian = `dir=$1; shift
("$@" </dev/null >"$dir/log" 2>&1) & pid=$!
read -r _
kill -INT $pid 2>/dev/null
wait $pid 2>/dev/null
rm -rf "$dir"`

// Server is a running PostgreSQL server.
type Server struct {
	// URL names an administrator's connection to the server's "postgres" database.
	URL string

	dir   string
	stdin io.Closer
	cmd   *exec.Cmd
}

// Start makes a new database cluster and returns once it takes connections. The server ends, and its folder goes, when
// Stop is called or this process ends in any way, a kill included. As root, which PostgreSQL refuses to run as, it runs
// as the user "postgres".
func Start() (*Server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "doorward-pg-")
	if err != nil {
		return nil, err
	}
	s, err := startIn(bin, dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

// Stop ends the server and returns when it is gone.
func (s *Server) Stop() error {
	if err := s.stdin.Close(); err != nil {
		return err
	}
	return s.cmd.Wait()
}

func startIn(bin, dir string) (*Server, error) {
	as, err := unprivileged(dir)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	initdb := append(as, filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust",
		"-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	cmd := exec.Command(initdb[0], initdb[1:]...)
	cmd.Dir = "/"
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	server := append(as, filepath.Join(bin, "postgres"), "-D", data, "-p", fmt.Sprint(port),
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=300",
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "shared_buffers=64MB")
	guard := exec.Command("/bin/sh", append([]string{"-c", guardian, "sh", dir}, server...)...)
	guard.Dir = "/"
	// A session of its own: an interrupt typed at the terminal must not end the guardian before its work is done.
	guard.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	stdin, err := guard.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := guard.Start(); err != nil {
		return nil, err
	}
	s := &Server{
		URL: fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port),
		dir: dir, stdin: stdin, cmd: guard,
	}
	if err := s.await(bin, port); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

// await returns when the server takes connections, or with what it logged when it does not in time.
func (s *Server) await(bin string, port int) error {
	for end := time.Now().Add(startWithin); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		ready := exec.Command(filepath.Join(bin, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", fmt.Sprint(port))
		if ready.Run() == nil {
			return nil
		}
	}
	log, err := os.ReadFile(filepath.Join(s.dir, "log"))
	return errors.Join(fmt.Errorf("PostgreSQL did not start within %v: %s", startWithin, log), err)
}

// unprivileged hands dir to the user "postgres" and returns the words that run a command as that user; it returns none
// where this process is not root.
func unprivileged(dir string) ([]string, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	if out, err := exec.Command("chown", u.Uid+":"+u.Gid, dir).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("chown: %w: %s", err, out)
	}
	return []string{"setpriv", "--reuid", u.Uid, "--regid", u.Gid, "--clear-groups"}, nil
}

// binaries returns the folder of the newest installed server, which Debian does not put on the path.
func binaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		sort.Slice(found, func(i, j int) bool {
			return len(found[i]) < len(found[j]) || len(found[i]) == len(found[j]) && found[i] < found[j]
		})
		return filepath.Dir(found[len(found)-1]), nil
	}
	initdb, err := exec.LookPath("initdb")
	if err != nil {
		return "", ErrMissing
	}
	return filepath.Dir(strings.TrimSpace(initdb)), nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
