package check

import (
	"strings"
	"testing"
)

func TestPasscode(t *testing.T) {
	for _, tt := range []struct {
		name, typed, want string
		code              Code
	}{
		{"as it is", "123456", "123456", ""},
		{"in two groups", "123 456", "123456", ""},
		{"in three groups", "12 34 56", "123456", ""},
		{"with a hyphen", "123-456", "123456", ""},
		{"with spaces around", "  123456 ", "123456", ""},
		{"with a no-break space", "123\u00a0456", "123456", ""},
		{"with a narrow no-break space", "123\u202f456", "123456", ""},
		{"pasted with a line break", "123456\n", "123456", ""},
		{"pasted with a Windows line break", "123456\r\n", "123456", ""},
		{"pasted out of a table", "123\t456", "123456", ""},
		{"leading zeros", "000 042", "000042", ""},
		{"in a sentence", "Your code is 123456.", "123456", ""},
		{"in a sentence, grouped", "Your code is 123 456, thank you", "123456", ""},
		{"in a sentence, twice the same", "123456 is your code: 123456", "123456", ""},
		{"in a sentence beside a year", "In 2026 the code is 123456", "123456", ""},
		{"Arabic-Indic digits", "١٢٣٤٥٦", "123456", ""},
		{"Persian digits", "۱۲۳۴۵۶", "123456", ""},
		{"Devanagari digits", "१२३ ४५६", "123456", ""},
		{"full-width digits", "１２３４５６", "123456", ""},
		{"nothing", "", "", Required},
		{"spaces", " \t\n ", "", Required},
		{"five digits", "12345", "", PasscodeShape},
		{"seven digits", "1234567", "", PasscodeShape},
		{"two codes", "123456 and 654321", "", PasscodeShape},
		{"two codes side by side", "123456 654321", "", PasscodeShape},
		{"letters", "abcdef", "", PasscodeShape},
		{"a recovery code", "0123-4567-89AB-CDEF", "", PasscodeShape},
		{"a NUL within", "123\x00456", "", PasscodeShape},
		{"invalid UTF-8", "123456\xff", "", PasscodeShape},
		{"marks that turn the direction", "\u202e123456", "", PasscodeShape},
		{"a long text", strings.Repeat("x", 200) + " 123456", "", PasscodeShape},
		{"a minus sign of mathematics", "−123456", "123456", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, code := Passcode(tt.typed); got != tt.want || code != tt.code {
				t.Errorf("%q: %q, %q", tt.typed, got, code)
			}
		})
	}
}

func FuzzPasscode_SixDigitsOrNothing(f *testing.F) {
	for _, seed := range []string{"123456", "123 456", "Your code is 123456.", "१२३ ४५६", "\x00", "\xff", "", "１２３４５６", "−1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got, code := Passcode(typed)
		if (code == "") != (len(got) == 6) || strings.Trim(got, "0123456789") != "" {
			t.Fatalf("%q: %q, %q", typed, got, code)
		}
		if again, _ := Passcode(got); again != got {
			t.Errorf("%q is read as %q and then as %q", typed, got, again)
		}
	})
}

func TestRecoveryCode(t *testing.T) {
	const want = "0123456789ABCDEF"
	for _, tt := range []struct {
		name, typed, want string
		code              Code
	}{
		{"as it is shown", "0123-4567-89AB-CDEF", want, ""},
		{"without groups", "0123456789ABCDEF", want, ""},
		{"lower case", "0123-4567-89ab-cdef", want, ""},
		{"with spaces", " 0123 4567 89ab cdef ", want, ""},
		{"with long dashes", "0123–4567—89AB‐CDEF", want, ""},
		{"with underscores and dots", "0123_4567.89AB.CDEF", want, ""},
		{"pasted with a line break", "0123-4567-89AB-CDEF\n", want, ""},
		{"pasted with a Windows line break", "0123-4567-89AB-CDEF\r\n", want, ""},
		{"O for 0, I and L for 1", "OI23-4567-89AB-CDEF", want, ""},
		{"o for 0, i and l for 1", "ol23-4567-89ab-cdef", want, ""},
		{"one too few", "0123-4567-89AB-CDE", "", RecoveryCodeShape},
		{"one too many", "0123-4567-89AB-CDEF0", "", RecoveryCodeShape},
		{"a U", "0123-4567-89AB-CDEU", "", RecoveryCodeShape},
		{"an umlaut", "0123-4567-89AB-CDEÄ", "", RecoveryCodeShape},
		{"full-width digits", "０123-4567-89AB-CDEF", "", RecoveryCodeShape},
		{"a passcode", "123456", "", RecoveryCodeShape},
		{"a NUL within", "0123-4567\x0089AB-CDEF", "", RecoveryCodeShape},
		{"invalid UTF-8", "0123-4567-89AB-CDE\xff", "", RecoveryCodeShape},
		{"an endless one", strings.Repeat("-", 100) + want, "", RecoveryCodeShape},
		{"nothing", "", "", Required},
		{"spaces", "  ", "", Required},
		{"hyphens", "----", "", RecoveryCodeShape},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, code := RecoveryCode(tt.typed); got != tt.want || code != tt.code {
				t.Errorf("%q: %q, %q", tt.typed, got, code)
			}
		})
	}
}

func FuzzRecoveryCode_SixteenOfTheAlphabetOrNothing(f *testing.F) {
	for _, seed := range []string{"0123-4567-89AB-CDEF", "ol23 4567 89ab cdef", "", "\x00", "\xff", "ıııı-ıııı-ıııı-ıııı", "ſſſſſſſſſſſſſſſſ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got, code := RecoveryCode(typed)
		if (code == "") != (len(got) == 16) || strings.Trim(got, Crockford) != "" {
			t.Fatalf("%q: %q, %q", typed, got, code)
		}
		if code != "" {
			return
		}
		if again, code := RecoveryCode(Groups(got, "-")); again != got || code != "" {
			t.Errorf("%q is read as %q and, shown, as %q", typed, got, again)
		}
	})
}

func TestGroups_OfFour(t *testing.T) {
	for v, want := range map[string]string{"": "", "ABC": "ABC", "ABCD": "ABCD", "ABCDE": "ABCD E", "ABCDEFGH": "ABCD EFGH"} {
		if got := Groups(v, " "); got != want {
			t.Errorf("%q: %q", v, got)
		}
	}
}
