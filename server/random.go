package server

import (
	"io"

	"doorward/server/auth"
)

// fill reads random bytes. A source of randomness that fails leaves nothing safe
// to do; the standard one never does.
func (s *Server) fill(b []byte) {
	if _, err := io.ReadFull(s.config.Random, b); err != nil {
		panic("server: no randomness: " + err.Error())
	}
}

func (s *Server) newID() auth.ID {
	var b [16]byte
	s.fill(b[:])
	return auth.NewID(b)
}

func (s *Server) newToken() auth.Token {
	var b [32]byte
	s.fill(b[:])
	return auth.NewToken(b)
}

func (s *Server) newSalt() (b [16]byte) {
	s.fill(b[:])
	return b
}

func (s *Server) newSecret() (b [auth.SecretSize]byte) {
	s.fill(b[:])
	return b
}
