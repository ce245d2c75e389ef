package keyring

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead/aesgcm"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/insecuresecretdataaccess"
	"github.com/tink-crypto/tink-go/v2/key"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/mac/hmac"
	"github.com/tink-crypto/tink-go/v2/mac/subtle"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Sizes in bytes. The prefix names the key that a value was made with.
const (
	keySize    = 32
	ivSize     = 12
	tagSize    = 16
	macTagSize = 32
	prefixSize = 5
)

type prefix [prefixSize]byte

// keys are the contents of a key ring: two Tink keysets and what they make. It is
// never changed once made.
type keys struct {
	sealing, signing       *keyset.Handle
	aeads                  map[prefix]tink.AEAD
	macs                   map[prefix]tink.MAC
	primaryAEAD, primaryID prefix // the key that seals, the key that signs
}

// file is a key ring as JSON.
type file struct {
	Version int             `json:"version"`
	Sealing json.RawMessage `json:"sealing"`
	Signing json.RawMessage `json:"signing"`
}

// newKeys returns one key of each kind.
func newKeys() (keys, error) { return keys{}.withNew() }

// withNew returns k with a new key of each kind, which is used from now on.
func (k keys) withNew() (keys, error) {
	sealing, err := aesgcm.NewParameters(aesgcm.ParametersOpts{
		KeySizeInBytes: keySize, IVSizeInBytes: ivSize, TagSizeInBytes: tagSize, Variant: aesgcm.VariantTink})
	if err != nil {
		return keys{}, err
	}
	signing, err := hmac.NewParameters(hmac.ParametersOpts{
		KeySizeInBytes: keySize, TagSizeInBytes: macTagSize, HashType: hmac.SHA256, Variant: hmac.VariantTink})
	if err != nil {
		return keys{}, err
	}
	a, err := addKey(k.sealing, sealing)
	if err != nil {
		return keys{}, err
	}
	m, err := addKey(k.signing, signing)
	if err != nil {
		return keys{}, err
	}
	return ready(a, m)
}

// primaries returns k without the keys that are not used any more.
func (k keys) primaries() (keys, error) {
	a, err := onlyPrimary(k.sealing)
	if err != nil {
		return keys{}, err
	}
	m, err := onlyPrimary(k.signing)
	if err != nil {
		return keys{}, err
	}
	return ready(a, m)
}

func addKey(h *keyset.Handle, p key.Parameters) (*keyset.Handle, error) {
	m := keyset.NewManager()
	if h != nil {
		m = keyset.NewManagerFromHandle(h)
	}
	id, err := m.AddNewKeyFromParameters(p)
	if err != nil {
		return nil, err
	}
	if err := m.SetPrimary(id); err != nil {
		return nil, err
	}
	return m.Handle()
}

func onlyPrimary(h *keyset.Handle) (*keyset.Handle, error) {
	m := keyset.NewManagerFromHandle(h)
	for i := range h.Len() {
		e, err := h.Entry(i)
		if err != nil {
			return nil, err
		}
		if e.IsPrimary() {
			continue
		}
		if err := m.Delete(e.KeyID()); err != nil {
			return nil, err
		}
	}
	return m.Handle()
}

// ready makes the primitives of two keysets. Tink's own factories would link
// every algorithm it knows.
func ready(sealing, signing *keyset.Handle) (keys, error) {
	k := keys{sealing: sealing, signing: signing, aeads: map[prefix]tink.AEAD{}, macs: map[prefix]tink.MAC{}}
	for i := range sealing.Len() {
		e, err := sealing.Entry(i)
		if err != nil {
			return keys{}, err
		}
		aesKey, ok := e.Key().(*aesgcm.Key)
		if !ok || len(aesKey.OutputPrefix()) != prefixSize {
			return keys{}, fmt.Errorf("sealing key %d is not an AES-GCM key of Tink's variant", e.KeyID())
		}
		id := prefix(aesKey.OutputPrefix())
		if k.aeads[id], err = aesgcm.NewAEAD(aesKey); err != nil {
			return keys{}, err
		}
		if e.IsPrimary() {
			k.primaryAEAD = id
		}
	}
	for i := range signing.Len() {
		e, err := signing.Entry(i)
		if err != nil {
			return keys{}, err
		}
		macKey, ok := e.Key().(*hmac.Key)
		if !ok || len(macKey.OutputPrefix()) != prefixSize {
			return keys{}, fmt.Errorf("signing key %d is not an HMAC key of Tink's variant", e.KeyID())
		}
		id := prefix(macKey.OutputPrefix())
		secret := macKey.KeyBytes().Data(insecuresecretdataaccess.Token{})
		if k.macs[id], err = subtle.NewHMAC("SHA256", secret, macTagSize); err != nil {
			return keys{}, err
		}
		if e.IsPrimary() {
			k.primaryID = id
		}
	}
	return k, nil
}

func (k keys) seal(plain, at []byte) ([]byte, error) {
	return k.aeads[k.primaryAEAD].Encrypt(plain, at)
}

func (k keys) open(sealed, at []byte) ([]byte, error) {
	if len(sealed) < prefixSize {
		return nil, errors.New("the value is too short to be a sealed one")
	}
	a, ok := k.aeads[prefix(sealed)]
	if !ok {
		return nil, errUnknownKey
	}
	plain, err := a.Decrypt(sealed, at)
	if err != nil {
		return nil, errors.New("the value was changed, or sealed for another place")
	}
	return plain, nil
}

func (k keys) sign(data []byte) ([]byte, error) {
	mac, err := k.macs[k.primaryID].ComputeMAC(data)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return append(bytes.Clone(k.primaryID[:]), mac...), nil
}

func (k keys) verify(mac, data []byte) error {
	if len(mac) < prefixSize {
		return errors.New("the signature is too short")
	}
	m, ok := k.macs[prefix(mac)]
	if !ok {
		return fmt.Errorf("signature: %w", errUnknownKey)
	}
	if err := m.VerifyMAC(mac[prefixSize:], data); err != nil {
		return errors.New("the signature does not fit")
	}
	return nil
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
