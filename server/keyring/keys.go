package keyring

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead/aesgcm"
	"github.com/tink-crypto/tink-go/v2/insecuresecretdataaccess"
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
	sealing, signing *keyset.Handle
	aeads            map[prefix]tink.AEAD
	macs             map[prefix]tink.MAC
	seals, signs     prefix // the keys that are used for what is new
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
			k.seals = id
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
			k.signs = id
		}
	}
	return k, nil
}

func (k keys) seal(plain, at []byte) ([]byte, error) {
	return k.aeads[k.seals].Encrypt(plain, at)
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
	mac, err := k.macs[k.signs].ComputeMAC(data)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return append(bytes.Clone(k.signs[:]), mac...), nil
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
