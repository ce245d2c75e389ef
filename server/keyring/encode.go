package keyring

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// file is a key ring as JSON.
type file struct {
	Version int             `json:"version"`
	Sealing json.RawMessage `json:"sealing"`
	Signing json.RawMessage `json:"signing"`
}

func (k keys) encode() ([]byte, error) {
	sealing, err := encodeSet(k.sealing)
	if err != nil {
		return nil, err
	}
	signing, err := encodeSet(k.signing)
	if err != nil {
		return nil, err
	}
	b, err := json.MarshalIndent(file{Version: 1, Sealing: sealing, Signing: signing}, "", "  ")
	return append(b, '\n'), err
}

func decode(b []byte) (keys, error) {
	var f file
	if err := json.Unmarshal(b, &f); err != nil {
		return keys{}, fmt.Errorf("it is not a key ring: %w", err)
	}
	if f.Version != 1 {
		return keys{}, fmt.Errorf("version %d is not known to this program", f.Version)
	}
	sealing, err := decodeSet(f.Sealing)
	if err != nil {
		return keys{}, fmt.Errorf("sealing keys: %w", err)
	}
	signing, err := decodeSet(f.Signing)
	if err != nil {
		return keys{}, fmt.Errorf("signing keys: %w", err)
	}
	return ready(sealing, signing)
}

func encodeSet(h *keyset.Handle) (json.RawMessage, error) {
	var b bytes.Buffer
	err := insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(&b)) // the file's mode is what guards it
	return b.Bytes(), err
}

func decodeSet(b []byte) (*keyset.Handle, error) {
	return insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(b)))
}
