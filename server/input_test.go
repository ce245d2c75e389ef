package server_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"doorward/server/servertest"
	"doorward/shared/api"
)

// bad is what every call that takes a body gets, and the least that must be said
// about it.
var bad = []struct {
	name, body string
	want       string // in the answer
}{
	{"an empty body", "", "malformed"},
	{"not JSON", "name=ada", "malformed"},
	{"a list", "[]", "malformed"},
	{"null", "null", "malformed"},
	{"cut short", `{"name":"ada`, "malformed"},
	{"more behind it", `{}{}`, ""},
	{"an unknown field", `{"nonsense":1}`, "unknown_field"},
	{"wrong types", `{"name":1,"password":[],"token":{},"id":true,"passcode":5,"recovery_code":6,"display_name":7,"current":8,"saved":"yes","then":9,"kind":1,"new":false}`, ""},
	{"one MiB", `{"name":"` + strings.Repeat("a", 1<<20) + `"}`, "too_large"},
	{"invalid UTF-8", "{\"name\":\"\xff\xfe\"}", "malformed"},
	{"NUL bytes", `{"name":"a\u0000b","password":"a\u0000b","token":"\u0000","id":"\u0000","passcode":"\u0000","display_name":"\u0000"}`, ""},
	{"deep nesting", strings.Repeat(`{"name":`, 30000) + "1" + strings.Repeat("}", 30000), ""},
	{"deep lists", `{"name":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + "}", ""},
	{"a number out of range", `{"name":1e999999}`, ""},
	{"a very long field", `{"name":"` + strings.Repeat("é", 20000) + `","token":"` + strings.Repeat("a", 5000) + `"}`, ""},
}

// Bad input gets a clear 4xx, changes nothing and is no fault (requirement 112).
func TestInput_BadBodiesAreRefusedAndChangeNothing(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll().StepUp()
		half := p.Browser()
		servertest.Must(t, half, api.SignIn, api.SignInRequest{Name: ada.Name, Password: ada.Password})
		before := state(t, p)
		for _, c := range p.Server.Calls() {
			if c.Method != http.MethodPost || noInput(c.Path) {
				continue
			}
			b := ada.Browser
			if c.SigningIn {
				b = half
			}
			for _, tt := range bad {
				status, answer, err := b.Send(t.Context(), c.Method, c.Path, []byte(tt.body))
				if err != nil {
					t.Fatal(err)
				}
				var said api.Error
				if json.Unmarshal(answer, &said) != nil || status < 400 || status > 499 || said.Code == "" && len(said.Problems) == 0 {
					t.Errorf("%s with %s: %d %.200s", c.Path, tt.name, status, answer)
				}
				if !strings.Contains(string(answer), tt.want) {
					t.Errorf("%s with %s: %.200s does not say %s", c.Path, tt.name, answer, tt.want)
				}
			}
		}
		if after := state(t, p); after != before {
			t.Errorf("bad input changed something:\n%s\n%s", before, after)
		}
		if strings.Contains(p.Log.String(), "msg=fault") {
			t.Error("bad input was logged as a fault")
		}
	})
}

// noInput are the calls whose request has no fields: an empty object is all right
// there, and so is nothing worse.
func noInput(path string) bool {
	switch path {
	case "/api/sign-in/cancel", "/api/sign-out", "/api/sessions/end-others", "/api/enrollment/cancel", "/api/recovery-codes/regenerate", "/api/two-factor/turn-off",
		"/api/profile/notice-address/remove", "/api/profile/email/cancel", "/api/enrollment/resend", "/api/recovery-phone/resend",
		"/api/recovery-phone/cancel", "/api/trusted-devices/revoke-all":
		return true
	}
	return false
}

// The calls without fields refuse bad bodies all the same.
func TestInput_BadBodiesWithoutFields(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll().StepUp()
	for _, c := range p.Server.Calls() {
		if c.Method != http.MethodPost || !noInput(c.Path) {
			continue
		}
		for _, tt := range bad {
			if status, answer, _ := ada.Send(t.Context(), c.Method, c.Path, []byte(tt.body)); status < 400 || status > 499 {
				t.Errorf("%s with %s: %d %.200s", c.Path, tt.name, status, answer)
			}
		}
	}
	if info := servertest.Must(t, ada, api.Security, api.None{}); !info.Active {
		t.Error("a bad body turned two-factor off")
	}
}

// What is wrong with a field of the calls about phones, addresses and trust is said
// of that field.
func TestInput_FieldsAreNamed(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	ada := p.SetUp().SignIn().EnrollText(german).StepUp()
	p.Clock.Advance(time.Minute)
	begun := half(t, p, ada)
	servertest.Must(t, ada, api.Session, api.None{}) // seen now, as state has it
	before := state(t, p)
	long, id := strings.Repeat("a", 300), strings.Repeat("A", 22)
	for _, tt := range []struct {
		b           *servertest.Browser
		path, body  string
		field, want string
	}{
		{begun, api.VerifyText.Path, `{"code":123456}`, "code", "wrong_type"},
		{begun, api.VerifyText.Path, `{"code":"12345"}`, "code", "passcode_shape"},
		{begun, api.VerifyText.Path, `{"code":"123456","trust":"yes"}`, "trust", "wrong_type"},
		{begun, api.VerifyText.Path, `{"code":"123456","trust":1}`, "trust", "wrong_type"},
		{begun, api.SendText.Path, `{"authenticator":"../../etc"}`, "authenticator", "bad_characters"},
		{begun, api.SendText.Path, `{"number":"+4915123456789"}`, "number", "unknown_field"},
		{ada.Browser, api.StepUp.Path, `{"password":"x","text_code":"abc"}`, "text_code", "passcode_shape"},
		{ada.Browser, api.StartEnrollment.Path, `{"method":"pigeon","name":"x"}`, "method", "bad_characters"},
		{ada.Browser, api.StartEnrollment.Path, `{"method":"sms","number":49151,"country":"DE"}`, "number", "wrong_type"},
		{ada.Browser, api.StartRecoveryPhone.Path, `{"number":"0151\u000023456789","country":"DE"}`, "number", "phone_shape"},
		{ada.Browser, api.StartRecoveryPhone.Path, `{"number":"0151 23456789","country":"de"}`, "country", "phone_country"},
		{ada.Browser, api.StartRecoveryPhone.Path, `{"number":"0151 23456789","country":"DE","replaces":"` + long + `"}`, "replaces", "too_long"},
		{ada.Browser, api.ConfirmRecoveryPhone.Path, `{"passcode":"1e999"}`, "passcode", "passcode_shape"},
		{ada.Browser, api.RemoveRecoveryPhone.Path, `{"id":"\u0000"}`, "id", "bad_characters"},
		{ada.Browser, api.RevokeTrustedDevice.Path, `{"id":null}`, "id", "required"},
		{ada.Browser, api.ChangeEmail.Path, `{"email":["new@example.net"]}`, "email", "wrong_type"},
		{ada.Browser, api.ChangeEmail.Path, `{"email":"` + long + `@example.net"}`, "email", "too_long"},
		{ada.Browser, api.AddNoticeAddress.Path, `{"email":"a@b\r\nBcc: all@example.org"}`, "email", "bad_characters"},
		{ada.Browser, api.ConfirmEmail.Path, `{"token":"` + id + `"}`, "token", "bad_characters"},
		{ada.Browser, api.LockDown.Path, `{"token":""}`, "token", "required"},
		{ada.Browser, api.ChoosePassword.Path, `{"token":"` + strings.Repeat("A", 43) + `","password":"` + long + `"}`, "password", "too_long"},
		{ada.Browser, api.CheckUp.Path, `{"skip":"yes"}`, "skip", "wrong_type"},
		{ada.Browser, api.CheckUp.Path, `{"passcode":"12"}`, "passcode", "passcode_shape"},
	} {
		status, answer, err := tt.b.Send(t.Context(), http.MethodPost, tt.path, []byte(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		var said api.Error
		if json.Unmarshal(answer, &said) != nil || status < 400 || status > 499 || string(said.Problems[tt.field]) != tt.want {
			t.Errorf("%s with %.60s: %d %.100s, want %s at %s", tt.path, tt.body, status, answer, tt.want, tt.field)
		}
	}
	if after := state(t, p); after != before || strings.Contains(p.Log.String(), "msg=fault") {
		t.Errorf("bad input changed something, or was logged as a fault:\n%s\n%s", before, after)
	}
}

// What another site sends is refused before anything looks at it (requirement 73).
func TestInput_AnotherOriginIsRefused(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().StepUp()
	before := state(t, p)
	for _, c := range p.Server.Calls() {
		if c.Method != http.MethodPost {
			continue
		}
		for _, header := range []http.Header{
			{"Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://evil.example"}},
			{"Sec-Fetch-Site": {"same-site"}, "Origin": {"https://other.example.org"}},
			{"Sec-Fetch-Site": {""}, "Origin": {"https://evil.example"}},
		} {
			for _, at := range []struct{ path, media string }{{c.Path, "application/json"}, {c.Form, "application/x-www-form-urlencoded"}} {
				if at.path == "" {
					continue
				}
				r := httptest.NewRequest(http.MethodPost, at.path, strings.NewReader("{}"))
				r.Header = header.Clone()
				r.Header.Set("Content-Type", at.media)
				if answer := crossing(p, ada, r); answer.Code != http.StatusForbidden {
					t.Errorf("%s from %v: %d %s", at.path, header, answer.Code, answer.Body)
				}
			}
		}
	}
	if after := state(t, p); after != before {
		t.Errorf("another origin changed something:\n%s\n%s", before, after)
	}
}

// crossing sends r with the person's cookies and with the headers as they are.
func crossing(p *servertest.Portal, who *servertest.Person, r *http.Request) *httptest.ResponseRecorder {
	if r.Header.Get("Sec-Fetch-Site") == "" {
		r.Header.Del("Sec-Fetch-Site")
	}
	r.Host = "auth.example.org"
	r.RemoteAddr = "203.0.113.7:1"
	r.AddCookie(&http.Cookie{Name: "__Host-doorward", Value: who.Cookie("doorward")})
	answer := httptest.NewRecorder()
	p.Server.Handler().ServeHTTP(answer, r)
	return answer
}

// A call takes JSON only and a form takes a form only: what a page elsewhere can
// send without asking first is not a call.
func TestInput_MediaTypes(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn()
	for _, media := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
		r := httptest.NewRequest(http.MethodPost, api.ChangeDisplayName.Path, strings.NewReader(`{"display_name":"Eve"}`))
		r.Header.Set("Content-Type", media)
		if answer := ada.Do(r); answer.Code != http.StatusBadRequest {
			t.Errorf("a call as %q: %d", media, answer.Code)
		}
	}
	r := httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader(`{"name":"ada"}`))
	r.Header.Set("Content-Type", "application/json")
	if answer := ada.Do(r); answer.Code != http.StatusSeeOther || !strings.Contains(answer.Header().Get("Location"), "code=malformed") {
		t.Errorf("a form as JSON: %d %s", answer.Code, answer.Header().Get("Location"))
	}
}

// Odd forms lead back to the page with a code, and never echo what was typed.
func TestInput_OddForms(t *testing.T) {
	p := servertest.New(t, "")
	p.SetUp()
	for _, body := range []string{"", "%zz", "name=a&name=b", "name=ada&password=secret-typed&extra=1", "name=%00&password=x", "name=%ff%fe&password=x",
		"name=ada&password=x&next=https%3A%2F%2Fevil.example", "name=ada&password=x&next=%2F%2Fevil.example", strings.Repeat("a", 1<<20)} {
		r := httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer := p.Browser().Do(r)
		to, err := url.Parse(answer.Header().Get("Location"))
		if answer.Code != http.StatusSeeOther || err != nil || to.Path != "/sign-in" || to.Host != "" {
			t.Errorf("%.60q: %d %s", body, answer.Code, answer.Header().Get("Location"))
		}
		if strings.Contains(to.RawQuery, "secret-typed") || strings.Contains(to.RawQuery, "evil") {
			t.Errorf("%.60q is echoed: %s", body, to.RawQuery)
		}
	}
}

// state is everything that is stored, but for what refusals are meant to leave.
func state(t *testing.T, p *servertest.Portal) string {
	t.Helper()
	var b bytes.Buffer
	users, err := p.Store.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range users {
		list, err := p.Store.Authenticators(t.Context(), u.ID)
		if err != nil {
			t.Fatal(err)
		}
		set, err := p.Store.RecoverySet(t.Context(), u.ID)
		if err != nil {
			t.Fatal(err)
		}
		sessions, err := p.Store.Sessions(t.Context(), u.ID)
		if err != nil {
			t.Fatal(err)
		}
		json.NewEncoder(&b).Encode([]any{u, list, set, sessions})
	}
	return b.String()
}
