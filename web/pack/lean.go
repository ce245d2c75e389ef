package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	_ "embed"
)

// goApp is the module that the client is drawn with.
const goApp = "github.com/maxence-charriere/go-app/v10"

// served are the files of its package app that a server needs and a browser does not. They import net/http, whose mere
// initialization links TLS and all of its cryptography: a fifth of the whole client.
var served = []string{"http.go", "resource.go", "static.go"}

// stand is what stands in their place: the little that the rest of the package uses of them.
//
//go:embed stand.go.txt
var stand []byte

// leanFolder is where the copy is kept, from the module's root. It is always the same, because the client tells where its parts
// come from; a folder with a go.mod is never embedded in what is around it.
const leanFolder = "web/built/.goapp"

// lean makes a copy of goApp without what only a server needs, and in folder a go.mod for go build's -modfile that puts it in the
// place of goApp. Nothing else of the build changes, the version least of all.
func lean(root, folder string) (modfile string, err error) {
	source, err := goOutput(root, "list", "-m", "-f", "{{.Dir}}", goApp)
	if err != nil {
		return "", err
	}
	copied := filepath.Join(root, filepath.FromSlash(leanFolder))
	if err := copyPackage(filepath.Join(source, "pkg"), filepath.Join(copied, "pkg")); err != nil {
		return "", err
	}
	modfile = filepath.Join(folder, "go.mod")
	for from, to := range map[string]string{
		filepath.Join(source, "go.mod"): filepath.Join(copied, "go.mod"),
		filepath.Join(root, "go.mod"):   modfile,
		filepath.Join(root, "go.sum"):   filepath.Join(folder, "go.sum"),
	} {
		if err := copyFile(from, to); err != nil {
			return "", err
		}
	}
	_, err = goOutput(root, "mod", "edit", "-replace="+goApp+"=./"+leanFolder, modfile)
	return modfile, err
}

// copyPackage copies the Go files below a folder, but for the tests and for what a server needs, whose stand-in comes along.
func copyPackage(from, to string) error {
	left := 0
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		switch {
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(to, name), 0o755)
		case filepath.Dir(name) == "app" && slices.Contains(served, entry.Name()):
			left++
			return nil
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		return copyFile(path, filepath.Join(to, name))
	})
	if err != nil {
		return err
	}
	if left != len(served) {
		return fmt.Errorf("%s has only %d of %q: look at lean.go anew", goApp, left, served)
	}
	return os.WriteFile(filepath.Join(to, "app", "stand.go"), stand, 0o644)
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o644)
}

// buildClient returns the client's WebAssembly, with the names of its functions or, as it is sent, without. Inlining is off:
// it makes a tenth more to fetch. go build keeps what it compiled, so that an unchanged client costs little.
func buildClient(root string, names bool) ([]byte, error) {
	folder, err := os.MkdirTemp("", "doorward-pack-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	modfile, err := lean(root, folder)
	if err != nil {
		return nil, err
	}
	flags := "-ldflags=-s -w"
	if names {
		flags = "-ldflags=-w"
	}
	wasm := filepath.Join(folder, "app.wasm")
	cmd := exec.Command("go", "build", "-modfile="+modfile, "-trimpath", "-buildvcs=false", flags, "-gcflags=all=-l", "-o", wasm, "./app/wasm")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if output, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the client: %w\n%s", err, output)
	}
	return os.ReadFile(wasm)
}

// goOutput returns what a go command says, run in a folder.
func goOutput(folder string, args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = folder
	output, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return "", fmt.Errorf("go %s: %w: %s", args[0], err, exit.Stderr)
	}
	return strings.TrimSpace(string(output)), err
}
