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
	listen   string // where it is served, for the address when none was given
	cost     auth.Cost
	proxies  []netip.Prefix
	log      *slog.Logger
	delivery server.Delivery
}

// open opens the portal at p, and makes its folder, keyring and database when
// they are not there and fresh says so. The caller closes it.
func (p *Place) open(ctx context.Context, st settings, fresh bool) (*portal, error) {
	address, err := p.publicURL(st.listen)
	if err != nil {
		return nil, err
	}
	if err := p.checkDatabase(); err != nil {
		return nil, err
	}
	keys, made, err := p.keys(fresh)
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, store.Config{URL: p.Database, File: p.databaseFile()}, keys)
	if err == nil && made {
		err = p.ours(ctx, db)
	}
	if err != nil {
		return nil, err
	}
	if err := db.CheckKeys(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("the keyring %q does not open the secrets of this database: restore the one that belongs to it, or name it with DOORWARD_KEYRING (%w)", p.keyringFile(), err), db.Close())
	}
	srv, err := server.New(server.Config{URL: address, TrustedProxies: st.proxies, Cost: st.cost, Clock: time.Now, Random: rand.Reader, Log: st.log,
		Delivery: st.delivery}, db, keys)
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

// keys loads the keyring, or makes one and says so. It makes one only for a
// portal that has never been: a database without its keyring is a loss to be told
// about, not a fresh start.
func (p *Place) keys(fresh bool) (keys *keyring.Ring, made bool, err error) {
	if info, err := os.Stat(p.Data); err == nil && !info.IsDir() {
		return nil, false, fmt.Errorf("DOORWARD_DATA %q: is not a folder: name one, or a place where one can be made", p.Data)
	}
	file := p.keyringFile()
	keys, err = keyring.Load(file)
	if err == nil {
		return keys, false, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		if p.Keyring != "" {
			return nil, false, fmt.Errorf("DOORWARD_KEYRING %q: %w", p.Keyring, err)
		}
		return nil, false, fmt.Errorf("DOORWARD_DATA %q: %w", p.Data, err)
	}
	if p.Database == "" {
		if _, err := os.Stat(p.databaseFile()); err == nil {
			return nil, false, p.noKeyring()
		}
	}
	if !fresh {
		return nil, false, fmt.Errorf("there is no portal in %q: start it with 'doorward serve', or name its folder with --data or DOORWARD_DATA", p.Data)
	}
	for _, folder := range []string{filepath.Dir(file), p.Data} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, false, fmt.Errorf("DOORWARD_DATA %q: %w", p.Data, err)
		}
	}
	keys, err = keyring.Create(file)
	return keys, err == nil, err
}

// noKeyring says that a database is there without its keyring.
func (p *Place) noKeyring() error {
	database := fmt.Sprintf("%q", p.databaseFile())
	if p.Database != "" {
		database = "of DOORWARD_DATABASE"
	}
	return fmt.Errorf("the database %s is there but its keyring %q is not: restore it from your backup or another replica, or name it with DOORWARD_KEYRING", database, p.keyringFile())
}

// ours returns an error when db was made with another keyring than the new one,
// and then closes db and removes the keyring: with it nobody could sign in. The end
// of the audit is signed from the first start on.
func (p *Place) ours(ctx context.Context, db *store.Store) error {
	_, err := db.VerifyAudit(ctx)
	if err == nil {
		return nil
	}
	return errors.Join(p.noKeyring(), os.Remove(p.keyringFile()), db.Close())
}

// checkDatabase checks the shape of the database's address. What it says holds no
// password.
func (p *Place) checkDatabase() error {
	if p.Database == "" {
		return nil
	}
	u, err := url.Parse(p.Database)
	if err != nil {
		return errors.New("DOORWARD_DATABASE: cannot be read as an address: must be postgres://user:password@host/database, with special characters percent-encoded, or empty for SQLite")
	}
	if u.Scheme != "postgres" && u.Scheme != "postgresql" || u.Host == "" {
		return fmt.Errorf("DOORWARD_DATABASE %q: must be postgres://user:password@host/database, or empty for SQLite in DOORWARD_DATA", u.Redacted())
	}
	return nil
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
