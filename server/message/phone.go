package message

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"doorward/shared/check"
)

// Number is a mobile number that may be sent to.
type Number struct {
	E164     string // +4915123456789
	Country  string // ISO 3166 alpha-2
	National string // as people write it there
}

// Country is one choice of the country picker.
type Country struct {
	Code    string // ISO 3166 alpha-2
	Calling int    // 49
}

// The bounds of what is taken for a telephone number. Shorter ones are emergency and service numbers.
const (
	maxTyped  = 60 // bytes
	minDigits = 4
	masked    = "•••"
)

// ParseNumber returns the mobile number that somebody typed or pasted, or what is wrong with it. The country (alpha-2) is
// where a number without a calling code is dialed; one with + or 00 says its own. What it returns, it takes.
func ParseNumber(typed, country string) (Number, check.Code) {
	if strings.TrimSpace(typed) == "" {
		return Number{}, check.Required
	}
	d, code := readDialed(typed)
	if code != "" {
		return Number{}, code
	}
	known := phonenumbers.GetSupportedRegions()[country]
	if !known {
		country = phonenumbers.UNKNOWN_REGION
	}
	readings := d.readings(phonenumbers.GetCountryCodeForRegion(country))
	if len(readings) == 0 {
		return Number{}, check.PhoneCountry
	}
	var n Number
	first := check.Code("")
	for i, reading := range readings {
		n, code = numberOf(reading, country)
		if code == "" {
			return n, ""
		}
		// Of several readings the one that there is a number for says why not.
		if i == 0 || first == check.PhoneImpossible || first == check.PhoneCountry {
			first = code
		}
	}
	return Number{}, first
}

// numberOf returns the mobile number that reading is: digits, with a + before them when they say their country.
func numberOf(reading, country string) (Number, check.Code) {
	p, err := phonenumbers.Parse(reading, country)
	if err == phonenumbers.ErrInvalidCountryCode {
		return Number{}, check.PhoneCountry
	}
	if err != nil || !phonenumbers.IsValidNumber(p) {
		return Number{}, check.PhoneImpossible
	}
	region := phonenumbers.GetRegionCodeForNumber(p)
	switch phonenumbers.GetNumberType(p) {
	case phonenumbers.MOBILE, phonenumbers.FIXED_LINE_OR_MOBILE:
	case phonenumbers.PREMIUM_RATE, phonenumbers.SHARED_COST, phonenumbers.UAN, phonenumbers.PERSONAL_NUMBER:
		return Number{}, check.PhonePremium
	default:
		return Number{}, check.PhoneNotMobile
	}
	if len(region) != 2 {
		return Number{}, check.PhoneCountry // satellites and networks of no country
	}
	return Number{E164: phonenumbers.Format(p, phonenumbers.E164), Country: region, National: national(p, region)}, ""
}

// national returns p as it is written in its region. The metadata's pattern for Argentina comes out as another number; what
// is not p when it is read again is written with its calling code.
func national(p *phonenumbers.PhoneNumber, region string) string {
	written := phonenumbers.Format(p, phonenumbers.NATIONAL)
	again, err := phonenumbers.Parse(written, region)
	if err != nil || phonenumbers.Format(again, phonenumbers.E164) != phonenumbers.Format(p, phonenumbers.E164) {
		return phonenumbers.Format(p, phonenumbers.INTERNATIONAL)
	}
	return written
}

// Mask returns what may be shown of a number: its calling code and its last two digits, "+49 ••• 42".
func Mask(e164 string) string {
	digits, ok := strings.CutPrefix(e164, "+")
	if !ok || len(digits) < 7 || strings.Trim(digits, "0123456789") != "" {
		return masked
	}
	end := " " + masked + " " + digits[len(digits)-2:]
	for size := 1; size <= 3; size++ {
		if calling, err := strconv.Atoi(digits[:size]); err == nil && phonenumbers.GetSupportedCallingCodes()[calling] {
			return "+" + digits[:size] + end
		}
	}
	return strings.TrimPrefix(end, " ")
}

// Countries returns every country that numbers are known of, by code.
func Countries() []Country {
	var list []Country
	for _, code := range slices.Sorted(maps.Keys(phonenumbers.GetSupportedRegions())) {
		list = append(list, Country{Code: code, Calling: phonenumbers.GetCountryCodeForRegion(code)})
	}
	return list
}
