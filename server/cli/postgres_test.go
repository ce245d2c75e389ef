package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"doorward/server/servertest"
)

// A replica whose keyring is lost, or was never copied, would seal with keys that
// no other replica has.
func TestServe_PostgresWithoutItsKeyring(t *testing.T) {
	data := t.TempDir()
	env := append(os.Environ(), "DOORWARD_DATA="+data, "DOORWARD_LISTEN=127.0.0.1:0", "DOORWARD_DATABASE="+servertest.Postgres(t))
	p, err := startProcess(env, "serve")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.stop(); err != nil { // before anything has happened: the end of the audit is signed already
		t.Fatal(err)
	}
	keyring := filepath.Join(data, "keyring.json")
	if err := os.Remove(keyring); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the first refusal must not make the second start fit
		ctx, cancel := context.WithTimeout(t.Context(), startWithin)
		defer cancel()
		cmd := exec.CommandContext(ctx, "doorward", "serve")
		cmd.Env = env
		out, err := cmd.CombinedOutput()
		if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 1 || !strings.Contains(string(out), "restore it from your backup or another replica") {
			t.Errorf("%v: %s", err, out)
		}
		if _, err := os.Stat(keyring); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a keyring was left behind: %v", err)
		}
	}
}
