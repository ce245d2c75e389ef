package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// module makes a folder that looks like go-app's pkg, with these files in it.
func module(t *testing.T, names ...string) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range names {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestCopyPackage_LeavesOutWhatAServerNeeds(t *testing.T) {
	from, to := module(t, "app/app.go", "app/app_test.go", "app/http.go", "app/resource.go", "app/static.go", "app/gen/notes.txt", "errors/http.go"), t.TempDir()
	if err := copyPackage(from, to); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{
		"app/app.go": true, "errors/http.go": true, "app/stand.go": true,
		"app/app_test.go": false, "app/http.go": false, "app/resource.go": false, "app/static.go": false, "app/gen/notes.txt": false,
	} {
		if _, err := os.Stat(filepath.Join(to, name)); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", name, err == nil, want)
		}
	}
}

func TestCopyPackage_AnotherGoApp(t *testing.T) {
	err := copyPackage(module(t, "app/app.go", "app/http.go"), t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "only 1 of") {
		t.Errorf("two files that are left out were not there: %v", err)
	}
}
