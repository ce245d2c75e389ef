package cli

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"doorward/server/auth"
)

type verifyCommand struct{}

// Run checks the audit chain.
func (verifyCommand) Run(ctx bound, p *Place, io std) error {
	return p.with(ctx, func(portal *portal) error {
		n, err := portal.store.VerifyAudit(ctx)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.out, "The audit is whole: %d events, each in its place and unchanged.\n", n)
		return err
	})
}

type exportCommand struct{}

// exported is one line of an export. Anybody can check the chain of it: hash is
// the SHA-256 of the bytes of previous and of the JSON of seq, at and event.
type exported struct {
	Seq      int64      `json:"seq"`
	At       time.Time  `json:"at"`
	Event    auth.Event `json:"event"`
	Previous string     `json:"previous"`
	Hash     string     `json:"hash"`
}

// Run prints the audit.
func (exportCommand) Run(ctx bound, p *Place, io std) error {
	return p.with(ctx, func(portal *portal) error {
		enc := json.NewEncoder(io.out)
		return portal.store.EachEntry(ctx, func(e auth.Entry) error {
			return enc.Encode(exported{e.Seq, e.At, e.Event, hex.EncodeToString(e.Previous[:]), hex.EncodeToString(e.Hash[:])})
		})
	})
}

type rotateCommand struct{}

// Run makes a new key, encrypts everything anew and drops the old key.
func (rotateCommand) Run(ctx bound, p *Place, io std) error {
	return p.with(ctx, func(portal *portal) error {
		if err := portal.keys.AddKey(); err != nil {
			return err
		}
		rows, err := portal.store.Reseal(ctx)
		if err != nil {
			return fmt.Errorf("%w (both keys are kept; run the command again)", err)
		}
		if err := portal.keys.DropOldKeys(); err != nil {
			return err
		}
		if err := portal.server.KeysRotated(ctx); err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.out, "The key is new: %d secrets encrypted anew, the old key dropped.\n", rows)
		return err
	})
}
