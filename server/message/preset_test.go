package message

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// sent is a request as a provider got it.
type sent struct {
	method, path, kind, user, password string
	header                             http.Header
	query, form                        url.Values
	body                               string
}

// sendTo sends aText, changed, to a provider that answers with a status and a body, and returns what the provider got.
func sendTo(t *testing.T, g Gateway, code int, says string, text Text) (sent, error) {
	t.Helper()
	var got sent
	s := provider(t, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got = sent{method: r.Method, path: r.URL.Path, kind: r.Header.Get("Content-Type"), header: r.Header, query: r.URL.Query(), body: string(body)}
		got.user, got.password, _ = r.BasicAuth()
		if got.form, err = url.ParseQuery(got.body); err != nil {
			got.form = nil
		}
		w.WriteHeader(code)
		_, _ = io.WriteString(w, says)
	})
	g.URL = s.URL + strings.TrimPrefix(g.URL, "http://127.0.0.1")
	return got, texterFor(t, g).Send(t.Context(), text)
}

func here(preset string) Gateway { return presetAt(preset, "http://127.0.0.1") }

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if string(a) != string(b) {
		t.Errorf("%s: got %s, want %s", what, a, b)
	}
}

func TestTwilio_AsksAsDocumented(t *testing.T) {
	g := here("twilio")
	got, err := sendTo(t, g, 201, `{"sid":"SM01","status":"queued","error_code":null}`, aText)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "form", got.form, url.Values{"To": {calledNumber}, "From": {g.From}, "Body": {aText.Body}})
	equal(t, "request", []string{got.method, got.kind, got.user, got.password}, []string{"POST", "application/x-www-form-urlencoded", anAccount, secretPassword})
	g.From = "MG0123456789abcdef0123456789abcdef"
	if got, err = sendTo(t, g, 201, "", aText); err != nil {
		t.Fatal(err)
	}
	equal(t, "form of a service", got.form, url.Values{"To": {calledNumber}, "MessagingServiceSid": {g.From}, "Body": {aText.Body}})
	equal(t, "address", twilioURL(g), "https://api.twilio.com/2010-04-01/Accounts/"+anAccount+"/Messages.json")
}

func TestVonage_AsksAsDocumented(t *testing.T) {
	g := here("vonage")
	got, err := sendTo(t, g, 200, `{"message-count":"2","messages":[{"to":"4915123456742","status":"0"},{"status":"0"}]}`, aText)
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{"api_key": {anAccount}, "api_secret": {secretPassword}, "from": {"15005550006"}, "to": {"4915123456742"}, "text": {aText.Body}}
	equal(t, "form", got.form, want)
	text := aText
	text.Body = "Код 123456"
	if got, err = sendTo(t, g, 200, `{"messages":[{"status":"0"}]}`, text); err != nil {
		t.Fatal(err)
	}
	want.Set("text", text.Body)
	want.Set("type", "unicode")
	equal(t, "form in Cyrillic", got.form, want)
}

func TestKannel_AsksAsDocumented(t *testing.T) {
	g := here("kannel")
	g.URL += "?smsc=one"
	got, err := sendTo(t, g, 202, "0: Accepted for delivery", aText)
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{"smsc": {"one"}, "username": {anAccount}, "password": {secretPassword}, "to": {calledNumber}, "text": {aText.Body},
		"from": {g.From}, "charset": {"UTF-8"}, "coding": {"0"}}
	equal(t, "query", got.query, want)
	equal(t, "request", []string{got.method, got.body}, []string{"GET", ""})
	text := aText
	text.Body, g.From = "कोड 123456", ""
	if got, err = sendTo(t, g, 200, "3: Queued for later delivery", text); err != nil {
		t.Fatal(err)
	}
	want.Del("from")
	want.Set("text", text.Body)
	want.Set("coding", "2")
	equal(t, "query in Hindi", got.query, want)
}

func TestAndroid_AsksAsDocumentedAndMayRepeat(t *testing.T) {
	for code, says := range map[int]string{200: "", 201: "", 202: `{"id":"x","state":"Pending"}`, 409: `{"message":"message already exists"}`} {
		got, err := sendTo(t, here("android"), code, says, aText)
		if err != nil {
			t.Fatalf("%d: %v", code, err)
		}
		var body any
		if err := json.Unmarshal([]byte(got.body), &body); err != nil {
			t.Fatal(err)
		}
		equal(t, "body", body, map[string]any{"id": aText.ID, "textMessage": map[string]any{"text": aText.Body}, "phoneNumbers": []string{calledNumber}})
		equal(t, "request", []string{got.method, got.kind, got.user, got.password}, []string{"POST", "application/json", anAccount, secretPassword})
	}
}

func TestCustom_ValuesArriveAsTheyAre(t *testing.T) {
	got, err := sendTo(t, here("custom"), 200, `{"state":"accepted"}`, aText)
	if err != nil {
		t.Fatal(err)
	}
	var body map[string]string
	if err := json.Unmarshal([]byte(got.body), &body); err != nil {
		t.Fatal(err)
	}
	equal(t, "JSON", body, map[string]string{"to": calledNumber, "text": aText.Body, "ref": aText.ID})
	equal(t, "query", got.query, url.Values{"key": {secretPassword}, "to": {calledNumber}})
	equal(t, "request", []string{got.method, got.kind, got.user, got.password}, []string{"POST", "application/json", anAccount, secretPassword})

	form := here("custom")
	form.Method, form.Success, form.URL = "PUT", "", "http://127.0.0.1/sms/{{.Number}}"
	form.Body = "t={{query .Text}}&f={{query .From}}\n"
	form.Headers = []string{"Idempotency-Key: {{.ID}}"}
	if got, err = sendTo(t, form, 299, "", aText); err != nil {
		t.Fatal(err)
	}
	equal(t, "form", got.form, url.Values{"t": {aText.Body}, "f": {form.From}})
	equal(t, "request", []string{got.method, got.path, got.kind, got.header.Get("Idempotency-Key")},
		[]string{"PUT", "/sms/4915123456742", "application/x-www-form-urlencoded", aText.ID})

	get := here("custom")
	get.Method, get.Body, get.Headers, get.Success = "GET", "", nil, "^OK"
	get.URL = "http://127.0.0.1/x?u={{query .User}}&t={{query .Text}}"
	if got, err = sendTo(t, get, 200, "OK 1", aText); err != nil {
		t.Fatal(err)
	}
	equal(t, "query", got.query, url.Values{"u": {anAccount}, "t": {aText.Body}})
	equal(t, "request", []string{got.method, got.body, got.kind}, []string{"GET", "", ""})
}

// twilioSays is a refusal of Twilio, which repeats the number.
func twilioSays(code string) string {
	return `{"code":` + code + `,"message":"The 'To' number ` + calledNumber + ` is not valid: ` + secretCode + `","more_info":"https://x","status":400}`
}

// vonageSays is an answer of Vonage about a message in parts.
func vonageSays(statuses ...string) string {
	var parts []string
	for _, s := range statuses {
		parts = append(parts, `{"status":"`+s+`","error-text":"`+calledNumber+` `+secretPassword+`"}`)
	}
	return `{"messages":[` + strings.Join(parts, ",") + `]}`
}

var hugeBlank = strings.Repeat(" ", maxAnswer)

var ownRefusals = []struct {
	preset    string
	code      int
	says      string
	permanent bool
	cause     string
}{
	{"twilio", 400, twilioSays("21211"), true, "Twilio error 21211"},
	{"twilio", 400, twilioSays("21614"), true, "Twilio error 21614"},
	{"twilio", 403, twilioSays("21408"), true, "Twilio error 21408"},
	{"twilio", 400, twilioSays("21610"), true, "Twilio error 21610"},
	{"twilio", 401, twilioSays("20003"), false, "Twilio error 20003"},
	{"twilio", 429, twilioSays("20429"), false, "Twilio error 20429"},
	{"twilio", 400, twilioSays("21606"), false, "Twilio error 21606"},
	{"twilio", 400, `{"code":"` + calledNumber + `"}`, false, "answered 400"},
	{"twilio", 400, "<html>" + calledNumber, false, "answered 400"},
	{"twilio", 400, hugeBlank + twilioSays("21211"), false, "answered 400"},
	{"vonage", 200, vonageSays("1"), false, "it asks to wait"},
	{"vonage", 200, vonageSays("3"), true, "status 3"},
	{"vonage", 200, vonageSays("4"), false, "DOORWARD_SMS_PASSWORD"},
	{"vonage", 200, vonageSays("5"), false, "status 5"},
	{"vonage", 200, vonageSays("6"), true, "status 6"},
	{"vonage", 200, vonageSays("7"), true, "barred"},
	{"vonage", 200, vonageSays("9"), false, "no credit"},
	{"vonage", 200, vonageSays("15"), true, "DOORWARD_SMS_FROM"},
	{"vonage", 200, vonageSays("10"), false, "status 10"},
	{"vonage", 200, vonageSays("0", "0", "7"), true, "status 7"},
	{"vonage", 200, vonageSays(calledNumber), false, "refused the message"},
	{"vonage", 200, vonageSays(""), false, "refused the message"},
	{"vonage", 200, `{"messages":[]}`, false, "not one of Vonage"},
	{"vonage", 200, `{"messages":[{"status":0}]}`, false, "not one of Vonage"},
	{"vonage", 200, "<html>" + calledNumber, false, "not one of Vonage"},
	{"vonage", 200, "", false, "not one of Vonage"},
	{"vonage", 200, vonageSays("0") + hugeBlank, false, "not one of Vonage"},
	{"kannel", 403, "Authorization failed for sendsms", false, "DOORWARD_SMS_USER"},
	{"kannel", 403, "Not routable. Do not try again.", true, "no route"},
	{"kannel", 503, "Temporal failure, try again later.", false, "asks to wait"},
	{"kannel", 400, "Empty text not allowed, rejected. " + calledNumber, false, "answered 400"},
	{"kannel", 200, "<html>It works!", false, "not one of Kannel"},
	{"android", 400, `{"message":"invalid phone number ` + calledNumber + `"}`, false, "answered 400"},
	{"custom", 200, `{"state":"rejected ` + calledNumber + `"}`, false, "DOORWARD_SMS_SUCCESS"},
	{"custom", 500, `{"state":"accepted"}`, false, "answered 500"},
	{"custom", 200, hugeBlank + `{"state":"accepted"}`, false, "DOORWARD_SMS_SUCCESS"},
}

func TestPresets_RefusalsOfTheirOwn(t *testing.T) {
	for _, c := range ownRefusals {
		_, err := sendTo(t, here(c.preset), c.code, c.says, aText)
		if err == nil {
			t.Errorf("%s, %d %.80s: taken", c.preset, c.code, c.says)
			continue
		}
		if f := failureOf(t, err); f.Permanent != c.permanent || !strings.Contains(f.Cause, c.cause) {
			t.Errorf("%s, %d %.80s: got %+v, want %q", c.preset, c.code, c.says, *f, c.cause)
		}
	}
}

// What a provider has taken is taken, however its answer ends.
func TestPresets_TakenByStatusAlone(t *testing.T) {
	for _, preset := range []string{"twilio", "kannel", "android"} {
		for name, serve := range map[string]http.HandlerFunc{
			"closes in the middle": hijacked("HTTP/1.1 202 Accepted\r\nContent-Length: 1000\r\n\r\n{\"si"),
			"never stops": func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(202)
				flood(w)
			},
			"garbage": hijacked("HTTP/1.1 202 Accepted\r\nContent-Length: 3\r\n\r\n\xff\x00{"),
		} {
			begun := time.Now()
			if err := texterFor(t, presetAt(preset, provider(t, serve).URL)).Send(t.Context(), aText); err != nil {
				t.Errorf("%s, %s: %v after %v", preset, name, err, time.Since(begun))
			}
		}
	}
}

func TestVonage_UnicodeOnlyWhereItIsNeeded(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "Code 123456\n@auth.example.org #123456": true, "Grüße, señor! Ça fait 5 €": true, "français": false, "Grüße, señor! 5 € [x] {y} ~ ^ | \\": true,
		"Ελλάδα": false, "ΔΩ": true, "naïve": false, "日本": false, "“quoted”": false, "it’s": false, "a\tb": false,
	} {
		if got := fitsGSM7(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
