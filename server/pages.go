package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"

	"doorward/app"
	"doorward/server/auth"
	"doorward/server/languages"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// pages writes the documents. Each holds the prerendered page as its body's first
// child, which the client replaces when it has come; it is the same for everyone,
// but for those of the second step and what Known is for.
type pages struct {
	*static
	head    string // from the title on
	offline string // the same for the page that the service worker shows, which starts no client
	settled atomic.Bool

	manifests manifests
}

// offlinePath is where the page is that the service worker keeps.
const offlinePath = "/offline"

func newPages() (*pages, error) {
	st, err := newStatic()
	if err != nil {
		return nil, err
	}
	p := &pages{static: st}
	if p.manifests, err = newManifests(st.files); err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString(`<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">` +
		`<meta name="theme-color" content="#FAF9F6" media="(prefers-color-scheme: light)">` +
		`<meta name="theme-color" content="#11161B" media="(prefers-color-scheme: dark)">`)
	fmt.Fprintf(&b, `<link rel="stylesheet" href="%s"><script src="%s"></script>`, st.path("style.css"), st.path("theme.js"))
	fmt.Fprintf(&b, `<link rel="icon" href="%s" type="image/svg+xml"><link rel="apple-touch-icon" href="%s"><link rel="manifest" href="/manifest.webmanifest" crossorigin="use-credentials">`,
		st.path("icons/icon.svg"), st.path("icons/apple-touch-icon.png"))
	common := b.String()
	for _, script := range []string{"carry.js", "wasm_exec.js", "start.js"} {
		fmt.Fprintf(&b, `<script defer src="%s"></script>`, st.path(script))
	}
	p.head, p.offline = b.String(), common+fmt.Sprintf(`<script defer src="%s"></script>`, st.path("offline.js"))
	return p, nil
}

// write sends the page at u in a language.
func (p *pages) write(w http.ResponseWriter, r *http.Request, u *url.URL, l *languages.Language, personal app.Personal) {
	shell, ok := app.Prerender(u, &l.Client, personal)
	var b strings.Builder
	head := p.head
	if u.Path == offlinePath {
		head = p.offline
	}
	when := "now"
	if !shell.NeedsClient {
		when = "later" // see start.js
	}
	fmt.Fprintf(&b, "<!doctype html>\n<html lang=\"%s\" data-version=\"%s\" data-client=\"%s\"><head><meta charset=\"utf-8\"><title>%s</title>%s%s</head>\n<body>%s</body></html>\n",
		l.Tag, p.version, when, html.EscapeString(shell.Title), head, carried(personal.Known), shell.Body)
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", l.Tag)
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	status := http.StatusOK
	if !ok {
		status = http.StatusNotFound
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write([]byte(b.String()))
	}
}

// carried writes what the client takes from the document. It is data, which no policy
// about scripts speaks of; json writes "<" in a way that cannot end it.
func carried(k *app.Known) string {
	if k == nil {
		return ""
	}
	data, err := json.Marshal(k)
	if err != nil {
		panic(err) // it always can be
	}
	return `<script type="application/json" id="known">` + string(data) + `</script>`
}

// pageRoutes serves the pages. What a page asks of its visitor stands here, a
// pattern a line; the calls behind it ask for themselves again.
func (s *Server) pageRoutes(mux *http.ServeMux) {
	s.pages.register(mux)
	mux.HandleFunc("GET /manifest.webmanifest", s.manifest)
	mux.HandleFunc("/", readOnly(s.page(s.forSignedIn)))
	mux.HandleFunc("GET /sign-in", s.page(s.forSignedOut))
	for _, path := range []string{"/sign-in/passcode", "/sign-in/text", "/sign-in/recovery-code", "/sign-in/another-way"} {
		mux.HandleFunc("GET "+path, s.page(s.forSigningIn))
	}
	mux.HandleFunc("GET /sign-in/recovered", s.page(s.forRecovered))
	mux.HandleFunc("GET /sign-in/recovery-phone", s.page(s.forRecoveryPhone))
	mux.HandleFunc("GET /sign-in/lost-phone", s.page(s.forLost))
	for _, path := range []string{"/forgot-password", offlinePath} {
		mux.HandleFunc("GET "+path, s.page(forAll))
	}
	for path, kind := range map[string]api.LinkKind{"setup": api.LinkSetup, "invitation": api.LinkInvitation, "email": api.LinkEmail,
		"not-me": api.LinkNotMe, "password": api.LinkPassword, "turn-off": api.LinkReset} {
		mux.HandleFunc("GET /"+path+"/{token}", s.page(s.forLink(kind)))
	}
}

// readOnly turns away what is neither a call nor the plain form of one.
func readOnly(page http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		page(w, r)
	}
}

// visit is what a page's rule decides: to go elsewhere, or to show the page with
// what it may say about the person.
type visit struct {
	elsewhere string
	personal  app.Personal
}

type pageRule func(w http.ResponseWriter, r *http.Request, c *caller) (visit, error)

func (s *Server) page(rule pageRule) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c, err := s.identify(r.Context(), r, anyone)
		var v visit
		if err == nil {
			v, err = rule(w, r, c)
		}
		if err != nil {
			s.describe(r.Context(), err)
			http.Error(w, languages.Preferred(r.Header.Get("Accept-Language")).Client.Frame.Fault, http.StatusInternalServerError)
			return
		}
		if v.elsewhere != "" {
			w.Header().Set("Cache-Control", "no-store")
			http.Redirect(w, r, v.elsewhere, http.StatusSeeOther)
			return
		}
		s.pages.write(w, r, r.URL, c.speaks, v.personal)
	}
}

func forAll(http.ResponseWriter, *http.Request, *caller) (visit, error) { return visit{}, nil }

// forLink is for the pages of one-time links: their address must not travel. Who has the
// link is told at once what it is good for, which does not use it up. While the address
// they come from has to wait, the document says nothing, and the client tells them so.
func (s *Server) forLink(kind api.LinkKind) pageRule {
	return func(w http.ResponseWriter, r *http.Request, c *caller) (visit, error) {
		w.Header().Set("Referrer-Policy", "no-referrer")
		ctx, token := r.Context(), r.PathValue("token")
		if check.Token(token) != "" || s.limited(ctx, c, &limitLinks) != nil {
			return visit{}, nil
		}
		k := &app.KnownLink{}
		var err error
		if k.Info, err = s.checkLink(ctx, c, api.CheckLinkRequest{Token: token, Kind: kind}); err != nil {
			_, refused := s.describe(ctx, err)
			k.Refused = refused.Code
			if fault := s.countRefusal(ctx, c, &limitLinks, err); fault != nil {
				return visit{}, fault
			}
		}
		return visit{personal: app.Personal{Known: &app.Known{Link: k}}}, nil
	}
}

// forSignedIn sends who is not signed in to the sign-in page, and back here after.
// An address that no page is at is the same for everyone.
func (s *Server) forSignedIn(_ http.ResponseWriter, r *http.Request, c *caller) (visit, error) {
	if c.session.ID != "" && c.due() && app.IsPage(r.URL.Path) && r.URL.Path != app.WizardPath {
		return visit{elsewhere: app.WizardFor(r.URL.RequestURI())}, nil
	}
	if c.session.ID != "" {
		return s.withKnown(r, c)
	}
	if !app.IsPage(r.URL.Path) {
		return visit{}, nil
	}
	to := "/sign-in"
	if next := r.URL.RequestURI(); next != "/" && check.Path(next) {
		to += "?next=" + url.QueryEscape(next)
	}
	return visit{elsewhere: to}, nil
}

// withKnown gives the pages that are drawn from it what is known of the caller. While
// something is asked of them, or a new recovery code is to be told, the client asks
// for it all, and the document says nothing.
func (s *Server) withKnown(r *http.Request, c *caller) (visit, error) {
	if !app.TakesKnown(r.URL.Path) {
		return visit{}, nil
	}
	session, err := s.sessionInfo(r.Context(), c, api.None{})
	if err != nil || session.CheckUp || session.Recovery != nil || session.Demand != nil {
		return visit{}, err
	}
	security, err := s.security(r.Context(), c, api.None{})
	return visit{personal: app.Personal{Known: &app.Known{Session: session, Security: security}}}, err
}

// forSignedOut sends who is signed in to where they were going. While there is no
// administrator it says how to begin.
func (s *Server) forSignedOut(_ http.ResponseWriter, r *http.Request, c *caller) (visit, error) {
	q := r.URL.Query()
	if c.session.ID != "" {
		return visit{elsewhere: homeOr(q.Get("next")).Path}, nil
	}
	if s.pages.settled.Load() || q.Get("notice") != "" {
		return visit{}, nil
	}
	done, err := s.store.HasAdministrator(r.Context())
	if err != nil {
		return visit{}, err
	}
	if !done {
		return visit{elsewhere: "/sign-in?notice=not_set_up"}, nil
	}
	s.pages.settled.Store(true)
	return visit{}, nil
}

// forSigningIn is for the second step. It tells how that can be proved.
func (s *Server) forSigningIn(_ http.ResponseWriter, r *http.Request, c *caller) (visit, error) {
	if v := halfwayOnly(c); v.elsewhere != "" {
		return v, nil
	}
	state, err := s.currentSignIn(r.Context(), c, api.None{})
	return visit{personal: app.Personal{SignIn: &state}}, err
}

// halfwayOnly sends whoever is not between the password and the session to where they
// belong.
func halfwayOnly(c *caller) visit {
	switch {
	case c.session.ID != "":
		return visit{elsewhere: "/"}
	case c.signIn.ID == "":
		return visit{elsewhere: "/sign-in"}
	}
	return visit{}
}

// forRecoveryPhone is for the code that goes to a recovery phone.
func (s *Server) forRecoveryPhone(w http.ResponseWriter, r *http.Request, c *caller) (visit, error) {
	if v := halfwayOnly(c); v.elsewhere != "" {
		return v, nil
	}
	return s.forLost(w, r, c)
}

// forLost tells the ways back in to who has given their password, and what there is
// in general to anybody else.
func (s *Server) forLost(_ http.ResponseWriter, r *http.Request, c *caller) (visit, error) {
	if c.signIn.ID == "" {
		return visit{}, nil
	}
	lost, err := s.lostWays(r.Context(), c, api.None{})
	return visit{personal: app.Personal{Lost: &lost}}, err
}

// forRecovered shows the code that replaces a used one, until it is acknowledged.
func (s *Server) forRecovered(_ http.ResponseWriter, r *http.Request, c *caller) (visit, error) {
	switch {
	case c.session.ID == "":
		return visit{elsewhere: "/sign-in"}, nil
	case !c.session.Recovering() || !c.session.Proved(c.now):
		return visit{elsewhere: "/"}, nil
	case c.session.Replacement == "":
		return visit{personal: app.Personal{ByPhone: true}}, nil
	}
	set, err := s.store.RecoverySet(r.Context(), c.user.ID)
	if err != nil && !errors.Is(err, store.NotFound) {
		return visit{}, err
	}
	return visit{personal: app.Personal{Replacement: auth.ShowRecoveryCode(c.session.Replacement), Left: len(set.Left)}}, nil
}
