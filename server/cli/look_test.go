package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// chained recomputes the chain of an export as anybody could: with a SHA-256 and
// the bytes that stand in the file.
func chained(ts *testscript.TestScript, _ bool, args []string) {
	previous := strings.Repeat("0", 64)
	lines := strings.Split(strings.TrimSuffix(ts.ReadFile(args[0]), "\n"), "\n")
	for i, text := range lines {
		var line struct {
			Seq, At, Event json.RawMessage
			Previous, Hash string
		}
		ts.Check(json.Unmarshal([]byte(text), &line))
		before, err := hex.DecodeString(line.Previous)
		ts.Check(err)
		content := fmt.Sprintf(`{"seq":%s,"at":%s,"event":%s}`, line.Seq, line.At, line.Event)
		if sum := sha256.Sum256(append(before, content...)); hex.EncodeToString(sum[:]) != line.Hash {
			ts.Fatalf("line %d: the hash is not that of what stands there", i+1)
		}
		if line.Previous != previous || string(line.Seq) != strconv.Itoa(i+1) {
			ts.Fatalf("line %d does not follow the one before", i+1)
		}
		previous = line.Hash
	}
}

// keys looks for the number of keys in each set of a keyring, and for keys of
// another file, which must not be there.
func keys(ts *testscript.TestScript, _ bool, args []string) {
	ids := keyIDs(ts, args[0])
	if want, err := strconv.Atoi(args[1]); err != nil || len(ids) != 2*want {
		ts.Fatalf("%s has keys %v, want %s to seal and %s to sign", args[0], ids, args[1], args[1])
	}
	for _, old := range args[2:] {
		for id := range keyIDs(ts, old) {
			if ids[id] {
				ts.Fatalf("%s still has key %s of %s", args[0], id, old)
			}
		}
	}
}

// keyIDs returns the names of the keys in a keyring.
func keyIDs(ts *testscript.TestScript, file string) map[string]bool {
	type set struct {
		Key []struct{ KeyID json.Number }
	}
	var ring struct{ Sealing, Signing set }
	d := json.NewDecoder(bytes.NewReader([]byte(ts.ReadFile(file))))
	ts.Check(d.Decode(&ring))
	ids := map[string]bool{}
	for _, key := range ring.Sealing.Key {
		ids["sealing "+key.KeyID.String()] = true
	}
	for _, key := range ring.Signing.Key {
		ids["signing "+key.KeyID.String()] = true
	}
	return ids
}
