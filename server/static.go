package server

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"

	"doorward/web"
)

// static serves the files of package web: by their version below /web/, where
// they may be kept for ever, and a few at fixed places, where browsers ask anew.
type static struct {
	version string // of everything that browsers are sent
	files   fs.FS
	worker  []byte // the service worker, with the version filled in
}

// roots are the files with a fixed place.
var roots = map[string]string{
	"/robots.txt":  "robots.txt",
	"/favicon.ico": "icons/favicon.ico",
}

func newStatic() (*static, error) {
	st := &static{version: "unbuilt", files: web.Files}
	if stamp, err := fs.ReadFile(st.files, "built/build.txt"); err == nil {
		if _, err := fmt.Sscanf(string(stamp), "version %s", &st.version); err != nil {
			return nil, fmt.Errorf("built/build.txt: %w", err)
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	worker, err := fs.ReadFile(st.files, "app-worker.js")
	if err != nil {
		return nil, err
	}
	st.worker = bytes.ReplaceAll(worker, []byte("{{.Version}}"), []byte(st.version))
	return st, nil
}

// path returns where the file called name is served.
func (st *static) path(name string) string { return "/web/" + st.version + "/" + name }

func (st *static) register(mux *http.ServeMux) {
	mux.HandleFunc("GET /web/{version}/{name...}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("version") == st.version && st.version != "unbuilt" {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		} else {
			w.Header().Set("Cache-Control", "no-cache")
		}
		st.serve(w, r, r.PathValue("name"))
	})
	for at, name := range roots {
		mux.HandleFunc("GET "+at, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cache-Control", "no-cache")
			st.serve(w, r, name)
		})
	}
	mux.HandleFunc("GET /app-worker.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		if st.begin(w, r, "app-worker.js", "", len(st.worker)) {
			w.Write(st.worker)
		}
	})
}

// serve sends the file called name in the smallest form that the browser takes.
// There are no listings and nothing outside of package web.
func (st *static) serve(w http.ResponseWriter, r *http.Request, name string) {
	if !fs.ValidPath(name) || strings.HasPrefix(name, "built") || strings.HasSuffix(name, ".go") {
		st.missing(w)
		return
	}
	w.Header().Set("Vary", "Accept-Encoding")
	for _, packed := range []struct{ coding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if accepts(r, packed.coding) && st.send(w, r, name, packed.coding, "built/"+name+packed.suffix) {
			return
		}
	}
	for _, plain := range []string{name, "built/" + name} {
		if st.send(w, r, name, "", plain) {
			return
		}
	}
	if _, err := fs.Stat(st.files, "built/"+name+".gz"); err == nil {
		// Kept only packed: what cannot unpack it is no browser.
		http.Error(w, "ask for gzip or br", http.StatusNotAcceptable)
		return
	}
	st.missing(w)
}

// send sends the file at path as the one called name, and reports false when there
// is none. It reads as fast as the browser takes: a slow one holds a few KiB.
func (st *static) send(w http.ResponseWriter, r *http.Request, name, coding, path string) bool {
	f, err := st.files.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		return false
	}
	if !st.begin(w, r, name, coding, int(info.Size())) {
		return true
	}
	io.Copy(w, f)
	return true
}

// begin writes the head of an answer, and reports whether its body is to follow.
func (st *static) begin(w http.ResponseWriter, r *http.Request, name, coding string, size int) bool {
	h := w.Header()
	h.Set("Content-Type", contentType(name))
	h.Set("ETag", `"`+st.version+coding+`"`)
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	if r.Header.Get("If-None-Match") == h.Get("ETag") && st.version != "unbuilt" {
		w.WriteHeader(http.StatusNotModified)
		return false
	}
	h.Set("Content-Length", strconv.Itoa(size))
	w.WriteHeader(http.StatusOK)
	return r.Method != http.MethodHead
}

func (st *static) missing(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-cache")
	http.Error(w, "not found", http.StatusNotFound)
}

// accepts reports whether the browser takes a content coding.
func accepts(r *http.Request, coding string) bool {
	for _, one := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(one), ";")
		if strings.TrimSpace(name) == coding {
			return strings.ReplaceAll(params, " ", "") != "q=0"
		}
	}
	return false
}

// contentType names the type of a file, the same on every machine.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".wasm":
		return "application/wasm"
	case ".webmanifest":
		return "application/manifest+json"
	case ".ico":
		return "image/x-icon"
	case ".txt":
		return "text/plain; charset=utf-8"
	case ".html":
		return "text/html; charset=utf-8"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}
