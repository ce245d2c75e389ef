package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

var sample = map[string][]byte{
	"app.wasm":     bytes.Repeat([]byte("wasm "), 1000),
	"wasm_exec.js": []byte("glue()"),
	"app.css":      []byte("form { color: black }"),
	"icons/a.png":  []byte("png"),
}

func TestWrite_ReadsBackAsItWas(t *testing.T) {
	built := t.TempDir()
	if err := write(built, sample); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"app.wasm", "wasm_exec.js", "app.css"} {
		for encoding, newReader := range map[string]func(io.Reader) (io.Reader, error){
			".br": func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
			".gz": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		} {
			packed, err := os.Open(filepath.Join(built, name+encoding))
			if err != nil {
				t.Error(err)
				continue
			}
			defer packed.Close()
			r, err := newReader(packed)
			if err != nil {
				t.Error(name, encoding, err)
				continue
			}
			if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, sample[name]) {
				t.Errorf("%s%s holds %q (%v)", name, encoding, got, err)
			}
		}
	}
	if _, err := os.Stat(filepath.Join(built, "icons")); !os.IsNotExist(err) {
		t.Errorf("a picture was packed: %v", err)
	}
	stamp, err := os.ReadFile(filepath.Join(built, "build.txt"))
	if want := "version " + version(sample) + "\nclient 5000\n"; err != nil || string(stamp) != want {
		t.Errorf("build.txt is %q (%v), want %q", stamp, err, want)
	}
}

func TestWrite_OnlyWhenChanged(t *testing.T) {
	built := t.TempDir()
	files := map[string][]byte{"app.wasm": []byte("one"), "wasm_exec.js": nil}
	long := time.Now().Add(-time.Hour)
	client := filepath.Join(built, "app.wasm.br")
	leftover := filepath.Join(built, "gone.css.br")
	for _, step := range []struct {
		name, content string
		written       bool
	}{{"first", "one", true}, {"again", "one", false}, {"changed", "two", true}} {
		files["app.wasm"] = []byte(step.content)
		if step.written {
			if err := os.WriteFile(leftover, nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if err := write(built, files); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(client)
		if err != nil {
			t.Fatal(err)
		}
		if written := info.ModTime().After(long.Add(time.Minute)); written != step.written {
			t.Errorf("%s: written is %v", step.name, written)
		}
		if _, err := os.Stat(leftover); !os.IsNotExist(err) {
			t.Errorf("%s: a file of before is still there (%v)", step.name, err)
		}
		if err := os.Chtimes(client, long, long); err != nil {
			t.Fatal(err)
		}
	}
}

func TestVersion_ChangesWithContentAndName(t *testing.T) {
	seen := map[string]bool{}
	for _, files := range []map[string][]byte{
		{"a": []byte("xy"), "b": nil}, {"a": []byte("x"), "b": []byte("y")}, {"a": nil, "b": []byte("xy")}, {"ab": []byte("xy")},
	} {
		seen[version(files)] = true
	}
	if len(seen) != 4 {
		t.Errorf("four contents, %d versions", len(seen))
	}
}

func TestReport_OverTheLimit(t *testing.T) {
	built := t.TempDir()
	for name, size := range map[string]int64{"app.wasm.gz": 10, "app.wasm.br": limit + 1} {
		path := filepath.Join(built, name)
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, size); err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	if err := report(&out, built, 20); err == nil || err.Error() != "the client is 1 bytes over the limit" {
		t.Errorf("got %v", err)
	}
	if want := "client: 20 bytes, gzip 10, brotli 1700001 of at most 1700000\n"; out.String() != want {
		t.Errorf("printed %q", out.String())
	}
}

func TestStatic_LeavesOutCodeAndWhatWasBuilt(t *testing.T) {
	web := t.TempDir()
	for _, name := range []string{"app.css", "icons/a.svg", "embed.go", "built/app.wasm.br", "pack/main.go", ".hidden"} {
		path := filepath.Join(web, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, err := static(web)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 2 || string(files["app.css"]) != "app.css" || string(files["icons/a.svg"]) != "icons/a.svg" {
		t.Errorf("got %q", files)
	}
}
