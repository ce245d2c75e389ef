package auth

import (
	"slices"
	"strings"
	"testing"

	"doorward/shared/check"
)

func TestParseMethods(t *testing.T) {
	for _, tt := range []struct {
		typed string
		want  []Method
		wrong string // what the error names; empty when it is right
	}{
		{"totp", []Method{MethodTOTP}, ""},
		{"totp,sms", []Method{MethodTOTP, MethodText}, ""},
		{"sms totp", []Method{MethodText, MethodTOTP}, ""},
		{" totp , totp ", []Method{MethodTOTP}, ""},
		{"sms", nil, "must have totp"},
		{"", nil, "must have totp"},
		{" , ", nil, "must have totp"},
		{"totp,carrier pigeon", nil, `"carrier"`},
		{"TOTP", nil, `"TOTP"`},
	} {
		got, err := ParseMethods(tt.typed)
		if (err == nil) != (tt.wrong == "") || err != nil && !strings.Contains(err.Error(), tt.wrong) || !slices.Equal(got, tt.want) {
			t.Errorf("%q: %v, %v", tt.typed, got, err)
		}
	}
}

func TestPolicy_Check(t *testing.T) {
	for _, tt := range []struct {
		name  string
		phone PhonePolicy
		days  int
		wrong string
	}{
		{"the default", PhoneOptional, 0, ""},
		{"the strictest", PhoneRequired, 0, ""},
		{"the mildest", PhoneOff, MaxTrustedDays, ""},
		{"too long a trust", PhoneOff, MaxTrustedDays + 1, "trusted days 91"},
		{"a negative trust", PhoneOff, -1, "trusted days -1"},
		{"an unknown word", "perhaps", 0, `"perhaps"`},
		{"no word", "", 0, `recovery phone ""`},
	} {
		p := trusting(tt.days)
		p.RecoveryPhone = tt.phone
		if err := p.Check(); (err == nil) != (tt.wrong == "") || err != nil && !strings.Contains(err.Error(), tt.wrong) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if err := DefaultPolicy().Check(); err != nil {
		t.Error(err)
	}
}

func TestSetsWith_AreThoseThatHaveIt(t *testing.T) {
	app, text := NewMethodSet(MethodTOTP), NewMethodSet(MethodText)
	for _, tt := range []struct {
		m    Method
		list []Method
		want []MethodSet
	}{
		{MethodTOTP, Methods(), []MethodSet{app, NewMethodSet(MethodTOTP, MethodText)}},
		{MethodText, Methods(), []MethodSet{text, NewMethodSet(MethodTOTP, MethodText)}},
		{MethodText, []Method{MethodText}, []MethodSet{text}},
		{MethodTOTP, []Method{MethodText}, nil},
	} {
		if got := SetsWith(tt.m, tt.list); !slices.Equal(got, tt.want) {
			t.Errorf("%s among %v: %q", tt.m, tt.list, got)
		}
	}
}

func TestPolicy_Forbidden(t *testing.T) {
	if got := DefaultPolicy().Forbidden(); len(got) != 0 {
		t.Errorf("by default: %v", got)
	}
	if got := (Policy{Methods: []Method{MethodTOTP}}).Forbidden(); !slices.Equal(got, []Method{MethodText}) {
		t.Errorf("beside the app: %v", got)
	}
}

func TestPolicy_MayEnroll(t *testing.T) {
	all, apps := DefaultPolicy(), DefaultPolicy()
	apps.Methods = []Method{MethodTOTP}
	for _, tt := range []struct {
		name  string
		p     Policy
		m     Method
		texts bool
		code  check.Code
	}{
		{"an app", all, MethodTOTP, false, ""},
		{"a phone", all, MethodText, true, ""},
		{"a phone without a gateway", all, MethodText, false, check.TextsUnavailable},
		{"a phone where it is forbidden", apps, MethodText, true, check.FactorForbidden},
		{"a phone where it is forbidden, without a gateway", apps, MethodText, false, check.FactorForbidden},
		{"an app where phones are forbidden", apps, MethodTOTP, true, ""},
		{"something unknown", all, "pigeon", true, check.FactorForbidden},
		{"an app where nothing is said", Policy{}, MethodTOTP, true, check.FactorForbidden},
	} {
		if err := tt.p.MayEnroll(tt.m, tt.texts); code(err) != tt.code {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestPolicy_PhoneIsOffWithoutAGateway(t *testing.T) {
	for _, phone := range []PhonePolicy{PhoneOff, PhoneOptional, PhoneRequired} {
		p := Policy{RecoveryPhone: phone}
		if p.Phone(false) != PhoneOff || p.Phone(true) != phone {
			t.Errorf("%s: %s, %s", phone, p.Phone(false), p.Phone(true))
		}
	}
}
