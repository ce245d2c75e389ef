package check

import (
	"slices"
	"strings"
	"testing"
)

func TestPassword(t *testing.T) {
	for _, tt := range []struct {
		name, typed string
		min         int
		want        Code
	}{
		{"four words", "umbrella kitchen orbit", 15, ""},
		{"no capital, no digit, no sign", "umbrellakitchen", 15, ""},
		{"spaces around are characters", "   umbrellakit  ", 15, ""},
		{"fifteen code points of two bytes", strings.Repeat("öя", 7) + "ö", 15, ""},
		{"fourteen of two bytes", strings.Repeat("öя", 7), 15, PasswordTooShort},
		{"eight where a second factor goes with it", "umbrella", 8, ""},
		{"seven", "umbrell", 8, PasswordTooShort},
		{"64", strings.Repeat("umbrella", 8), 15, ""},
		{"256", strings.Repeat("umbrella", 32), 15, ""},
		{"257", strings.Repeat("umbrella", 32) + "x", 15, TooLong},
		{"emoji", strings.Repeat("🔑🚪", 8), 15, ""},
		{"a tab and a line break", "umbrella\tkitchen\norbit", 15, ""},
		{"a NUL", "umbrella kitchen\x00", 15, BadCharacters},
		{"invalid UTF-8", "umbrella kitchen\xff", 15, BadCharacters},
		{"nothing", "", 15, Required},
		{"the product and a year", "doorward2026!!!!", 15, PasswordContext},
		{"the product twice", "DoorwardDoorward", 15, PasswordContext},
		{"the user name and digits", "lovelace123456789", 15, PasswordContext},
		{"the address", "ada.lovelace@example.org", 15, PasswordContext},
		{"the organization and a little", "Analytical Engines 1", 15, PasswordContext},
		{"the product in a sentence", "the doorward of my aunt", 15, ""},
		{"a short word of the name", "ada umbrella kitchen", 15, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Password(tt.typed, tt.min, "Analytical Engines", "lovelace", "ada.lovelace@example.org"); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestPasswordInput_TakesWhateverWasOnceChosen(t *testing.T) {
	rows(t, PasswordInput, []row{
		{"one letter", "a", ""},
		{"the product", "doorward", ""},
		{"spaces", "  ", ""},
		{"256", strings.Repeat("ö", 256), ""},
		{"256 typed with marks of their own, as some keyboards do", strings.Repeat("o\u0308", 256), ""},
		{"more than any password is long", strings.Repeat("ö", 4*MaxPassword+1), TooLong},
		{"a NUL", "a\x00", BadCharacters},
		{"nothing", "", Required},
	})
}

func TestWords(t *testing.T) {
	got := Words("Ada Lovelace", "ada.lovelace@example.org", "", "O'Hara-Smith")
	for _, want := range []string{"lovelace", "ada lovelace", "example", "ada.lovelace@example.org", "hara", "smith"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not among %q", want, got)
		}
	}
	for _, short := range []string{"ada", "org", "o", ""} {
		if slices.Contains(got, short) {
			t.Errorf("%q is among %q", short, got)
		}
	}
}
