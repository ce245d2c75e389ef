package auth

import (
	"errors"
	"testing"
	"time"

	"doorward/shared/check"
)

const (
	mobileA = "+4915112345678"
	mobileB = "+4915112345679"
	mobileC = "+447400123456"
)

var two = []RecoveryPhone{{ID: "a", User: "ada", Number: mobileA}, {ID: "b", User: "ada", Number: mobileB}}

func TestNewPhoneCheck(t *testing.T) {
	for _, tt := range []struct {
		name     string
		list     []RecoveryPhone
		number   string
		replaces ID
		field    string
		code     check.Code
	}{
		{"the first", nil, mobileA, "", "", ""},
		{"the second", two[:1], mobileB, "", "", ""},
		{"the same again", two[:1], mobileA, "", "number", check.PhoneSame},
		{"the same in its own place", two[:1], mobileA, "a", "number", check.PhoneSame},
		{"a third", two, mobileC, "", "", check.TooManyPhones},
		{"another in the place of one of two", two, mobileC, "b", "", ""},
		{"one of two in the place of the other", two, mobileA, "b", "number", check.PhoneSame},
		{"in the place of one that is not there", two, mobileC, "z", "", check.NotFound},
		{"in the place of one, with none", nil, mobileC, "a", "", check.NotFound},
	} {
		p, err := NewPhoneCheck(ada, tt.list, "p", "s", tt.number, tt.replaces, noon)
		field := ""
		if refusal, ok := errors.AsType[*Refusal](err); ok {
			field = refusal.Field
		}
		if code(err) != tt.code || field != tt.field {
			t.Errorf("%s: %v", tt.name, err)
		}
		want := PhoneCheck{ID: "p", User: "ada", Session: "s", Number: tt.number, Replaces: tt.replaces, Expires: noon.Add(TextCodeFor)}
		if err != nil {
			want = PhoneCheck{}
		}
		if p != want {
			t.Errorf("%s: %+v", tt.name, p)
		}
	}
}

func TestPhoneCheck_FromPendingToPhone(t *testing.T) {
	p, err := NewPhoneCheck(ada, nil, "p", "s", mobileA, "", noon)
	if err != nil || !p.Live(noon) || p.Live(noon.Add(TextCodeFor)) || (PhoneCheck{}).Live(noon) {
		t.Fatalf("%+v, %v", p, err)
	}
	if phone, err := p.Phone(noon); code(err) != check.EnrollmentExpired || phone.ID != "" {
		t.Errorf("a number that no code has proved: %+v, %v", phone, err)
	}
	proved := noon.Add(9 * time.Minute)
	p = p.Confirmed(proved)
	last := proved.Add(SaveFor - time.Millisecond)
	phone, err := p.Phone(last)
	if want := (RecoveryPhone{ID: "p", User: "ada", Number: mobileA, Added: last}); err != nil || phone != want {
		t.Errorf("%+v, %v", phone, err)
	}
	if phone, err := p.Phone(proved.Add(SaveFor)); code(err) != check.EnrollmentExpired || phone.ID != "" {
		t.Errorf("proved, and left lying: %+v, %v", phone, err)
	}
}

func TestRemovablePhone(t *testing.T) {
	for _, tt := range []struct {
		name   string
		list   []RecoveryPhone
		id     ID
		policy PhonePolicy
		code   check.Code
	}{
		{"the only one", two[:1], "a", PhoneOptional, ""},
		{"the only one, where one must be", two[:1], "a", PhoneRequired, check.RecoveryPhoneRequired},
		{"one of two, where one must be", two, "b", PhoneRequired, ""},
		{"the only one, where there are to be none", two[:1], "a", PhoneOff, ""},
		{"one that is not there", two, "z", PhoneOptional, check.NotFound},
		{"none", nil, "a", PhoneRequired, check.NotFound},
	} {
		p, err := RemovablePhone(tt.list, tt.id, tt.policy)
		if code(err) != tt.code || err == nil && p.ID != tt.id {
			t.Errorf("%s: %+v, %v", tt.name, p, err)
		}
	}
}
