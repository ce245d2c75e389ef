// Command withpostgres runs a command beside one temporary PostgreSQL server, whose administrator's URL the command finds in
// DOORWARD_TEST_POSTGRES, and ends with the command's exit code. The server ends with it, also on an interrupt. A server
// already named in the environment is used as it is.
//
//	go run ./server/servertest/withpostgres go test ./...
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"doorward/server/servertest/localpg"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
		os.Exit(1)
	}
	os.Exit(code)
}

// run returns the exit code of the command, or an error when it could not be run at all.
func run(words []string) (code int, err error) {
	if len(words) == 0 {
		return 0, errors.New("no command given")
	}
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if os.Getenv("DOORWARD_TEST_POSTGRES") == "" {
		s, err := localpg.Start()
		if err != nil {
			return 0, err
		}
		defer func() { err = errors.Join(err, s.Stop()) }()
		cmd.Env = append(os.Environ(), "DOORWARD_TEST_POSTGRES="+s.URL)
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	// The terminal sends an interrupt to the command as well: only a signal meant for this process is passed on, and in both
	// cases the command's end is waited for.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		for s := range signals {
			cmd.Process.Signal(s) //nolint:errcheck // it may have ended already
		}
	}()
	err = cmd.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return max(exit.ExitCode(), 1), nil
	}
	return 0, err
}
