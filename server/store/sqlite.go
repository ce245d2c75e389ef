package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	"github.com/uptrace/bun/driver/sqliteshim"
)

// The settings of SQLite connections. The page caches are small: the operating
// system has the file in memory as well.
const (
	busyFor  = 2 * time.Second // one wait for another process; see again
	cacheKiB = 1024
)

func (s *Store) openSQLite(ctx context.Context, c Config) error {
	if c.File == "" {
		return errors.New("no database: set DOORWARD_DATA to a folder, or DOORWARD_DATABASE to a postgres:// address")
	}
	if err := private(c.File); err != nil {
		return fmt.Errorf("DOORWARD_DATA: %w", err)
	}
	dsn := sqliteDSN(c.File)
	write, err := sql.Open(sqliteshim.ShimName, dsn+"&_txlock=immediate&_pragma=journal_mode(WAL)")
	if err != nil {
		return err
	}
	write.SetMaxOpenConns(1)
	s.writing = bun.NewDB(write, sqlitedialect.New())
	// The first connection makes the file a WAL database, before anybody reads it.
	if err := again(ctx, func() error { return write.PingContext(ctx) }); err != nil {
		return errors.Join(fmt.Errorf("DOORWARD_DATA: open %s: %w", c.File, err), write.Close())
	}
	read, err := sql.Open(sqliteshim.ShimName, dsn+"&_pragma=query_only(1)")
	if err != nil {
		return errors.Join(err, write.Close())
	}
	conns := c.MaxConns
	if conns == 0 {
		conns = max(4, runtime.NumCPU())
	}
	read.SetMaxOpenConns(conns)
	read.SetMaxIdleConns(conns)
	read.SetConnMaxIdleTime(5 * time.Minute)
	s.reading = bun.NewDB(read, sqlitedialect.New())
	return nil
}

func sqliteDSN(file string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath()}
	u.RawQuery = fmt.Sprintf("_pragma=busy_timeout(%d)&_pragma=foreign_keys(1)&_pragma=synchronous(NORMAL)&_pragma=cache_size(-%d)",
		busyFor.Milliseconds(), cacheKiB)
	return u.String()
}

// private makes sure that file exists and is for its owner only. SQLite gives its
// log the same mode. A file that exists is not opened here: to close it would drop
// the locks that another open store of this process has on it.
func private(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		return f.Close()
	}
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is not a file", file)
	case info.Mode().Perm()&0o077 != 0:
		return os.Chmod(file, 0o600)
	}
	return nil
}

// again repeats try for as long as another process holds the SQLite file, until
// ctx ends.
func again(ctx context.Context, try func() error) error {
	for {
		err := try()
		if !busy(err) || ctx.Err() != nil {
			return err
		}
		time.Sleep(time.Millisecond)
	}
}

// busy reports whether SQLite gave up waiting for another process. The driver's
// own error type is not the same on every platform; they all have Code.
func busy(err error) bool {
	coded, ok := errors.AsType[interface {
		error
		Code() int
	}](err)
	return ok && coded.Code()&0xff == 5 // SQLITE_BUSY
}

// snapshot copies the database into target, which then is whole and on the disk.
func snapshot(ctx context.Context, db bun.IDB, target string) error {
	partial := target + ".partial"
	if err := os.Remove(partial); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(partial, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", partial); err != nil {
		return errors.Join(err, os.Remove(partial))
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := os.Rename(partial, target); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(target))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// lockFolder waits until no other process holds the lock of file's folder, and
// holds it until the returned function is called.
func lockFolder(ctx context.Context, file string) (unlock func(), err error) {
	dir, err := os.Open(filepath.Dir(file))
	if err != nil {
		return nil, err
	}
	for {
		err := syscall.Flock(int(dir.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { dir.Close() }, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) || ctx.Err() != nil {
			return nil, errors.Join(fmt.Errorf("lock %s: %w", dir.Name(), err), context.Cause(ctx), dir.Close())
		}
		time.Sleep(10 * time.Millisecond)
	}
}
