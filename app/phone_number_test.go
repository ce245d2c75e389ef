//go:build !js

package app

import (
	"slices"
	"strings"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"
)

var countries = []api.Country{{Code: "GB", Calling: 44}, {Code: "DE", Calling: 49}, {Code: "US", Calling: 1}, {Code: "CA", Calling: 1}, {Code: "IE", Calling: 353}}

func TestPhoneNumber_Grouped(t *testing.T) {
	for typed, want := range map[string]string{
		"": "", "1": "1", "0170": "0170", "01701": "017 01", "01701234567": "017 012 345 67", "0170 123 4567": "017 012 345 67",
		"+": "+", "+4": "+4", "+49": "+49", "+491701234567": "+49 170 123 4567", "+49 170": "+49 170", "+353861234567": "+353 861 234 567",
		"+9991234": "+999 1234", "0049170": "004 9170", // 00 is left to the server
		"(0170) 123-45": "(0170) 123-45", "0170/1234": "0170/1234", "٠١٧٠١٢٣٤": "٠١٧٠١٢٣٤", "call me": "call me", "12+34": "12+34", "0170 x12": "0170 x12",
	} {
		if got := grouped(typed, countries); got != want {
			t.Errorf("%q becomes %q, want %q", typed, got, want)
		}
		if again := grouped(grouped(typed, countries), countries); again != want {
			t.Errorf("%q becomes %q the second time", typed, again)
		}
	}
}

// FuzzGrouped checks that tidying never changes a number.
func FuzzGrouped(f *testing.F) {
	for _, s := range []string{"+49 170 1234567", "0170", "+", "00491", "(0) 1", "٠١"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		plain := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got := grouped(typed, countries); plain(got) != plain(typed) {
			t.Errorf("%q became %q", typed, got)
		}
		countryOf(typed, "DE", countries)
	})
}

func TestPhoneNumber_SaysItsCountry(t *testing.T) {
	for _, c := range []struct{ typed, chosen, want string }{
		{"0170 1234567", "DE", "DE"},
		{"+44 7700 900123", "DE", "GB"},
		{"0044 7700", "DE", "GB"},
		{"+353 86", "DE", "IE"},
		{"+1 555", "DE", "DE"}, // several have it
		{"+1 555", "CA", "CA"},
		{"+999", "DE", "DE"},
		{"+", "DE", "DE"},
		{"(+44) 7700", "DE", "GB"},
	} {
		if got := countryOf(c.typed, c.chosen, countries); got != c.want {
			t.Errorf("%q with %s chosen is of %s, want %s", c.typed, c.chosen, got, c.want)
		}
	}
}

func TestPhoneNumber_TheCountryHereIsChosenFirst(t *testing.T) {
	old := ownRegion
	t.Cleanup(func() { ownRegion = old })
	for _, c := range []struct{ here, want string }{{"DE", "DE"}, {"FR", "CA"}, {"", "CA"}} {
		ownRegion = func() string { return c.here }
		var n phoneNumber
		n.offer(countries)
		if n.country != c.want {
			t.Errorf("in %q it is %s, want %s", c.here, n.country, c.want)
		}
		if got := n.list; !slices.IsSortedFunc(got, func(a, b api.Country) int { return strings.Compare(a.Code, b.Code) }) || len(got) != 5 {
			t.Errorf("the list is %v", got)
		}
	}
	var none phoneNumber
	none.offer(nil)
	if _, country := none.typed(); country != "" {
		t.Errorf("without countries it is %q", country)
	}
}

// refusals of a number, and the words for each at its field.
var numberRefusals = []check.Code{check.PhoneShape, check.PhoneExtension, check.PhoneNotMobile, check.PhonePremium, check.PhoneImpossible, check.PhoneSame, check.PhoneCountry}

// atFields are the refusals as the server may tell them: at the field, and as a whole.
func atFields() (list []any) {
	for _, c := range numberRefusals {
		list = append(list, &api.Error{Problems: api.Problems{atNumber[c]: c}}, &api.Error{Code: c})
	}
	return list
}
