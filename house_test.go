package main_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// maxLines is the length that no Go file may exceed.
const maxLines = 400

// folders that would hold what found no place.
var homeless = []string{"util", "utils", "common", "helper", "helpers", "manager", "managers", "misc"}

// drivers are the packages that speak to a database; only the store has them, and the test servers beside it.
var drivers = []string{"github.com/uptrace/bun", "github.com/mattn/go-sqlite3", "modernc.org/sqlite", "github.com/jackc/pgx"}

// pkg is what is asked of `go list`.
type pkg struct {
	ImportPath string
	Imports    []string
	Standard   bool
}

// list returns the packages that `go list -deps` names for the pattern, built for the target ("js/wasm", or this machine's
// for "").
func list(t *testing.T, target string, args ...string) []pkg {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list", "-json=ImportPath,Imports,Standard"}, args...)...)
	cmd.Env = os.Environ()
	if goos, goarch, ok := strings.Cut(target, "/"); ok {
		cmd.Env = append(cmd.Env, "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
	}
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		t.Fatalf("go list %q: %s", args, exit.Stderr)
	}
	if err != nil {
		t.Fatal(err)
	}
	var packages []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p pkg
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	return packages
}

func within(path string, roots ...string) bool {
	return slices.ContainsFunc(roots, func(root string) bool { return path == root || strings.HasPrefix(path, root+"/") })
}

func TestHouse_ClientKnowsNoServer(t *testing.T) {
	for _, p := range list(t, "js/wasm", "-deps", "./app/wasm") {
		if within(p.ImportPath, "doorward/server", "doorward/migrations") || within(p.ImportPath, drivers...) {
			t.Errorf("the client depends on %s", p.ImportPath)
		}
		// What go-app imports beside this is TestHouse_ClientLinksNoServer's matter.
		if within(p.ImportPath, "doorward/app", "doorward/shared") {
			for _, path := range p.Imports {
				if within(path, "net/http", "text/template", "html/template", "database/sql") {
					t.Errorf("%s imports %s", p.ImportPath, path)
				}
			}
		}
	}
}

func TestHouse_RulesArePure(t *testing.T) {
	for _, p := range list(t, "", "-deps", "./server/auth") {
		if within(p.ImportPath, "doorward") && !within(p.ImportPath, "doorward/server/auth", "doorward/shared") {
			t.Errorf("the rules depend on %s", p.ImportPath)
		}
		if within(p.ImportPath, "net/http", "database/sql") || within(p.ImportPath, drivers...) {
			t.Errorf("the rules depend on %s", p.ImportPath)
		}
	}
}

func TestHouse_SharedIsStandard(t *testing.T) {
	for _, p := range list(t, "", "./shared/...") {
		for _, path := range p.Imports {
			if strings.Contains(strings.Split(path, "/")[0], ".") || within(path, "net/http", "database/sql") {
				t.Errorf("%s imports %s", p.ImportPath, path)
			}
		}
	}
}

func TestHouse_OnlyTheStoreHasADatabase(t *testing.T) {
	for _, p := range list(t, "", "./...") {
		for _, path := range p.Imports {
			if within(path, drivers...) && !within(p.ImportPath, "doorward/server/store", "doorward/server/servertest") {
				t.Errorf("%s imports %s", p.ImportPath, path)
			}
		}
	}
}

// goFiles calls visit for each Go file of ours.
func goFiles(t *testing.T, visit func(path string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != "." && (strings.HasPrefix(entry.Name(), ".") || path == "data"):
			return fs.SkipDir
		case entry.IsDir() && slices.Contains(homeless, entry.Name()):
			t.Errorf("%s: name a folder for what it is about", path)
		case strings.HasSuffix(path, ".go"):
			visit(filepath.ToSlash(path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestHouse_FilesAreShort(t *testing.T) {
	goFiles(t, func(path string) {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(string(content), "\n"); lines > maxLines {
			t.Errorf("%s has %d lines, %d at most", path, lines, maxLines)
		}
		if slices.Contains([]string{"types.go", "util.go", "utils.go", "helpers.go", "common.go"}, filepath.Base(path)) {
			t.Errorf("%s: name a file for what it is about", path)
		}
	})
}

func TestHouse_ExportedNamesAreDocumented(t *testing.T) {
	goFiles(t, func(path string) {
		if strings.HasSuffix(path, "_test.go") || !within(path, "shared", "server/auth") {
			return
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			for _, name := range undocumented(declaration) {
				t.Errorf("%s: %s has no comment", files.Position(name.Pos()), name.Name)
			}
		}
	})
}

// undocumented returns the exported names of a declaration that no comment is about. Names declared in one group may share
// the group's.
func undocumented(declaration ast.Decl) (names []*ast.Ident) {
	switch d := declaration.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil {
			names = append(names, d.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && s.Doc == nil && d.Doc == nil {
					names = append(names, s.Name)
				}
			case *ast.ValueSpec:
				for _, name := range s.Names {
					if name.IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil {
						names = append(names, name)
					}
				}
			}
		}
	}
	return names
}
