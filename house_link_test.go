package main_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// unlinked are beginnings of the linker's names for functions that must not be in the client: what they belong to costs every
// visitor hundreds of kilobytes. In these names all but letters, digits, dots and underscores have become underscores.
var unlinked = []string{
	"net_http.", "net_http_internal", "text_template.", "html_template.", "database_sql.", "crypto_tls.", "doorward_server_",
}

// TestHouse_ClientLinksNoServer looks at what is in the client that is sent rather than at what the source imports: go-app
// imports net/http, whose mere initialization links TLS, and web/pack takes that out.
func TestHouse_ClientLinksNoServer(t *testing.T) {
	client := filepath.Join(t.TempDir(), "app.wasm")
	if out, err := exec.CommandContext(t.Context(), "go", "run", "./web/pack", "-named", client).CombinedOutput(); err != nil {
		t.Fatalf("build the client: %v\n%s", err, out)
	}
	module, err := os.ReadFile(client)
	if err != nil {
		t.Fatal(err)
	}
	names, err := functionNames(module)
	if err != nil {
		t.Fatal(err)
	}
	// Were the names not the linker's, nothing below would ever be found.
	if !hasPrefix(names, "runtime.") || !hasPrefix(names, "doorward_app.") {
		t.Fatalf("%d functions, and none of the runtime or of ours among them", len(names))
	}
	for _, prefix := range unlinked {
		var found []string
		for _, name := range names {
			if strings.HasPrefix(name, prefix) {
				found = append(found, name)
			}
		}
		if len(found) > 0 {
			t.Errorf("%d functions of %s are linked into the client, such as %s", len(found), prefix, found[len(found)/2])
		}
	}
}

func hasPrefix(names []string, prefix string) bool {
	for _, name := range names {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

var errModule = errors.New("not a WebAssembly module with names")

// functionNames reads the names of a module's functions from its custom section "name".
func functionNames(module []byte) ([]string, error) {
	section, ok := bytes.CutPrefix(module, []byte("\x00asm\x01\x00\x00\x00"))
	for ok && len(section) > 0 {
		var id byte
		var content []byte
		id, content, section, ok = chunk(section)
		name, rest, named := text(content)
		if !ok || id != 0 || !named || name != "name" {
			continue
		}
		for len(rest) > 0 && ok {
			id, content, rest, ok = chunk(rest)
			if ok && id == 1 { // function names
				return nameMap(content)
			}
		}
	}
	return nil, errModule
}

// nameMap reads pairs of an index and a name.
func nameMap(b []byte) ([]string, error) {
	count, b, ok := number(b)
	names := make([]string, 0, min(count, uint64(len(b))))
	for ; ok && count > 0; count-- {
		var name string
		if _, b, ok = number(b); ok {
			name, b, ok = text(b)
			names = append(names, name)
		}
	}
	if !ok {
		return nil, errModule
	}
	return names, nil
}

// chunk splits off an identifier and as many bytes as the number after it says.
func chunk(b []byte) (id byte, content, rest []byte, ok bool) {
	if len(b) == 0 {
		return 0, nil, nil, false
	}
	size, rest, ok := number(b[1:])
	if !ok || size > uint64(len(rest)) {
		return 0, nil, nil, false
	}
	return b[0], rest[:size], rest[size:], true
}

func text(b []byte) (s string, rest []byte, ok bool) {
	size, rest, ok := number(b)
	if !ok || size > uint64(len(rest)) {
		return "", nil, false
	}
	return string(rest[:size]), rest[size:], true
}

func number(b []byte) (n uint64, rest []byte, ok bool) {
	n, size := binary.Uvarint(b)
	if size <= 0 {
		return 0, nil, false
	}
	return n, b[size:], true
}
