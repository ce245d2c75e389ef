package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"
)

// call is one call of the contract with its type taken off.
type call struct {
	path   string
	method string
	zero   api.Request
	decode func([]byte) (api.Request, error)
	send   func(context.Context, api.Transport) error // the zero request
}

func of[Req api.Request, Resp any](e api.Endpoint[Req, Resp]) call {
	var zero Req
	return call{e.Path, e.Method, zero,
		func(body []byte) (api.Request, error) { return e.Decode(body) },
		func(ctx context.Context, t api.Transport) error {
			_, err := e.Call(ctx, t, zero)
			return err
		}}
}

// calls is the whole contract.
var calls = []call{
	of(api.SignIn), of(api.VerifyTOTP), of(api.UseRecoveryCode), of(api.AcknowledgeRecovery), of(api.CurrentSignIn), of(api.CancelSignIn), of(api.SignOut),
	of(api.CheckLink), of(api.Setup), of(api.AcceptInvitation), of(api.ChangePassword), of(api.ChangeDisplayName), of(api.ChangeLanguage),
	of(api.Session), of(api.Sessions), of(api.EndSession), of(api.EndOtherSessions), of(api.StepUp),
	of(api.Security), of(api.CurrentEnrollment), of(api.StartEnrollment), of(api.ConfirmEnrollment), of(api.FinishEnrollment), of(api.CancelEnrollment),
	of(api.VerifyText), of(api.SendText), of(api.StepUpWays), of(api.SendStepUpText), of(api.ResendEnrollmentCode), of(api.EnrollmentOptions), of(api.CheckUp),
	of(api.CurrentRecoveryPhone), of(api.StartRecoveryPhone), of(api.ResendRecoveryPhone), of(api.ConfirmRecoveryPhone), of(api.CancelRecoveryPhone),
	of(api.RemoveRecoveryPhone), of(api.RevokeTrustedDevice), of(api.RevokeTrustedDevices),
	of(api.Profile), of(api.ChangeEmail), of(api.AddNoticeAddress), of(api.RemoveNoticeAddress), of(api.CancelEmailChange), of(api.ConfirmEmail),
	of(api.LockDown), of(api.ChoosePassword), of(api.Outbox), of(api.RetryMessage),
	of(api.LostWays), of(api.SendRecoveryText), of(api.VerifyRecoveryText), of(api.AskStaff), of(api.ForgotPassword), of(api.TurnOffByLink),
	of(api.People), of(api.Person), of(api.SendResetLink), of(api.RevokeLink), of(api.HelpByRecoveryCode), of(api.LockDownPerson),
	of(api.EndPersonSessions), of(api.LiftThrottle),
	of(api.ActOnPeople), of(api.ExportPeople), of(api.CheckInvitations), of(api.Invite), of(api.Policy), of(api.PreviewPolicy), of(api.ChangePolicy),
	of(api.Adoption), of(api.MakeMandatory), of(api.DisableMandatory), of(api.RemindAll), of(api.MyActivity), of(api.NotMe), of(api.Activity),
	of(api.ExportActivity), of(api.AuditChain), of(api.Organizations), of(api.AddOrganization), of(api.RenameOrganization),
	of(api.SuspendOrganization), of(api.ReinstateOrganization), of(api.MovePerson), of(api.Checklist), of(api.TickChecklist), of(api.SuggestPassword),
	of(api.RenameAuthenticator), of(api.RemoveAuthenticator), of(api.RegenerateRecoveryCodes), of(api.TurnOffTwoFactor),
}

// optional are the calls whose input may be left out.
var optional = []string{api.SendText.Path, api.SendStepUpText.Path, api.SendRecoveryText.Path, api.People.Path, api.ExportPeople.Path, api.Policy.Path,
	api.Adoption.Path, api.MakeMandatory.Path, api.DisableMandatory.Path, api.RemindAll.Path, api.MyActivity.Path, api.Activity.Path, api.AuditChain.Path,
	api.ChangeLanguage.Path}

// fields returns the JSON names of a request's fields.
func fields(r api.Request) (names []string) {
	for _, f := range reflect.VisibleFields(reflect.TypeOf(r)) {
		if f.Anonymous {
			continue // its fields follow
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

func TestProblems_NameFieldsOfTheRequest(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range calls {
		if seen[c.path] || !strings.HasPrefix(c.path, "/api/") {
			t.Errorf("%s is declared twice or not below /api/", c.path)
		}
		seen[c.path] = true
		for field, code := range c.zero.Problems() {
			if !slices.Contains(fields(c.zero), field) || !slices.Contains(check.Codes(), code) {
				t.Errorf("%s: %q has problem %q, and is no field of %T", c.path, field, code, c.zero)
			}
		}
		if len(fields(c.zero)) > 0 && len(c.zero.Problems()) == 0 && !slices.Contains(optional, c.path) {
			t.Errorf("%s takes an empty request", c.path)
		}
		if slices.Contains(fields(c.zero), "") {
			t.Errorf("%s: a field of %T has no JSON name", c.path, c.zero)
		}
	}
}

// silent is a transport that nothing may be sent with.
type silent struct{ t *testing.T }

func (s silent) Send(_ context.Context, _, path string, _ []byte) (int, []byte, error) {
	s.t.Errorf("%s was sent", path)
	return 200, []byte("{}"), nil
}

func TestCall_SendsNothingThatHasProblems(t *testing.T) {
	for _, c := range calls {
		problems := c.zero.Problems()
		if len(problems) == 0 {
			continue
		}
		refusal, ok := errors.AsType[*api.Error](c.send(t.Context(), silent{t}))
		if !ok || !reflect.DeepEqual(refusal.Problems, problems) {
			t.Errorf("%s: %+v", c.path, refusal)
		}
	}
}

// answer is a transport that answers always the same.
type answer struct {
	status int
	body   string
	err    error
}

func (a answer) Send(context.Context, string, string, []byte) (int, []byte, error) {
	return a.status, []byte(a.body), a.err
}

func TestCall_TheErrorIsAlwaysOurs(t *testing.T) {
	for _, tt := range []struct {
		name string
		a    answer
		want api.Error
	}{
		{"a refusal", answer{429, `{"code":"throttled","retry":7}`, nil}, api.Error{Code: check.Throttled, Retry: 7}},
		{"problems", answer{422, `{"problems":{"name":"taken"}}`, nil}, api.Error{Problems: api.Problems{"name": check.Taken}}},
		{"no answer", answer{0, "", errors.New("refused")}, api.Error{Code: check.Offline}},
		{"a proxy's page", answer{502, "<html>Bad gateway</html>", nil}, api.Error{Code: check.Internal}},
		{"an error without a code", answer{500, "{}", nil}, api.Error{Code: check.Internal}},
		{"a page where JSON belongs", answer{200, "<html>", nil}, api.Error{Code: check.Internal}},
		{"a redirect", answer{303, "", nil}, api.Error{Code: check.Internal}},
	} {
		_, err := api.Session.Call(t.Context(), tt.a, api.None{})
		if refusal, ok := errors.AsType[*api.Error](err); !ok || !reflect.DeepEqual(*refusal, tt.want) {
			t.Errorf("%s: %+v", tt.name, refusal)
		}
	}
}

func TestDecode(t *testing.T) {
	long := strings.Repeat("a", api.MaxBody)
	for _, tt := range []struct {
		name, body string
		want       api.Error
	}{
		{"good", `{"id":"x","name":"Phone"}`, api.Error{}},
		{"good with space around", " {\"id\":\"x\",\"name\":\"Phone\"}\r\n", api.Error{}},
		{"nothing", ``, api.Error{Code: check.Malformed}},
		{"null", `null`, api.Error{Code: check.Malformed}},
		{"a list", `[]`, api.Error{Code: check.Malformed}},
		{"text", `"x"`, api.Error{Code: check.Malformed}},
		{"cut off", `{"id":"x"`, api.Error{Code: check.Malformed}},
		{"two objects", `{"id":"x","name":"Phone"}{}`, api.Error{Code: check.Malformed}},
		{"something behind", `{"id":"x","name":"Phone"} x`, api.Error{Code: check.Malformed}},
		{"invalid UTF-8", "{\"id\":\"x\",\"name\":\"\xff\"}", api.Error{Code: check.Malformed}},
		{"an unknown field", `{"id":"x","name":"Phone","role":"admin"}`, api.Error{Problems: api.Problems{"role": check.UnknownField}}},
		{"an unknown field with a quote", `{"a\"b":1}`, api.Error{Problems: api.Problems{`a"b`: check.UnknownField}}},
		{"a number", `{"id":1,"name":"Phone"}`, api.Error{Problems: api.Problems{"id": check.WrongType}}},
		{"an object within", `{"id":{"a":1},"name":"Phone"}`, api.Error{Problems: api.Problems{"id": check.WrongType}}},
		{"a NUL", `{"id":"x","name":"\u0000"}`, api.Error{Problems: api.Problems{"name": check.BadCharacters}}},
		{"half a surrogate", `{"id":"\ud800","name":"Phone"}`, api.Error{Problems: api.Problems{"id": check.BadCharacters}}},
		{"too large", `{"id":"` + long + `"}`, api.Error{Code: check.TooLarge}},
		{"empty", `{}`, api.Error{Problems: api.Problems{"id": check.Required, "name": check.Required}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := api.RenameAuthenticator.Decode([]byte(tt.body))
			refusal, _ := errors.AsType[*api.Error](err)
			if refusal == nil {
				refusal = &api.Error{}
			}
			if !reflect.DeepEqual(*refusal, tt.want) {
				t.Errorf("%+v, want %+v", *refusal, tt.want)
			}
		})
	}
}

// Whatever comes in, Decode answers with a request that is good, or with one of
// our errors; and what it took it takes again as it writes it.
func FuzzDecode_AnswersWithARequestOrOurError(f *testing.F) {
	token := strings.Repeat("a", 43)
	for i, body := range []string{`{}`, `null`, `{"name":"ada","password":"x","next":"/"}`, `{"passcode":"123456"}`, `{"recovery_code":"0123-4567-89AB-CDEF"}`,
		`{"then":"replace"}`, fmt.Sprintf(`{"token":%q,"kind":"setup"}`, token), fmt.Sprintf(`{"token":%q,"password":"umbrella kitchen orbit"}`, token),
		`{"saved":true}`, `{"saved":1}`, `{"id":"x","name":"Phone"}`, `{"id":"x","id":"y","NAME":"z"}`, "\xff", `{"a":{"b":[[[[1]]]]}}`, `{"end_others":"x"}`} {
		f.Add(uint8(i), []byte(body))
	}
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		c := calls[int(which)%len(calls)]
		req, err := c.decode(body)
		if err != nil {
			refusal, ok := errors.AsType[*api.Error](err)
			if !ok || refusal.Code == "" && len(refusal.Problems) == 0 {
				t.Fatalf("%s: %v", c.path, err)
			}
			if _, err := json.Marshal(refusal); err != nil {
				t.Fatal(err)
			}
			return
		}
		if len(req.Problems()) > 0 {
			t.Fatalf("%s took %s, which has problems", c.path, body)
		}
		written, err := json.Marshal(req)
		if err != nil {
			t.Fatal(err)
		}
		again, err := c.decode(written)
		if err != nil || !reflect.DeepEqual(again, req) {
			t.Errorf("%s took %s and wrote %s, and then %v", c.path, body, bytes.TrimSpace(written), err)
		}
	})
}
