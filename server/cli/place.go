package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/keyring"
	"doorward/server/store"
)

const defaultListen = "127.0.0.1:8080"

// portal is what a command works on: the store, the keys and the rules over them.
type portal struct {
	keys   *keyring.Ring
	store  *store.Store
	server *server.Server
}

func (p *portal) close() error { return p.store.Close() }

// settings are what a portal needs beyond its place.
type settings struct {
	listen  string // where it is served, for the address when none was given
	cost    auth.Cost
	proxies []netip.Prefix
	log     *slog.Logger
}

// open opens the portal at p, and makes its folder, keyring and database when
// they are not there and fresh says so. The caller closes it.
func (p *Place) open(ctx context.Context, st settings, fresh bool) (*portal, error) {
	address, err := p.publicURL(st.listen)
	if err != nil {
		return nil, err
	}
	keys, err := p.keys(fresh)
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, store.Config{URL: p.Database, File: p.databaseFile()}, keys)
	if err != nil {
		return nil, err
	}
	srv, err := server.New(server.Config{URL: address, TrustedProxies: st.proxies, Cost: st.cost, Clock: time.Now, Random: rand.Reader, Log: st.log}, db, keys)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &portal{keys: keys, store: db, server: srv}, nil
}

func (p *Place) databaseFile() string { return filepath.Join(p.Data, "doorward.db") }

func (p *Place) keyringFile() string {
	if p.Keyring != "" {
		return p.Keyring
	}
	return filepath.Join(p.Data, "keyring.json")
}

// keys loads the keyring. It makes one only for a portal that has never been: a
// database without its keyring is a loss to be told about, not a fresh start.
func (p *Place) keys(fresh bool) (*keyring.Ring, error) {
	file := p.keyringFile()
	keys, err := keyring.Load(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return keys, err
	}
	if p.Database == "" {
		if _, err := os.Stat(p.databaseFile()); err == nil {
			return nil, fmt.Errorf("the database %q is there but its keyring %q is not: restore it from your backup, or name it with DOORWARD_KEYRING", p.databaseFile(), file)
		}
	}
	if !fresh {
		return nil, fmt.Errorf("there is no portal in %q: start it with 'doorward serve', or name its folder with --data or DOORWARD_DATA", p.Data)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, fmt.Errorf("DOORWARD_DATA %q: %w", p.Data, err)
	}
	if err := os.MkdirAll(p.Data, 0o700); err != nil {
		return nil, fmt.Errorf("DOORWARD_DATA %q: %w", p.Data, err)
	}
	return keyring.Create(file)
}

// publicURL returns the public address. Passwords travel to it, so it is HTTPS,
// or HTTP on this very machine.
func (p *Place) publicURL(listen string) (*url.URL, error) {
	raw := p.URL
	if raw == "" {
		_, port, err := net.SplitHostPort(listen)
		if err != nil {
			return nil, fmt.Errorf("DOORWARD_LISTEN %q: %w", listen, err)
		}
		raw = "http://localhost:" + port
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("DOORWARD_URL %q: %w", raw, err)
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return nil, fmt.Errorf("DOORWARD_URL %q: must be an address such as https://auth.example.org", raw)
	case u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return nil, fmt.Errorf("DOORWARD_URL %q: must be a host alone, without path, query or user", raw)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return nil, fmt.Errorf("DOORWARD_URL %q: must be https: passwords would travel in the clear to another machine", raw)
	}
	u.Path = ""
	return u, nil
}

// loopback reports whether host names this machine.
func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback()
}
