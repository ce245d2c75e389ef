package store_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"doorward/server/keyring"
	"doorward/server/servertest"
	"doorward/server/store"
)

// later are the steps of a later version.
var later = fstest.MapFS{"9000_later.tx.up.sql": {Data: []byte("CREATE TABLE later (id TEXT NOT NULL PRIMARY KEY);\n--bun:split\nALTER TABLE users ADD COLUMN later BIGINT NOT NULL DEFAULT 0;")}}

func TestOpen_Again(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada := db.user(t, "ada")
		again := reopen(t, db)
		if u, err := again.User(t.Context(), ada.ID); err != nil || u != ada {
			t.Errorf("%+v, %v; want %+v", u, err, ada)
		}
		if n, err := again.Count(t.Context(), "bun_migrations"); err != nil || n != 4 {
			t.Errorf("%d steps noted, %v", n, err)
		}
		if err := again.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestOpen_LaterStep(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada := db.user(t, "ada")
		s, err := store.OpenWith(t.Context(), db.config, db.ring, later)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if u, err := s.User(t.Context(), ada.ID); err != nil || u != ada {
			t.Errorf("%+v, %v; want %+v", u, err, ada)
		}
		if n, err := s.Count(t.Context(), "later"); err != nil || n != 0 {
			t.Errorf("the step was not taken: %v", err)
		}
		if _, err := store.Open(t.Context(), db.config, db.ring); err == nil || !strings.Contains(err.Error(), "newer version") {
			t.Errorf("the older version opens it: %v", err)
		}
		if db.config.URL != "" {
			return
		}
		// Beside the file stands a copy from before, which the older version opens.
		before := db.config.File + ".before-9000"
		if info, err := os.Stat(before); err != nil || info.Mode() != 0o600 {
			t.Fatalf("copy: %v, %v", info, err)
		}
		old, err := store.Open(t.Context(), store.Config{File: before}, db.ring)
		if err != nil {
			t.Fatal(err)
		}
		defer old.Close()
		if u, err := old.User(t.Context(), ada.ID); err != nil || u != ada {
			t.Errorf("in the copy: %+v, %v; want %+v", u, err, ada)
		}
	})
}

func TestOpen_FailedStepChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, db database) {
		ada := db.user(t, "ada")
		broken := fstest.MapFS{"9000_broken.tx.up.sql": {Data: []byte("CREATE TABLE half (id TEXT);\n--bun:split\nDELETE FROM users;\n--bun:split\nSELECT nonsense;")}}
		for range 2 {
			if s, err := store.OpenWith(t.Context(), db.config, db.ring, broken); err == nil || !strings.Contains(err.Error(), "9000") {
				t.Fatalf("opened %v, %v", s, err)
			}
		}
		if _, err := db.User(t.Context(), ada.ID); err != nil {
			t.Error(err)
		}
		if _, err := db.Count(t.Context(), "half"); err == nil {
			t.Error("half a step was kept")
		}
		s, err := store.OpenWith(t.Context(), db.config, db.ring, later)
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
	})
}

func TestOpen_ManyAtOnceMigrateOnce(t *testing.T) {
	for name, url := range map[string]string{"SQLite": "", "PostgreSQL": servertest.Postgres(t)} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			ring, err := keyring.Create(filepath.Join(dir, "keys.json"))
			if err != nil {
				t.Fatal(err)
			}
			c := store.Config{URL: url, File: filepath.Join(dir, "doorward.db")}
			var wg sync.WaitGroup
			for range 8 {
				wg.Go(func() {
					s, err := store.OpenWith(t.Context(), c, ring, later)
					if err != nil {
						t.Error(err)
						return
					}
					defer s.Close()
					if n, err := s.VerifyAudit(t.Context()); n != 0 || err != nil {
						t.Errorf("audit: %d, %v", n, err)
					}
				})
			}
			wg.Wait()
			if _, err := os.Stat(c.File + ".before-9000"); err == nil {
				t.Error("an empty database was copied")
			}
		})
	}
}

func TestOpen_FileModes(t *testing.T) {
	db := openSQLite(t)
	db.user(t, "ada")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(db.config.File + suffix)
		if err != nil || info.Mode() != 0o600 {
			t.Errorf("%s: %v, %v", suffix, info, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(db.config.File, 0o644); err != nil {
		t.Fatal(err)
	}
	reopen(t, db)
	if info, err := os.Stat(db.config.File); err != nil || info.Mode() != 0o600 {
		t.Errorf("a file with mode 0644 was left so: %v, %v", info, err)
	}
}

func TestOpen_Refused(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "letter.txt")
	if err := os.WriteFile(other, []byte(strings.Repeat("Dear Ada, this is no database. ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name   string
		config store.Config
		want   string
	}{
		{"nothing", store.Config{}, "DOORWARD_DATA"},
		{"missing folder", store.Config{File: filepath.Join(dir, "no", "a.db")}, "DOORWARD_DATA"},
		{"a folder", store.Config{File: dir}, "DOORWARD_DATA"},
		{"another file", store.Config{File: other}, "DOORWARD_DATA"},
		{"another engine", store.Config{URL: "mysql://u:hunter2@h/d"}, "DOORWARD_DATABASE"},
		{"damaged address", store.Config{URL: "postgres://u:hunter2@h:port/d"}, "DOORWARD_DATABASE"},
		{"wrong option", store.Config{URL: "postgres://u:hunter2@h/d?sslmode=perhaps"}, "DOORWARD_DATABASE"},
		{"nobody answers", store.Config{URL: "postgres://u:hunter2@127.0.0.1:1/d"}, "DOORWARD_DATABASE"},
		{"too few connections", store.Config{URL: "postgres://u:hunter2@127.0.0.1:1/d", MaxConns: 1}, "at least 2"},
		{"negative connections", store.Config{File: filepath.Join(dir, "a.db"), MaxConns: -1}, "-1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			_, err := store.Open(ctx, test.config, nil)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v does not say %q", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%v tells the password", err)
			}
		})
	}
}
