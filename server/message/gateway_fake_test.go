package message

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// What must never be seen in a failure.
const (
	secretPassword = "hunter2-&-geheim"
	secretCode     = "931846"
	calledNumber   = "+4915123456742"
)

var aText = Text{ID: "Zm9vYmFyYmF6cXV4MTIzNA", To: calledNumber, Body: "Code " + secretCode + " für \"Ada\" & Söhne\n@auth.example.org #" + secretCode}

const anAccount = "AC0123456789abcdef0123456789abcdef"

// presetAt returns the settings of a preset whose provider is at a test server.
func presetAt(preset, at string) Gateway {
	g := Gateway{Preset: preset, URL: at + "/send", User: anAccount, Password: secretPassword, From: "+15005550006"}
	if preset == "custom" {
		g.URL += "?key={{query .Password}}&to={{query .To}}"
		g.Body = `{"to":{{json .To}},"text":{{json .Text}},"ref":{{json .ID}}}`
		g.Headers = []string{`Authorization: Basic {{base64 (print .User ":" .Password)}}`}
		g.Success = `"accepted"`
	}
	return g
}

var everyPreset = []string{"twilio", "vonage", "kannel", "android", "custom"}

// provider starts a gateway on loopback that ends with the test.
func provider(t *testing.T, serve http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(serve)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.Start()
	t.Cleanup(s.Close)
	return s
}

func texterFor(t *testing.T, g Gateway) *Texter {
	t.Helper()
	texter, err := NewTexter(g)
	if err != nil {
		t.Fatal(err)
	}
	return texter
}

// failureOf returns the failure of a Send, which must be one and must tell nothing that is secret.
func failureOf(t *testing.T, err error) *Failure {
	t.Helper()
	f, ok := errors.AsType[*Failure](err)
	if !ok || f.Cause == "" {
		t.Fatalf("got %#v, want a *Failure with a cause", err)
	}
	said := f.Error() + "\n" + f.Cause + "\n" + fmt.Sprintf("%+v", *f)
	for _, form := range []func(string) string{strings.ToLower, url.QueryEscape, url.PathEscape} {
		for _, secret := range []string{secretPassword, secretCode, calledNumber, calledNumber[1:], calledNumber[3:], aText.Body, "Ada", "127.0.0.1"} {
			if strings.Contains(strings.ToLower(said), strings.ToLower(form(secret))) {
				t.Errorf("the failure %q tells %q", said, secret)
			}
		}
	}
	return f
}

// echo writes back all that a request held, as careless providers do.
func echo(w io.Writer, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.QueryUnescape(string(body))
	fmt.Fprintf(w, `{"status":"no","code":1,"message":%q,"headers":%q}`, form+" "+r.URL.String(), fmt.Sprint(r.Header))
}
