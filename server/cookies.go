package server

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
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
// its owner out. It ends when the password or two-factor changes.
type familiar struct {
	user   auth.ID
	device auth.ID
	stamp  string
}

// of reports whether f is a browser of u's, as u is protected now.
func (f familiar) of(u auth.User) bool { return f.user != "" && f.user == u.ID && f.stamp == stamp(u) }

// stamp says since when u is protected as now.
func stamp(u auth.User) string {
	return strconv.FormatInt(millis(u.PasswordChanged), 36) + "-" + strconv.FormatInt(millis(u.TwoFactorSince), 36)
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

// keepSession has the browser keep the token of session: until it is closed, or, where
// p lets people stay signed in, until the session is over.
func (c *caller) keepSession(s *Server, p auth.Policy, session auth.Session, t auth.Token) {
	age := time.Duration(0)
	if p.StaySignedIn {
		age = session.Created.Add(p.SessionOverall).Sub(c.now)
	}
	c.keep(s, sessionCookie, string(t), age)
}

// forget has the browser drop a cookie.
func (c *caller) forget(s *Server, name string) {
	c.cookies = append(c.cookies, &http.Cookie{Name: s.cookieName(name), Path: "/", MaxAge: -1,
		HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode})
}

// keepFamiliar marks the browser as one that u has signed in with. A fault in
// sealing only leaves it unmarked. A user has one device at each network, so that
// signing in again and again makes no throttle anew.
func (c *caller) keepFamiliar(s *Server, u auth.User) {
	if c.familiar.of(u) {
		return
	}
	device := c.familiar.device
	if c.familiar.user != u.ID {
		device = auth.ID(s.pseudonym("device", string(u.ID)+" "+network(c.origin.Address)))
	}
	sealed, err := s.keys.Seal([]byte(string(u.ID)+" "+string(device)+" "+stamp(u)), "cookie", familiarCookie, "")
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
	parts := strings.Split(string(plain), " ")
	if len(parts) != 3 {
		return familiar{}
	}
	return familiar{user: auth.ID(parts[0]), device: auth.ID(parts[1]), stamp: parts[2]}
}

// pseudonym names v without telling it: a keyed hash, so that nobody who reads the
// database can try what v might be.
func (s *Server) pseudonym(kind, v string) string {
	mac, err := s.keys.Sign([]byte(kind + "\x00" + v))
	if err != nil {
		s.config.Log.Error("sign", "error", err)
	}
	d := sha256.Sum256(mac)
	return string(auth.NewID([16]byte(d[:16])))
}
