package message

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"unicode"
)

// Check reports the first setting that is missing, impossible or unsafe, with its value unless that may be a secret.
func (g Gateway) Check() error {
	p, ok := presets[g.Preset]
	if !ok {
		return fmt.Errorf("DOORWARD_SMS_GATEWAY %q: one of twilio, vonage, kannel, android and custom", g.Preset)
	}
	settings := []struct {
		name, value string
		needed      bool
	}{
		{"DOORWARD_SMS_URL", g.URL, p.url == nil},
		{"DOORWARD_SMS_USER", g.User, p.user},
		{"DOORWARD_SMS_PASSWORD", g.Password, p.user},
		{"DOORWARD_SMS_FROM", g.From, p.from},
	}
	for _, s := range settings {
		if s.value == "" && s.needed {
			return fmt.Errorf("%s: %s needs it", s.name, g.Preset)
		}
		if strings.ContainsFunc(s.value, unicode.IsControl) {
			return fmt.Errorf("%s: a control character or a line break in it", s.name)
		}
	}
	if g.Preset != "custom" && (g.Method != "" || g.Body != "" || g.Success != "" || len(g.Headers) > 0) {
		return fmt.Errorf("DOORWARD_SMS_GATEWAY %q: DOORWARD_SMS_METHOD, _BODY, _SUCCESS and _HEADERS go with custom only", g.Preset)
	}
	if g.URL != "" && g.Preset != "custom" { // a template until it is tried
		if err := g.checkURL(g.URL); err != nil {
			return err
		}
	}
	return p.check(g)
}

// checkURL reports what is wrong with the address of a gateway.
func (g Gateway) checkURL(raw string) error {
	u, err := url.Parse(raw)
	if err != nil {
		return fmt.Errorf("DOORWARD_SMS_URL %q: not an address", g.shown(raw))
	}
	host := strings.ToLower(u.Hostname())
	switch {
	case u.Scheme != "https" && u.Scheme != "http" || host == "":
		return fmt.Errorf("DOORWARD_SMS_URL %q: begins with https://, or with http:// in a private network", g.shown(raw))
	case u.User != nil:
		return fmt.Errorf("DOORWARD_SMS_URL %q: a name or password in it belongs into DOORWARD_SMS_USER and DOORWARD_SMS_PASSWORD", g.shown(raw))
	case u.Fragment != "":
		return fmt.Errorf("DOORWARD_SMS_URL %q: what follows a # is never sent", g.shown(raw))
	case u.Scheme == "http" && !privateHost(host):
		return fmt.Errorf("DOORWARD_SMS_URL %q: plain http is for this machine and private networks only; use https", g.shown(raw))
	case u.Path == "" || u.Path == "/":
		return fmt.Errorf("DOORWARD_SMS_URL %q: the path is missing; it is the whole address that messages are sent to", g.shown(raw))
	}
	return nil
}

// shown returns a URL without what may be a secret in it: all but its last part before "@", its query, the password.
func (g Gateway) shown(raw string) string {
	rest, _, query := strings.Cut(raw, "?")
	if i := strings.LastIndex(rest, "@"); i >= 0 {
		rest = "…" + rest[i:]
	}
	if g.Password != "" {
		rest = strings.ReplaceAll(rest, g.Password, "…")
	}
	if query {
		rest += "?…"
	}
	return rest
}

// privateHost reports whether host is, or by its form can only be, on this machine or in a private network. What a name
// leads to is looked at again with each connection.
func privateHost(host string) bool {
	if at, err := netip.ParseAddr(host); err == nil {
		return private(at)
	}
	if !strings.Contains(host, ".") {
		return true // a name of the local network, or of a neighboring container
	}
	for _, suffix := range []string{".localhost", ".local", ".lan", ".internal", ".home.arpa"} {
		if strings.HasSuffix(host, suffix) {
			return true
		}
	}
	return false
}

// private reports whether a is on this machine or in a private network.
func private(a netip.Addr) bool {
	a = a.Unmap()
	return a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast()
}
