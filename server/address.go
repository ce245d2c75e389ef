package server

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// address returns where a request comes from. Behind trusted proxies it is the
// last address in X-Forwarded-For that is not one of them, walked from right to
// left: what stands further left is the client's own claim.
func (s *Server) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	at, err := netip.ParseAddr(host)
	if err != nil {
		return ""
	}
	if !s.trusted(at) {
		if r.Header.Get("X-Forwarded-For") != "" && s.secure() {
			s.unlisted.Do(func() {
				s.config.Log.Warn("requests come through a proxy that DOORWARD_TRUSTED_PROXIES does not list; all of them count as one address", "proxy", at)
			})
		}
		return at.Unmap().WithZone("").String()
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusted(at); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		at = next
	}
	return at.Unmap().WithZone("").String()
}

func (s *Server) trusted(a netip.Addr) bool {
	for _, p := range s.config.TrustedProxies {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// network returns what an address is throttled by: itself, or for IPv6 the /56
// that one subscriber commonly has.
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil || a.Is4() {
		return address
	}
	p, err := a.Prefix(56)
	if err != nil {
		return address
	}
	return p.String()
}
