package store_test

import (
	"context"
	"testing"

	"doorward/server/auth"
	"doorward/server/store"
)

func BenchmarkSessionByDigest(b *testing.B) {
	db := openSQLite(b)
	var digests []auth.Digest
	for _, name := range []string{"ada", "bea", "cleo", "dora"} {
		u := db.user(b, name)
		for range 250 {
			s := db.session(b, u)
			s.Replacement = ""
			db.update(b, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSession(ctx, s) })
			digests = append(digests, s.Digest)
		}
	}
	ctx, cancel := context.WithCancel(b.Context()) // as a request's
	defer cancel()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, _, _, err := db.SessionByDigest(ctx, digests[i%len(digests)]); err != nil {
			b.Fatal(err)
		}
	}
}
