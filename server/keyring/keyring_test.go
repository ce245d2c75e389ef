package keyring_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"doorward/server/keyring"
)

func create(t *testing.T) (*keyring.Ring, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys.json")
	r, err := keyring.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	return r, path
}

func load(t *testing.T, path string) *keyring.Ring {
	t.Helper()
	r, err := keyring.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func seal(t *testing.T, r *keyring.Ring) []byte {
	t.Helper()
	b, err := r.Seal([]byte("secret"), "users", "password_hash", "ada")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func opens(t *testing.T, r *keyring.Ring, sealed []byte) {
	t.Helper()
	if plain, err := r.Open(sealed, "users", "password_hash", "ada"); err != nil || string(plain) != "secret" {
		t.Errorf("opened to %q, %v", plain, err)
	}
}

func TestCreate(t *testing.T) {
	r, path := create(t)
	opens(t, load(t, path), seal(t, r))
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	before, _ := os.ReadFile(path)
	if _, err := keyring.Create(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second time: %v", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the second Create changed the file")
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("files left: %v", left)
	}
}

func TestCreate_ManyAtOnceMakeOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	made := make([]bool, 20)
	var wg sync.WaitGroup
	for i := range made {
		wg.Go(func() {
			_, err := keyring.Create(path)
			made[i] = err == nil
			if err != nil && !errors.Is(err, fs.ErrExist) {
				t.Error(err)
			}
			load(t, path)
		})
	}
	wg.Wait()
	n := 0
	for _, ok := range made {
		if ok {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d made", n)
	}
}

func TestLoad_Refused(t *testing.T) {
	for _, test := range []struct {
		name string
		make func(path string) error
		want []string
	}{
		{"missing", func(string) error { return nil }, []string{"no such file"}},
		{"readable by the group", func(p string) error { keyring.Create(p); return os.Chmod(p, 0o640) }, []string{"0640", "chmod 600 /"}},
		{"readable by all", func(p string) error { keyring.Create(p); return os.Chmod(p, 0o604) }, []string{"0604", "chmod 600 /"}},
		{"empty", func(p string) error { return os.WriteFile(p, nil, 0o600) }, []string{"not a key ring"}},
		{"another JSON file", func(p string) error { return os.WriteFile(p, []byte("{}"), 0o600) }, []string{"version 0"}},
		{"of the future", func(p string) error { return os.WriteFile(p, []byte(`{"version":2}`), 0o600) }, []string{"version 2"}},
		{"without keys", func(p string) error { return os.WriteFile(p, []byte(`{"version":1,"sealing":{},"signing":{}}`), 0o600) }, []string{"sealing keys"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "keys.json")
			if err := test.make(path); err != nil {
				t.Fatal(err)
			}
			_, err := keyring.Load(path)
			if err == nil {
				t.Fatal("loaded")
			}
			for _, want := range append(test.want, path) {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
		})
	}
}

func TestSeal_ForOnePlaceOnly(t *testing.T) {
	r, _ := create(t)
	sealed := seal(t, r)
	opens(t, r, sealed)
	if bytes.Equal(sealed, seal(t, r)) {
		t.Error("the same twice")
	}
	for _, place := range [][3]string{
		{"users", "password_hash", "bea"}, {"users", "email", "ada"}, {"people", "password_hash", "ada"},
		{"usersp", "assword_hash", "ada"}, {"users", "password_hasha", "da"}, {"", "", ""},
	} {
		if _, err := r.Open(sealed, place[0], place[1], place[2]); err == nil {
			t.Errorf("opened for %q", place)
		}
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := r.Open(changed, "users", "password_hash", "ada"); err == nil {
			t.Errorf("opened with byte %d changed", i)
		}
	}
	for n := range sealed {
		if _, err := r.Open(sealed[:n], "users", "password_hash", "ada"); err == nil {
			t.Errorf("opened when cut to %d bytes", n)
		}
	}
}

func TestSign(t *testing.T) {
	r, path := create(t)
	mac, err := r.Sign([]byte("head"))
	if err != nil {
		t.Fatal(err)
	}
	if err := load(t, path).Verify(mac, []byte("head")); err != nil {
		t.Error(err)
	}
	if r.Verify(mac, []byte("tail")) == nil || r.Verify(mac[:len(mac)-1], []byte("head")) == nil || r.Verify(nil, []byte("head")) == nil {
		t.Error("verified what was not signed")
	}
	other, _ := create(t)
	if other.Verify(mac, []byte("head")) == nil {
		t.Error("verified with another ring")
	}
}

func TestRotation_SeenAtOnceByAnother(t *testing.T) {
	here, path := create(t)
	there := load(t, path) // stands for another process
	old := seal(t, there)
	oldMAC, _ := there.Sign([]byte("head"))

	if err := here.AddKey(); err != nil {
		t.Fatal(err)
	}
	opens(t, there, seal(t, here)) // a key it has not seen
	fresh := seal(t, there)
	opens(t, here, fresh)
	opens(t, there, old)
	freshMAC, _ := there.Sign([]byte("head"))
	for _, mac := range [][]byte{oldMAC, freshMAC} {
		if err := there.Verify(mac, []byte("head")); err != nil {
			t.Error(err)
		}
	}

	if err := there.DropOldKeys(); err != nil {
		t.Fatal(err)
	}
	opens(t, there, fresh)
	seal(t, here)
	if _, err := here.Open(old, "users", "password_hash", "ada"); err == nil {
		t.Error("the old key still opens")
	}
	if here.Verify(oldMAC, []byte("head")) == nil || here.Verify(freshMAC, []byte("head")) != nil {
		t.Error("the old key still verifies, or the new one does not")
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("files left: %v", left)
	}
}

func TestRotation_BesideUse(t *testing.T) {
	r, path := create(t)
	var wg sync.WaitGroup
	for range 4 {
		user, rotator := load(t, path), load(t, path)
		wg.Go(func() {
			for range 50 {
				opens(t, r, seal(t, user))
			}
		})
		wg.Go(func() {
			for range 10 {
				if err := rotator.AddKey(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	opens(t, r, seal(t, load(t, path)))
}

// The keys are gone for whoever starts next: to go on with those in memory would
// write what nobody can read tomorrow.
func TestSeal_NotWithoutTheFile(t *testing.T) {
	r, path := create(t)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Seal([]byte("secret"), "users", "password_hash", "ada"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("sealed: %v", err)
	}
}

func BenchmarkSeal(b *testing.B) {
	r, err := keyring.Create(filepath.Join(b.TempDir(), "keys.json"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Seal([]byte("12345678901234567890"), "users", "password_hash", "ada"); err != nil {
			b.Fatal(err)
		}
	}
}
