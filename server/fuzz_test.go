package server

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/keyring"
	"doorward/server/store"
)

// zeros is randomness enough where nothing is kept secret.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

// bare returns a portal on an empty database.
func bare(t testing.TB) *Server {
	t.Helper()
	dir := t.TempDir()
	keys, err := keyring.Create(filepath.Join(dir, "keyring.json"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(context.Background(), store.Config{File: filepath.Join(dir, "doorward.db")}, keys)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	s, err := New(Config{URL: &url.URL{Scheme: "https", Host: "auth.example.org"}, Cost: auth.Cost{Memory: 64, Time: 1, Threads: 1},
		Clock: time.Now, Random: zeros{}, Log: slog.New(slog.DiscardHandler)}, db, keys)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Only a cookie that this portal sealed names a user.
func FuzzCookies_NoHeaderMakesAUser(f *testing.F) {
	token := strings.Repeat("a", 43)
	for _, header := range []string{"", "=", ";;;", "__Host-doorward=" + token, "__Host-doorward=" + token + "; __Host-doorward=x", "__Host-doorward-familiar=" + token,
		"__Host-doorward-familiar=" + strings.Repeat("A", 600), "__Host-doorward-sign-in=\"" + token + "\"", "doorward=" + token, "\x00\xff", "__Host-doorward-familiar=AQ"} {
		f.Add(header)
	}
	s := bare(f)
	f.Fuzz(func(t *testing.T, header string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header["Cookie"] = []string{header}
		if who := s.familiarOf(r); who != (familiar{}) {
			t.Fatalf("%q is the browser of %+v", header, who)
		}
		for _, name := range []string{sessionCookie, signInCookie} {
			if token, ok := s.cookie(r, name); ok && (len(token) != 43 || !strings.Contains(header, string(token))) {
				t.Errorf("%q holds token %q", header, string(token))
			}
		}
		c, err := s.identify(t.Context(), r, anyone)
		if err != nil || c.user.ID != "" || c.session.ID != "" || c.signIn.ID != "" {
			t.Errorf("%q is %+v, %v", header, c, err)
		}
	})
}

// Whatever stands in the place of a one-time link's token, the portal answers
// with a page or sends it away, and never breaks.
func FuzzLinks_NoTokenBreaksThePage(f *testing.F) {
	for _, token := range []string{"", strings.Repeat("a", 43), "x", "../..", "a/b", "%", "%2f", "\x00", "\xff", "?code=wrong", "<script>", "ä", "{token}", strings.Repeat("a", 5000)} {
		f.Add(token, "")
	}
	f.Add("x", "code=throttled&retry=-1&p.password=taken&next=//evil.example")
	s := bare(f)
	f.Fuzz(func(t *testing.T, token, query string) {
		for _, page := range []string{"/setup/", "/invitation/"} {
			u := &url.URL{Path: page + token, RawQuery: query}
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.URL, r.RequestURI = u, u.RequestURI()
			answer := httptest.NewRecorder()
			s.Handler().ServeHTTP(answer, r)
			if answer.Code >= 500 {
				t.Fatalf("%q: %d", u, answer.Code)
			}
			if to, err := answer.Result().Location(); err == nil && to.Host != "" && to.Host != r.Host {
				t.Errorf("%q leads to %s", u, to)
			}
		}
	})
}
