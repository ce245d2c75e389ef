package server

import (
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"doorward/server/auth"
	"doorward/shared/check"
)

// The cookies. All are opaque, HttpOnly, SameSite=Lax and for the whole host;
// behind HTTPS they are Secure and carry the __Host- prefix, which ties them to
// this very host (NIST SP 800-63B-4 §5.1.1).
const (
	sessionCookie  = "doorward"
	signInCookie   = "doorward-sign-in"
	familiarCookie = "doorward-familiar"
)

// familiarFor is how long a browser is remembered as one that its user has
// signed in with.
const familiarFor = 365 * 24 * time.Hour

// familiar says that the owner of an account has signed in with this browser
// before. It proves nothing and replaces no factor: it only gives the browser a
// throttle of its own, so that a stranger who guesses at the account cannot keep
// its owner out.
type familiar struct {
	user   auth.ID
	device auth.ID
}

func (s *Server) secure() bool { return s.config.URL.Scheme == "https" }

func (s *Server) cookieName(name string) string {
	if s.secure() {
		return "__Host-" + name
	}
	return name
}

// cookie returns the token in the cookie called name, if it has the shape of one.
func (s *Server) cookie(r *http.Request, name string) (auth.Token, bool) {
	k, err := r.Cookie(s.cookieName(name))
	if err != nil || check.Token(k.Value) != "" {
		return "", false
	}
	return auth.Token(k.Value), true
}

// keep has the browser keep value in a cookie until it is closed, or for a while.
func (c *caller) keep(s *Server, name, value string, age time.Duration) {
	c.cookies = append(c.cookies, &http.Cookie{Name: s.cookieName(name), Value: value, Path: "/", MaxAge: int(age.Seconds()),
		HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode})
}

// forget has the browser drop a cookie.
func (c *caller) forget(s *Server, name string) {
	c.cookies = append(c.cookies, &http.Cookie{Name: s.cookieName(name), Path: "/", MaxAge: -1,
		HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode})
}

// keepFamiliar marks the browser as one that u has signed in with. A fault in
// sealing only leaves it unmarked.
func (c *caller) keepFamiliar(s *Server, u auth.User) {
	if c.familiar.user == u.ID {
		return
	}
	sealed, err := s.keys.Seal([]byte(string(u.ID)+" "+string(s.newID())), "cookie", familiarCookie, "")
	if err != nil {
		s.config.Log.Error("seal cookie", "error", err)
		return
	}
	c.keep(s, familiarCookie, base64.RawURLEncoding.EncodeToString(sealed), familiarFor)
}

// familiarOf returns whose browser this is; zero when nobody's.
func (s *Server) familiarOf(r *http.Request) familiar {
	k, err := r.Cookie(s.cookieName(familiarCookie))
	if err != nil || len(k.Value) > 512 {
		return familiar{}
	}
	sealed, err := base64.RawURLEncoding.DecodeString(k.Value)
	if err != nil {
		return familiar{}
	}
	plain, err := s.keys.Open(sealed, "cookie", familiarCookie, "")
	if err != nil {
		return familiar{}
	}
	user, device, ok := strings.Cut(string(plain), " ")
	if !ok {
		return familiar{}
	}
	return familiar{user: auth.ID(user), device: auth.ID(device)}
}
