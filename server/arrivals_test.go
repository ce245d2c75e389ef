package server_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/message"
	"doorward/server/servertest"
)

// ask asks for the development outbox from an address, at a host.
func ask(p *servertest.Portal, remote, host string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/dev/outbox", nil)
	r.RemoteAddr, r.Host = remote, host
	r.Header.Set("X-Forwarded-For", "127.0.0.1")
	answer := httptest.NewRecorder()
	p.Server.Handler().ServeHTTP(answer, r)
	return answer
}

// inDevelopment has a portal run in development mode, with t as its terminal.
func inDevelopment(t *message.Terminal) servertest.Option {
	return func(c *server.Config) { c.Delivery.Development, c.Delivery.Arrivals = true, t.Arrivals }
}

// Only who sits at the machine, and asks for it by a name of the machine, sees what
// has arrived; all others get the page for an address that nothing is at.
func TestArrivals_OnlyOnThisMachine(t *testing.T) {
	terminal := message.NewTerminal(io.Discard, func() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) })
	developing := servertest.New(t, "", inDevelopment(terminal))
	serving := servertest.New(t, "")
	for _, tt := range []struct {
		name         string
		portal       *servertest.Portal
		remote, host string
		shown        bool
	}{
		{"this machine", developing, "127.0.0.1:40000", "localhost:8080", true},
		{"this machine by its address", developing, "127.0.0.1:40000", "127.0.0.1:8080", true},
		{"this machine over IPv6", developing, "[::1]:40000", "[::1]:8080", true},
		{"another machine that says it were this one", developing, "192.0.2.7:40000", "localhost:8080", false},
		{"an address that cannot be read", developing, "@", "localhost:8080", false},
		{"a web site whose name leads here", developing, "127.0.0.1:40000", "evil.example:8080", false},
		{"this machine, outside of development mode", serving, "127.0.0.1:40000", "localhost:8080", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			answer := ask(tt.portal, tt.remote, tt.host)
			body := answer.Body.String()
			if tt.shown != (answer.Code == http.StatusOK) || tt.shown != strings.Contains(body, "Nothing has arrived yet") {
				t.Errorf("%d: %s", answer.Code, body)
			}
			if !tt.shown && (answer.Code != http.StatusNotFound || !strings.Contains(body, "Nothing behind this door")) {
				t.Errorf("%d: %s", answer.Code, body)
			}
		})
	}
}

// What arrives is shown newest first, its links can be followed, its codes selected,
// and nothing in it becomes markup.
func TestArrivals_ShowsMessages(t *testing.T) {
	terminal := message.NewTerminal(io.Discard, func() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) })
	p := servertest.New(t, "", inDevelopment(terminal))
	for _, err := range []error{
		terminal.SendMail(t.Context(), message.Mail{To: "ada@example.org", Subject: "<b>Bold</b>",
			Text: "Hello <script>alert(1)</script>,\n\nfollow https://auth.example.org/email/TOKEN.\nTwo\nlines javascript:alert(1)"}),
		terminal.SendText(t.Context(), message.Text{To: "+4915123456789", Body: message.English.CodeText("123456", "localhost")}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	answer := ask(p, "127.0.0.1:40000", "localhost:8080")
	body := answer.Body.String()
	for _, want := range []string{
		`<a href="https://auth.example.org/email/TOKEN">https://auth.example.org/email/TOKEN</a>.`,
		`<p class="key center">123456</p>`, "491512345678", "&lt;b&gt;Bold&lt;/b&gt;", "Two<br>lines",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page has no %q:\n%s", want, body)
		}
	}
	if strings.Contains(body, "<script>alert") || strings.Contains(body, `href="javascript`) || strings.Contains(body, "style=") {
		t.Errorf("the page has markup of a message or style of its own:\n%s", body)
	}
	if strings.Index(body, "123456") > strings.Index(body, "ada@example.org") {
		t.Error("the newest message is not the first")
	}
	if got := answer.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control: %q", got)
	}
	if !strings.Contains(answer.Header().Get("Content-Security-Policy"), "default-src 'none'") {
		t.Error("the page has no policy")
	}
}
