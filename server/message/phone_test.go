package message

import (
	"slices"
	"strings"
	"testing"

	"doorward/shared/check"
)

// Numbers of ranges that exist; most are the metadata's own examples, none is known to be anybody's.
func TestParseNumber_OddShapes(t *testing.T) {
	for _, c := range []struct{ typed, country, e164, region, national string }{
		{"015123456789", "DE", "+4915123456789", "DE", "01512 3456789"},
		{"  0151 / 234 567-89 ", "DE", "+4915123456789", "DE", "01512 3456789"},
		{"+49 (0)151 23456789", "US", "+4915123456789", "DE", "01512 3456789"},
		{"+49 [0] 151.234.567.89", "", "+4915123456789", "DE", "01512 3456789"},
		{"+49 0151 23456789", "", "+4915123456789", "DE", "01512 3456789"},
		{"0049 151 23456789", "DE", "+4915123456789", "DE", "01512 3456789"},
		{"0049 (0)151 23456789", "DE", "+4915123456789", "DE", "01512 3456789"},
		{"0049 151 23456789", "", "+4915123456789", "DE", "01512 3456789"},
		{"0049 151 23456789", "US", "+4915123456789", "DE", "01512 3456789"}, // where 011 leads abroad
		{"011 49 151 23456789", "US", "+4915123456789", "DE", "01512 3456789"},
		{"0011 49 151 23456789", "AU", "+4915123456789", "DE", "01512 3456789"},
		{"tel:+49-151-23456789", "", "+4915123456789", "DE", "01512 3456789"},
		{"TEL: +49 151 23456789", "", "+4915123456789", "DE", "01512 3456789"},
		{"\u202a+49\u00a0151\u202f234\u200b567\u00ad89\u202c\ufeff", "", "+4915123456789", "DE", "01512 3456789"},
		{"＋４９ １５１－２３４５６７８９", "JP", "+4915123456789", "DE", "01512 3456789"},
		{"49 151 23456789", "DE", "+4915123456789", "DE", "01512 3456789"},
		{"(201) 555-0123", "US", "+12015550123", "US", "(201) 555-0123"},
		{"1-201-555-0123", "US", "+12015550123", "US", "(201) 555-0123"},
		{"+1 201.555.0123", "DE", "+12015550123", "US", "(201) 555-0123"},
		{"506 234 5678", "US", "+15062345678", "CA", "(506) 234-5678"},
		{"07400 123456", "GB", "+447400123456", "GB", "07400 123456"},
		{"+44 (0) 7400 123 456", "", "+447400123456", "GB", "07400 123456"},
		{"07797 712345", "GB", "+447797712345", "JE", "07797 712345"},
		{"06 12 34 56 78", "FR", "+33612345678", "FR", "06 12 34 56 78"},
		{"+33 (0)6.12.34.56.78", "", "+33612345678", "FR", "06 12 34 56 78"},
		{"0664/123456", "AT", "+43664123456", "AT", "0664 123456"},
		{"078 123 45 67", "CH", "+41781234567", "CH", "078 123 45 67"},
		{"312 345 6789", "IT", "+393123456789", "IT", "312 345 6789"},
		{"+39 312 3456789", "IT", "+393123456789", "IT", "312 345 6789"},
		{"+39 (0)312 3456789", "IT", "+393123456789", "IT", "312 345 6789"},
		{"0039 (0)312 3456789", "", "+393123456789", "IT", "312 345 6789"},
		{"(11) 96123-4567", "BR", "+5511961234567", "BR", "(11) 96123-4567"},
		{"0 15 11 96123-4567", "BR", "+5511961234567", "BR", "(11) 96123-4567"}, // with the code of a carrier
		{"011 15-2345-6789", "AR", "+5491123456789", "AR", "+54 9 11 2345-6789"},
		{"081234 56789", "IN", "+918123456789", "IN", "081234 56789"},
		{"+९१ ८१२३४ ५६७८९", "", "+918123456789", "IN", "081234 56789"},
		{"090-1234-5678", "JP", "+819012345678", "JP", "090-1234-5678"},
		{"０９０ー１２３４ー５６７８", "JP", "+819012345678", "JP", "090-1234-5678"},
		{"٠٥١٢٣٤٥٦٧٨", "SA", "+966512345678", "SA", "051 234 5678"},
		{"\u200f+٩٦٦ ٥١ ٢٣٤ ٥٦٧٨", "", "+966512345678", "SA", "051 234 5678"},
		{"۰۹۱۲ ۳۴۵ ۶۷۸۹", "IR", "+989123456789", "IR", "0912 345 6789"},
		{"0802 123 4567", "NG", "+2348021234567", "NG", "0802 123 4567"},
		{"0412 345 678", "AU", "+61412345678", "AU", "0412 345 678"},
		{"8 (912) 345-67-89", "RU", "+79123456789", "RU", "8 (912) 345-67-89"},
		{"+242 06 123 4567", "", "+242061234567", "CG", "06 123 4567"},
		{"+225 01 23 45 6789", "", "+2250123456789", "CI", "01 23 45 6789"},
		{"+225 (0)1 23 45 6789", "", "+2250123456789", "CI", "01 23 45 6789"}, // dialed from outside as well
	} {
		got, code := ParseNumber(c.typed, c.country)
		if want := (Number{c.e164, c.region, c.national}); code != "" || got != want {
			t.Errorf("%q in %q: got %+v, %q; want %+v", c.typed, c.country, got, code, want)
		}
		if again, code := ParseNumber(c.national, c.region); code != "" || again != got {
			t.Errorf("%q as it is written in %s is %+v, %q", c.national, c.region, again, code)
		}
	}
}

func TestParseNumber_SaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name, typed, country string
		want                 check.Code
	}{
		{"nothing", "", "DE", check.Required},
		{"blanks", " \u00a0\t", "DE", check.Required},
		{"words", "call me", "DE", check.PhoneShape},
		{"vanity", "1-800-FLOWERS", "US", check.PhoneShape},
		{"an address", "ada@example.org", "DE", check.PhoneShape},
		{"emergency", "112", "DE", check.PhoneShape},
		{"emergency with a calling code", "+49 110", "", check.PhoneImpossible},
		{"short code", "72222", "DE", check.PhoneImpossible},
		{"no more than 60 bytes", "+49 151 234567" + strings.Repeat(" ", 46) + "89", "DE", check.PhoneShape},
		{"not UTF-8", "0151\xff23456789", "DE", check.PhoneShape},
		{"two plus signs", "++4915123456789", "DE", check.PhoneShape},
		{"plus in the middle", "0151+23456789", "DE", check.PhoneShape},
		{"service code", "*100#", "DE", check.PhoneShape},
		{"hidden caller", "#31#015123456789", "DE", check.PhoneShape},
		{"URI with a context", "tel:23456789;phone-context=+49151", "DE", check.PhoneShape},
		{"control character", "0151\x0023456789", "DE", check.PhoneShape},
		{"no country", "015123456789", "", check.PhoneCountry},
		{"unknown country", "015123456789", "XX", check.PhoneCountry},
		{"country in small letters", "015123456789", "de", check.PhoneCountry},
		{"unknown calling code", "+999 123456789", "DE", check.PhoneCountry},
		{"satellite", "+870 301 234 567", "DE", check.PhoneCountry},
		{"networks of no country", "+883 510 012 345", "DE", check.PhoneNotMobile},
		{"extension", "0151 23456789 x12", "DE", check.PhoneExtension},
		{"extension spelled", "+1 201 555 0123 ext. 45", "US", check.PhoneExtension},
		{"extension of a URI", "tel:+1-201-555-0123;ext=45", "US", check.PhoneExtension},
		{"extension by a sign", "+1 201 555 0123 #45", "US", check.PhoneExtension},
		{"extension by a pause", "+1 201 555 0123,,45", "US", check.PhoneExtension},
		{"extension in Russian", "8 912 345-67-89 доб. 12", "RU", check.PhoneExtension},
		{"landline", "030 123456", "DE", check.PhoneNotMobile},
		{"landline from abroad", "0049 30 123456", "US", check.PhoneNotMobile},
		{"landline in Rome, whose zero stays", "+39 06 1234 5678", "IT", check.PhoneNotMobile},
		{"landline in London", "020 7031 3000", "GB", check.PhoneNotMobile},
		{"toll-free", "0800 1234567", "DE", check.PhoneNotMobile},
		{"toll-free in every country", "+800 1234 5678", "", check.PhoneNotMobile},
		{"voice over IP", "050-1234-5678", "JP", check.PhoneNotMobile},
		{"pager", "0764 123 4567", "GB", check.PhoneNotMobile},
		{"premium rate", "0900 1234567", "DE", check.PhonePremium},
		{"premium rate in the United States", "+1 900 234 5678", "US", check.PhonePremium},
		{"premium rate in every country", "+979 123 456 789", "", check.PhonePremium},
		{"shared cost", "0180 5 012345", "DE", check.PhonePremium},
		{"personal number", "070 1234 5678", "GB", check.PhonePremium},
		{"company number", "055 1234 5678", "GB", check.PhonePremium},
		{"too short", "+49 151 2345", "DE", check.PhoneImpossible},
		{"too long", "+49 151 23456789 0123456", "DE", check.PhoneImpossible},
		{"two numbers", "0151 23456789 / 0151 98765432", "DE", check.PhoneImpossible},
		{"of another country", "(201) 555-0123", "FR", check.PhoneImpossible},
		{"area that does not exist", "+1 123 456 7890", "US", check.PhoneImpossible},
	} {
		got, code := ParseNumber(c.typed, c.country)
		if code != c.want || got != (Number{}) {
			t.Errorf("%s, %q in %q: got %+v, %q; want %q", c.name, c.typed, c.country, got, code, c.want)
		}
	}
}

func TestMask_ShowsNoMoreThanTwoDigits(t *testing.T) {
	for number, want := range map[string]string{
		"+4915123456742": "+49 ••• 42", "+12015550123": "+1 ••• 23", "+242061234567": "+242 ••• 67", "+35812345": "+358 ••• 45",
		"+9991234567": "••• 67", "": "•••", "+": "•••", "+49": "•••", "+491234": "•••", "4915123456742": "•••", "+49x5123456742": "•••",
	} {
		if got := Mask(number); got != want {
			t.Errorf("%q: got %q, want %q", number, got, want)
		}
	}
}

func TestCountries_AreAllThereInOrder(t *testing.T) {
	list := Countries()
	if len(list) < 240 || !slices.IsSortedFunc(list, func(a, b Country) int { return strings.Compare(a.Code, b.Code) }) {
		t.Fatalf("%d countries: %v", len(list), list)
	}
	for code, calling := range map[string]int{"DE": 49, "US": 1, "CA": 1, "KZ": 7, "VA": 39, "GG": 44, "XK": 383} {
		if !slices.Contains(list, Country{code, calling}) {
			t.Errorf("%s is missing or has another calling code than %d", code, calling)
		}
	}
	for _, c := range list {
		if check.Country(c.Code) != "" || c.Calling < 1 || c.Calling > 999 {
			t.Errorf("%+v", c)
		}
	}
}

// Whatever is typed, what comes back is a number that is taken again as the same, anywhere, and masks itself.
func FuzzParseNumber_TakesWhatItReturns(f *testing.F) {
	for _, typed := range []string{"", "+", "015123456789", "+49 (0)151 23456789", "0011 49 151 23456789", "٠٥١٢٣٤٥٦٧٨", "tel:+1-201-555-0123;ext=45",
		"+242 06 123 4567", "011 15-2345-6789", "(0)", "(0)(0)", "00(0)15123456789", "+(0)4915123456789", "\xff", "+54 9 11 2345 6789", "8 10 49 151 23456789"} {
		for _, country := range []string{"", "DE", "AU", "AR", "RU", "US", "KR", "ZZ", "001"} {
			f.Add(typed, country)
		}
	}
	f.Fuzz(func(t *testing.T, typed, country string) {
		n, code := ParseNumber(typed, country)
		if (code == "") == (n == Number{}) {
			t.Fatalf("%q in %q: %+v and %q", typed, country, n, code)
		}
		if code != "" {
			return
		}
		if !strings.HasPrefix(n.E164, "+") || strings.Trim(n.E164[1:], "0123456789") != "" || len(n.E164) < 8 || check.Country(n.Country) != "" || n.National == "" {
			t.Errorf("%q in %q: %+v", typed, country, n)
		}
		for _, from := range []string{"", country, n.Country, "AU"} {
			if again, code := ParseNumber(n.E164, from); code != "" || again != n {
				t.Errorf("%+v in %q is %+v, %q", n, from, again, code)
			}
		}
		if m := Mask(n.E164); strings.Contains(m, n.E164[len(n.E164)-4:]) || !strings.HasSuffix(m, n.E164[len(n.E164)-2:]) {
			t.Errorf("%q masks as %q", n.E164, m)
		}
	})
}
