// Command pack builds the client and writes what the server sends of it into web/built, compressed once and as well as it
// can be: app.wasm, wasm_exec.js and the style sheets and scripts of web/, each as name.br and name.gz, with wasm_exec.js
// as it is too, the words of every language but English, and build.txt, two lines:
//
//	version 1f2e3d4c5b6a
//	client 7164235
//
// The version is taken from the content of everything static; the client's size is that of the uncompressed app.wasm. The
// output is the same for the same input, and is only made again when the input changed.
//
// The client is built from go-app without the half of it that only a server needs; see lean.go.
//
//	go run ./web/pack
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"doorward/app/words"
	"doorward/server/languages"
)

// limit is how large the client may be as browsers fetch it: people wait for every byte of it.
const limit = 1_700_000

func main() {
	named := flag.String("named", "", "write only the uncompressed client, with the names of its functions, to this `file`")
	flag.Parse()
	if err := run(os.Stdout, *named); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

// run packs the module of the current folder and prints the client's sizes. It returns an error also for a client that has
// been packed and is too large. With a file named, it only writes the client with names there.
func run(out io.Writer, named string) error {
	root, err := goOutput(".", "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return err
	}
	client, err := buildClient(root, named != "")
	if err != nil {
		return err
	}
	if named != "" {
		return os.WriteFile(named, client, 0o644)
	}
	goroot, err := goOutput(root, "env", "GOROOT")
	if err != nil {
		return err
	}
	glue, err := os.ReadFile(filepath.Join(goroot, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return err
	}
	files, err := static(filepath.Join(root, "web"))
	if err != nil {
		return err
	}
	files["app.wasm"], files["wasm_exec.js"] = client, glue
	if err := addWords(files); err != nil {
		return err
	}
	if err := write(filepath.Join(root, "web", "built"), files); err != nil {
		return err
	}
	return report(out, filepath.Join(root, "web", "built"), len(client))
}

// addWords adds the words of each language but English, which the client has within it:
// words/fr.txt, as words.Unpack takes them.
func addWords(files map[string][]byte) error {
	for _, l := range languages.Every() {
		if l.Tag == words.English.Lang {
			continue
		}
		packed, err := words.Pack(&l.Client)
		if err != nil {
			return fmt.Errorf("the words of %q: %w", l.Tag, err)
		}
		files["words/"+l.Tag+".txt"] = []byte(packed)
	}
	return nil
}

// report prints how large the client is and returns an error when that is over the limit.
func report(out io.Writer, built string, raw int) error {
	sizes := map[string]int64{}
	for _, encoding := range []string{"gz", "br"} {
		info, err := os.Stat(filepath.Join(built, "app.wasm."+encoding))
		if err != nil {
			return err
		}
		sizes[encoding] = info.Size()
	}
	fmt.Fprintf(out, "client: %d bytes, gzip %d, brotli %d of at most %d\n", raw, sizes["gz"], sizes["br"], limit)
	if sizes["br"] > limit {
		return fmt.Errorf("the client is %d bytes over the limit", sizes["br"]-limit)
	}
	return nil
}
