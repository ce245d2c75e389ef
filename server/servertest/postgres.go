package servertest

import (
	"context"
	"crypto/rand"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"doorward/server/servertest/localpg"
)

// localServer starts one PostgreSQL server for this test process; it ends with the process.
var localServer = sync.OnceValues(localpg.Start)

// Postgres returns the URL of a new, empty database, dropped when the test ends. It lives on the server that
// DOORWARD_TEST_POSTGRES names (an administrator's URL), or else on one started for this test process. The test fails when
// there is no such server: it never skips.
func Postgres(t testing.TB) string {
	t.Helper()
	admin := os.Getenv("DOORWARD_TEST_POSTGRES")
	if admin == "" {
		s, err := localServer()
		if err != nil {
			t.Fatalf("postgres: %v", err)
		}
		admin = s.URL
	}
	u, err := url.Parse(admin)
	if err != nil {
		t.Fatalf("DOORWARD_TEST_POSTGRES: %v", err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	execute(t, admin, "CREATE DATABASE "+name)
	t.Cleanup(func() { execute(t, admin, "DROP DATABASE "+name+" WITH (FORCE)") })
	u.Path = "/" + name
	return u.String()
}

// execute runs one statement on a connection of its own. It does not use the test's context, which has ended by the time
// clean-ups run.
func execute(t testing.TB, url, statement string) {
	t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatalf("postgres: %v", err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, statement); err != nil {
		t.Fatalf("postgres: %s: %v", statement, err)
	}
}
