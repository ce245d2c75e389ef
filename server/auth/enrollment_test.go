package auth

import (
	"errors"
	"testing"
	"time"

	"doorward/shared/check"
)

// apps returns n authenticators, "a", "b" and so on.
func apps(n int) (list []Authenticator) {
	for i := range n {
		list = append(list, Authenticator{ID: ID(rune('a' + i)), Method: MethodTOTP, User: "ada", Secret: rfcSecret})
	}
	return list
}

func TestNewEnrollment(t *testing.T) {
	for _, tt := range []struct {
		name     string
		has      int
		replaces ID
		want     ID // what it then replaces
		code     check.Code
	}{
		{"the first", 0, "", "", ""},
		{"the fifth", 4, "", "", ""},
		{"a sixth", 5, "", "", check.TooManyAuthenticators},
		{"in the place of one of five", 5, "c", "c", ""},
		{"in the place of somebody else's", 2, "z", "", check.NotFound},
		{"in the place of all five", 5, ReplaceAny, ReplaceAny, ""},
		{"in the place of all, with none", 0, ReplaceAny, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, err := NewEnrollment(ada, apps(tt.has), "e", "Phone", tt.replaces, [SecretSize]byte{7}, noon)
			if code, _ := Refused(err); code != tt.code {
				t.Fatalf("%v, want %q", err, tt.code)
			}
			if err == nil && (e.Replaces != tt.want || e.User != "ada" || e.Confirmed() || len(e.Secret) != SecretSize || e.Secret[0] != 7) {
				t.Errorf("%+v", e)
			}
		})
	}
}

func TestEnrollment_FromPendingToAuthenticator(t *testing.T) {
	e, err := NewEnrollment(ada, nil, "e", "Phone", "", [SecretSize]byte{7}, noon)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Authenticator(noon); err == nil {
		t.Error("an enrollment that no passcode has proved became an authenticator")
	}
	proved := noon.Add(5 * time.Minute)
	confirmed, err := e.Confirm(e.Secret.Passcode(TimeStep(proved)), proved)
	if err != nil || !confirmed.Confirmed() || e.Confirmed() {
		t.Fatalf("%+v, %v", confirmed, err)
	}
	a, err := confirmed.Authenticator(proved.Add(SaveFor - 1))
	if err != nil || a.ID != "e" || a.User != "ada" || a.Name != "Phone" {
		t.Fatalf("%+v, %v", a, err)
	}
	if _, err := Accept([]Authenticator{a}, e.Secret.Passcode(TimeStep(proved)), proved); err == nil {
		t.Error("the passcode that confirmed the enrollment counts again at sign-in")
	}
}

func TestEnrollment_RunsOut(t *testing.T) {
	e, err := NewEnrollment(ada, nil, "e", "Phone", "", [SecretSize]byte{7}, noon)
	if err != nil {
		t.Fatal(err)
	}
	confirm := func(after time.Duration) (Enrollment, error) {
		now := noon.Add(after)
		return e.Confirm(e.Secret.Passcode(TimeStep(now)), now)
	}
	if _, err := confirm(EnrollFor); code(err) != check.EnrollmentExpired {
		t.Errorf("after ten minutes: %v", err)
	}
	late, err := confirm(EnrollFor - time.Millisecond)
	if err != nil {
		t.Errorf("in the last moment: %v", err)
	}
	if _, err := late.Confirm(e.Secret.Passcode(TimeStep(noon)+1), noon); code(err) != check.EnrollmentExpired {
		t.Errorf("confirmed twice: %v", err)
	}
	if _, err := late.Authenticator(noon.Add(EnrollFor - time.Millisecond + SaveFor)); code(err) != check.EnrollmentExpired {
		t.Errorf("half an hour after it was confirmed: %v", err)
	}
	if (Enrollment{}).Live(time.Time{}) {
		t.Error("the zero enrollment is live")
	}
	if _, err := (Enrollment{}).Confirm("000000", time.Time{}); code(err) != check.EnrollmentExpired {
		t.Errorf("the zero enrollment: %v", err)
	}
}

func TestEnrollment_ExplainsAMiss(t *testing.T) {
	e, err := NewEnrollment(ada, nil, "e", "Phone", "", [SecretSize]byte{7}, noon)
	if err != nil {
		t.Fatal(err)
	}
	same, err := e.Confirm(e.Secret.Passcode(TimeStep(noon)-4), noon)
	r, ok := errors.AsType[*Refusal](err)
	if !ok || r.Code != check.ClockSlow || r.Minutes != 2 || same.Confirmed() {
		t.Errorf("%+v", r)
	}
	if _, err := e.Confirm("000000", noon); code(err) != check.WrongPasscode {
		t.Error(err)
	}
}

func TestReplaced(t *testing.T) {
	for name, tt := range map[string]struct {
		replaces ID
		want     int
	}{"adding": {"", 0}, "one": {"b", 1}, "one that has gone meanwhile": {"z", 0}, "all": {ReplaceAny, 3}} {
		if got := (Enrollment{Replaces: tt.replaces}).Replaced(apps(3)); len(got) != tt.want {
			t.Errorf("%s: %d", name, len(got))
		}
	}
}

func TestRemovable(t *testing.T) {
	for _, tt := range []struct {
		name string
		has  int
		id   ID
		code check.Code
	}{
		{"one of two", 2, "b", ""},
		{"the last", 1, "a", check.LastAuthenticator},
		{"somebody else's", 2, "z", check.NotFound},
		{"somebody else's, with one", 1, "z", check.NotFound},
		{"with none", 0, "a", check.NotFound},
	} {
		if a, err := Removable(apps(tt.has), tt.id); code(err) != tt.code || err == nil && a.ID != tt.id {
			t.Errorf("%s: %q, %v", tt.name, a.ID, err)
		}
	}
}

func code(err error) check.Code {
	c, _ := Refused(err)
	return c
}
