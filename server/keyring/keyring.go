// Package keyring keeps the keys that secrets at rest are encrypted with, and
// that the audit chain's head is signed with, in a file of their own: a stolen
// database without it is worthless.
package keyring

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
)

// Ring is a key ring on disk. It is safe for concurrent use, and a change that
// another process makes to the file counts from the next call on. It must not be
// copied.
type Ring struct {
	path string

	mu   sync.RWMutex
	keys keys
	seen fs.FileInfo
}

// unchanged reports whether two looks at the file saw the same state of it.
func unchanged(a, b fs.FileInfo) bool {
	return a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size() && os.SameFile(a, b)
}

// errUnknownKey is returned when a key that is not on the ring is asked for.
var errUnknownKey = errors.New("the key is not on the key ring")

// Create makes a new key ring at path, with fresh keys and for its owner only. It
// returns an error that wraps [fs.ErrExist] when path exists: keys are never
// overwritten.
func Create(path string) (*Ring, error) {
	k, err := newKeys()
	if err != nil {
		return nil, fmt.Errorf("create key ring %s: %w", path, err)
	}
	err = alone(path, func() error {
		switch _, err := os.Lstat(path); {
		case err == nil:
			return fs.ErrExist
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
		return k.write(path)
	})
	if err != nil {
		return nil, fmt.Errorf("create key ring %s: %w", path, err)
	}
	return Load(path)
}

// Load opens the key ring at path. It returns an error that wraps
// [fs.ErrNotExist] when there is none, and refuses one that anybody but its owner
// may read.
func Load(path string) (*Ring, error) {
	r := &Ring{path: path}
	if err := r.reload(); err != nil {
		return nil, err
	}
	return r, nil
}

// Seal encrypts plain for one place in the database. It opens there only.
func (r *Ring) Seal(plain []byte, table, column, row string) ([]byte, error) {
	k, err := r.current()
	if err != nil {
		return nil, err
	}
	sealed, err := k.seal(plain, place(table, column, row))
	if err != nil {
		return nil, fmt.Errorf("seal %s.%s: %w", table, column, err)
	}
	return sealed, nil
}

// Open decrypts what Seal made for the same place. It fails when the value was
// changed or moved, and when its key is not on the ring.
func (r *Ring) Open(sealed []byte, table, column, row string) ([]byte, error) {
	at := place(table, column, row)
	plain, err := r.loaded().open(sealed, at)
	if errors.Is(err, errUnknownKey) {
		k, failed := r.current() // read again only if it has changed: anybody can send what no key opens
		if failed != nil {
			return nil, failed
		}
		plain, err = k.open(sealed, at)
	}
	if err != nil {
		return nil, fmt.Errorf("open %s.%s of %q: %w", table, column, row, err)
	}
	return plain, nil
}

// Sign returns a MAC of data.
func (r *Ring) Sign(data []byte) ([]byte, error) {
	k, err := r.current()
	if err != nil {
		return nil, err
	}
	return k.sign(data)
}

// Verify returns nil when mac is one that Sign made of data with a key that is
// still on the ring.
func (r *Ring) Verify(mac, data []byte) error {
	err := r.loaded().verify(mac, data)
	if errors.Is(err, errUnknownKey) {
		k, failed := r.current()
		if failed != nil {
			return failed
		}
		err = k.verify(mac, data)
	}
	return err
}

func (r *Ring) loaded() keys {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.keys
}

// current returns the keys as they are on disk now.
func (r *Ring) current() (keys, error) {
	now, err := os.Stat(r.path)
	if err != nil {
		return keys{}, fmt.Errorf("key ring: %w", err)
	}
	r.mu.RLock()
	k, same := r.keys, unchanged(r.seen, now)
	r.mu.RUnlock()
	if same {
		return k, nil
	}
	if err := r.reload(); err != nil {
		return keys{}, err
	}
	return r.loaded(), nil
}

// reload reads the file again.
func (r *Ring) reload() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	k, seen, err := read(r.path)
	if err != nil {
		return err
	}
	r.keys, r.seen = k, seen
	return nil
}

// place is the associated data of a sealed value. Lengths come first, so that no
// two places are written alike.
func place(table, column, row string) []byte {
	var b []byte
	for _, part := range [...]string{table, column, row} {
		b = binary.AppendUvarint(b, uint64(len(part)))
		b = append(b, part...)
	}
	return b
}
