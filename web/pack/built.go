package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
)

// compressed is what is kept in web/built beside the client; other static files are sent as they are.
var compressed = []string{".css", ".js", ".svg", ".txt"}

// static reads every file under web that browsers are sent, by its path there.
func static(web string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(web, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(web, path)
		if err != nil {
			return err
		}
		if entry.IsDir() && (name == "built" || name == "pack") {
			return fs.SkipDir
		}
		if entry.IsDir() || strings.HasSuffix(name, ".go") || strings.HasPrefix(filepath.Base(name), ".") {
			return nil
		}
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	return files, err
}

// version names the content of files: another one for any change, the same one everywhere for none.
func version(files map[string][]byte) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%q %d\n", name, len(files[name]))
		h.Write(files[name])
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

// write makes built hold files, unless it already does. build.txt is removed first and written last: a folder that has one
// is complete.
func write(built string, files map[string][]byte) error {
	stamp := fmt.Sprintf("version %s\nclient %d\n", version(files), len(files["app.wasm"]))
	done := filepath.Join(built, "build.txt")
	if old, err := os.ReadFile(done); err == nil && string(old) == stamp {
		return nil
	}
	if err := empty(built); err != nil {
		return err
	}
	for name, content := range files {
		if name != "app.wasm" && !slices.Contains(compressed, filepath.Ext(name)) {
			continue
		}
		if err := writeCompressed(filepath.Join(built, filepath.FromSlash(name)), content); err != nil {
			return err
		}
	}
	if err := os.WriteFile(filepath.Join(built, "wasm_exec.js"), files["wasm_exec.js"], 0o644); err != nil {
		return err
	}
	return os.WriteFile(done, []byte(stamp), 0o644)
}

// empty clears built, but for the hidden file that keeps it in the repository, and build.txt before all else.
func empty(built string) error {
	entries, err := os.ReadDir(built)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(filepath.Join(built, "build.txt")); err != nil {
		return err
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		if err := os.RemoveAll(filepath.Join(built, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

// writeCompressed writes path.br and path.gz.
func writeCompressed(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	failed := make(chan error)
	go func() { failed <- writeThrough(path+".gz", content, newGzip) }()
	err := writeThrough(path+".br", content, newBrotli)
	if other := <-failed; err == nil {
		err = other
	}
	return err
}

// newBrotli compresses at the best quality with the largest window that browsers take.
func newBrotli(w io.Writer) io.WriteCloser {
	return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
}

func newGzip(w io.Writer) io.WriteCloser {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is one of gzip's own
	}
	return z
}

func writeThrough(path string, content []byte, newWriter func(io.Writer) io.WriteCloser) error {
	var b bytes.Buffer
	w := newWriter(&b)
	if _, err := w.Write(content); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}
