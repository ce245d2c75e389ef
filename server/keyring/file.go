package keyring

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// AddKey puts new keys on the ring, which seal and sign from now on in every
// process that uses the file. The old ones still open and verify.
func (r *Ring) AddKey() error { return r.change("add a key to", keys.withNew) }

// DropOldKeys takes every key off the ring that does not seal or sign any more.
// What was made with them is lost: everything must have been sealed anew and the
// audit's head signed anew before (the store's Reseal does both).
func (r *Ring) DropOldKeys() error { return r.change("drop old keys from", keys.primaries) }

// change replaces the file in one step: whoever reads it sees the old keys or the
// new ones. Two processes that change it take turns.
func (r *Ring) change(what string, next func(keys) (keys, error)) error {
	err := alone(r.path, func() error {
		if err := r.reload(); err != nil {
			return err
		}
		k, err := next(r.loaded())
		if err != nil {
			return err
		}
		if err := k.write(r.path); err != nil {
			return err
		}
		return r.reload()
	})
	if err != nil {
		return fmt.Errorf("%s key ring %s: %w", what, r.path, err)
	}
	return nil
}

// alone runs do while no other process runs alone for a path in the same folder.
func alone(path string, do func() error) error {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close() // releases the lock too
	if err := syscall.Flock(int(dir.Fd()), syscall.LOCK_EX); err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	return do()
}

// write puts k at path, whole and on the disk, in the place of what is there.
func (k keys) write(path string) error {
	b, err := k.encode()
	if err != nil {
		return err
	}
	temp := path + ".new-" + rand.Text()
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// read reads the key ring at path.
func read(path string) (keys, fs.FileInfo, error) {
	f, err := os.Open(path)
	if err != nil {
		return keys{}, nil, fmt.Errorf("key ring: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return keys{}, nil, fmt.Errorf("key ring: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return keys{}, nil, fmt.Errorf("key ring %s has mode %04o: others than its owner may read it; run: chmod 600 %[1]s", path, mode)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		return keys{}, nil, fmt.Errorf("key ring %s: %w", path, err)
	}
	k, err := decode(bytes.TrimSpace(b))
	if err != nil {
		return keys{}, nil, fmt.Errorf("key ring %s: %w", path, err)
	}
	return k, info, nil
}
