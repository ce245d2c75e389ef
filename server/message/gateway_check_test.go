package message

import (
	"bytes"
	"log/slog"
	"net/netip"
	"strings"
	"testing"
)

// with returns the settings of a preset that work, changed.
func with(preset string, change func(*Gateway)) Gateway {
	g := presetAt(preset, "https://gateway.example.org")
	change(&g)
	return g
}

func TestGateway_CheckNamesTheSetting(t *testing.T) {
	for _, c := range []struct {
		name, want string
		g          Gateway
	}{
		{"nothing", "DOORWARD_SMS_GATEWAY", Gateway{}},
		{"unknown preset", `DOORWARD_SMS_GATEWAY "pigeon"`, with("pigeon", func(*Gateway) {})},
		{"no user", "DOORWARD_SMS_USER", with("vonage", func(g *Gateway) { g.User = "" })},
		{"no password", "DOORWARD_SMS_PASSWORD", with("android", func(g *Gateway) { g.Password = "" })},
		{"no sender", "DOORWARD_SMS_FROM", with("twilio", func(g *Gateway) { g.From = "" })},
		{"no address", "DOORWARD_SMS_URL", with("kannel", func(g *Gateway) { g.URL = "" })},
		{"password with a line break", "DOORWARD_SMS_PASSWORD", with("kannel", func(g *Gateway) { g.Password += "\n" })},
		{"user with a colon", "DOORWARD_SMS_USER", with("android", func(g *Gateway) { g.User = "a:b" })},
		{"no SID", `DOORWARD_SMS_USER "SK01"`, with("twilio", func(g *Gateway) { g.URL, g.User = "", "SK01" })},
		{"a SID cut short", `DOORWARD_SMS_FROM "MG0123456789"`, with("twilio", func(g *Gateway) { g.From = "MG0123456789" })},
		{"not an address", "not an address", with("kannel", func(g *Gateway) { g.URL = "http://a b/c" })},
		{"no scheme", "begins with https://", with("kannel", func(g *Gateway) { g.URL = "kannel.example.org/cgi-bin/sendsms" })},
		{"another scheme", "begins with https://", with("kannel", func(g *Gateway) { g.URL = "file:///etc/passwd" })},
		{"in clear abroad", `"http://8.8.8.8/x?…": plain http`, with("kannel", func(g *Gateway) { g.URL = "http://8.8.8.8/x?secret=1" })},
		{"in clear to a name", "plain http", with("kannel", func(g *Gateway) { g.URL = "http://sms.example.org/x" })},
		{"in clear to an IPv6 address", "plain http", with("kannel", func(g *Gateway) { g.URL = "http://[2001:db8::1]/x" })},
		{"password in the address", `"…@h/x"`, with("kannel", func(g *Gateway) { g.URL = "https://u:" + secretPassword + "@h/x" })},
		{"password in the path", `"http://8.8.8.8/…/x"`, with("kannel", func(g *Gateway) { g.URL = "http://8.8.8.8/" + secretPassword + "/x" })},
		{"no path", "the path is missing", with("android", func(g *Gateway) { g.URL = "http://192.168.1.20:8080" })},
		{"fragment", "#", with("android", func(g *Gateway) { g.URL += "#x" })},
		{"a template for a preset", "custom only", with("vonage", func(g *Gateway) { g.Body = "x" })},
		{"custom without address", "DOORWARD_SMS_URL", with("custom", func(g *Gateway) { g.URL = "" })},
		{"custom in clear abroad", "plain http", with("custom", func(g *Gateway) { g.URL = "http://sms.example.org/x?{{query .To}}" })},
		{"method", `DOORWARD_SMS_METHOD "DELETE"`, with("custom", func(g *Gateway) { g.Method = "DELETE" })},
		{"GET with a body", "DOORWARD_SMS_BODY", with("custom", func(g *Gateway) { g.Method = "GET" })},
		{"template broken", "DOORWARD_SMS_BODY", with("custom", func(g *Gateway) { g.Body = "{{.Text" })},
		{"template with an unknown field", "DOORWARD_SMS_BODY", with("custom", func(g *Gateway) { g.Body = `{"a":{{json .Phone}}}` })},
		{"template with an unknown function", "DOORWARD_SMS_URL", with("custom", func(g *Gateway) { g.URL = "https://h/x?{{shell .Text}}" })},
		{"address unescaped", "{{query .Text}}", with("custom", func(g *Gateway) { g.URL = "https://h/x?t={{.Text}}" })},
		{"number unescaped", "{{query .Text}}", with("custom", func(g *Gateway) { g.URL = "https://h/x?t={{.To}}" })},
		{"password unescaped", "{{query .Text}}", with("custom", func(g *Gateway) { g.URL = "https://h/x?t={{.Password}}" })},
		{"JSON unescaped", "{{json .Text}}", with("custom", func(g *Gateway) { g.Body = `{"t":"{{.Text}}"}` })},
		{"JSON quoted twice", "{{json .Text}}", with("custom", func(g *Gateway) { g.Body = `{"t":"{{json .Text}}"}` })},
		{"form unescaped", "{{query .Text}}", with("custom", func(g *Gateway) { g.Body = "to={{.Number}}&t={{.Text}}" })},
		{"XML unescaped", "{{html .Text}}", with("custom", func(g *Gateway) { g.Body = "<m>{{.Text}}</m>" })},
		{"header without colon", "DOORWARD_SMS_HEADERS", with("custom", func(g *Gateway) { g.Headers = []string{"X-Key " + secretPassword} })},
		{"header with a strange name", "DOORWARD_SMS_HEADERS", with("custom", func(g *Gateway) { g.Headers = []string{"X Key: 1"} })},
		{"header of the transport", `"Content-Length"`, with("custom", func(g *Gateway) { g.Headers = []string{"content-length: 1"} })},
		{"header with line breaks", `"X-Text"`, with("custom", func(g *Gateway) { g.Headers = []string{"X-Text: {{.Text}}"} })},
		{"success", "DOORWARD_SMS_SUCCESS", with("custom", func(g *Gateway) { g.Success = "(" })},
	} {
		err := c.g.Check()
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
			continue
		}
		if strings.Contains(err.Error(), secretPassword) || strings.Contains(err.Error(), "secret=1") {
			t.Errorf("%s: %v tells a secret", c.name, err)
		}
		if _, err := NewTexter(c.g); err == nil {
			t.Errorf("%s: there is a Texter for it", c.name)
		}
	}
}

func TestGateway_CheckTakesWhatWorks(t *testing.T) {
	for _, preset := range everyPreset {
		if err := with(preset, func(*Gateway) {}).Check(); err != nil {
			t.Errorf("%s: %v", preset, err)
		}
	}
	for _, preset := range []string{"twilio", "vonage", "android"} {
		if err := with(preset, func(g *Gateway) { g.URL = "" }).Check(); err != nil {
			t.Errorf("%s at its own address: %v", preset, err)
		}
	}
	for _, at := range []string{"http://127.0.0.1:13013/cgi-bin/sendsms", "http://[::1]/x", "http://10.1.2.3/x", "http://172.20.0.9/x",
		"http://192.168.1.20:8080/message", "http://[fd00::5]/x", "http://[fe80::1%25eth0]/x", "http://localhost:8080/x", "HTTP://Kannel:13013/x",
		"http://phone.lan/x", "http://sms.home.arpa/x", "https://sms.example.org/x?smsc=one"} {
		if err := with("kannel", func(g *Gateway) { g.URL = at }).Check(); err != nil {
			t.Errorf("%s: %v", at, err)
		}
	}
	for _, body := range []string{"to={{.Number}}&text={{query .Text}}", "<sms>{{html .Text}}</sms>", `[{"n":{{.Number}},"t":{{json .Text}}}]`, "{{query .Text}}\n"} {
		if err := with("custom", func(g *Gateway) { g.Body = body }).Check(); err != nil {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestGateway_IsNotLogged(t *testing.T) {
	var out bytes.Buffer
	g := presetAt("custom", "https://h")
	slog.New(slog.NewTextHandler(&out, nil)).Info("gateway", "gateway", g)
	if !strings.Contains(out.String(), "[redacted]") || strings.Contains(out.String(), secretPassword) {
		t.Error(out.String())
	}
}

func TestPrivate_IsWhatNoStrangerHas(t *testing.T) {
	for at, want := range map[string]bool{
		"127.0.0.1": true, "127.9.9.9": true, "::1": true, "10.0.0.1": true, "172.16.0.1": true, "172.31.255.255": true, "192.168.0.1": true,
		"169.254.1.1": true, "fe80::1": true, "fd12::1": true, "::ffff:192.168.0.1": true,
		"172.32.0.1": false, "8.8.8.8": false, "0.0.0.0": false, "::": false, "2001:db8::1": false, "::ffff:8.8.8.8": false, "224.0.0.1": false,
	} {
		if got := private(netip.MustParseAddr(at)); got != want {
			t.Errorf("%s: %v", at, got)
		}
	}
}
