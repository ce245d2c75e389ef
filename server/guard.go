package server

import (
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

// policy is the Content-Security-Policy of every page: nothing from elsewhere,
// nothing inline, no framing.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"manifest-src 'self'; worker-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// guard stands in front of everything: it catches faults, sets the headers that
// every answer carries, writes the access log and turns away what another site
// sent.
func (s *Server) guard(mux *http.ServeMux) http.Handler {
	var origin http.CrossOriginProtection
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		seen := &recorder{ResponseWriter: w}
		defer func() {
			if cause := recover(); cause != nil {
				s.config.Log.Error("fault", "error", cause, "stack", string(debug.Stack()))
				if seen.status == 0 {
					s.write(seen, http.StatusInternalServerError, &api.Error{Code: check.Internal})
				}
			}
			s.logAccess(r, seen, time.Since(began))
		}()
		s.setHeaders(w.Header())
		if err := origin.Check(r); err != nil {
			s.write(seen, http.StatusForbidden, &api.Error{Code: check.CrossOrigin})
			return
		}
		mux.ServeHTTP(seen, r)
	})
}

func (s *Server) setHeaders(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	if s.secure() {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// logAccess writes one line a request, without query and without what stands in
// the place of a link's token.
func (s *Server) logAccess(r *http.Request, seen *recorder, took time.Duration) {
	ctx := r.Context()
	if !s.config.Log.Enabled(ctx, slog.LevelDebug) && seen.status < 500 {
		return
	}
	level := slog.LevelDebug
	if seen.status >= 500 && seen.status != http.StatusServiceUnavailable {
		level = slog.LevelWarn
	}
	s.config.Log.Log(ctx, level, "request", "method", r.Method, "route", routeOf(r), "status", seen.status, "bytes", seen.bytes,
		"took", took, "address", s.address(r))
}

// routeOf returns the pattern that served r, or the first part of its path.
func routeOf(r *http.Request) string {
	if r.Pattern != "" {
		if _, path, ok := strings.Cut(r.Pattern, " "); ok {
			return path
		}
		return r.Pattern
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	return "/" + first
}

// recorder notes the status and the size of an answer.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// noSuchCall answers what is below /api/ and not in the table.
func (s *Server) noSuchCall(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	for _, rt := range s.table() {
		if rt.path == r.URL.Path {
			w.Header().Set("Allow", rt.method)
			s.write(w, http.StatusMethodNotAllowed, &api.Error{Code: check.MethodNotAllowed})
			return
		}
	}
	s.write(w, http.StatusNotFound, &api.Error{Code: check.NotFound})
}

// healthz says that the process answers.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	s.write(w, http.StatusOK, map[string]string{"status": "ok"})
}

// readyz says whether the portal can serve: the database answers.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if err := s.store.Ping(r.Context()); err != nil {
		s.config.Log.Error("not ready", "error", err)
		s.write(w, http.StatusServiceUnavailable, map[string]string{"status": "the database does not answer"})
		return
	}
	s.write(w, http.StatusOK, map[string]string{"status": "ok"})
}
