package keyring

import (
	"github.com/tink-crypto/tink-go/v2/aead/aesgcm"
	"github.com/tink-crypto/tink-go/v2/key"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/mac/hmac"
)

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
