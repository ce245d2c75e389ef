package auth

import (
	"strings"
	"testing"

	"doorward/shared/check"
)

func TestJudge(t *testing.T) {
	lists, err := ReadLists()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, password string
		want           check.Code
	}{
		{"on the list", "password1", check.PasswordCommon},
		{"on the list with capitals", "PassWord", check.PasswordCommon},
		{"on the list with digits around", "12password99", check.PasswordCommon},
		{"one letter again and again", "aaaaaaaaaaaaaaaa", check.PasswordWeak},
		{"the alphabet", "abcdefghijklmnop", check.PasswordWeak},
		{"a block again and again", "abc1abc1abc1abc1", check.PasswordWeak},
		{"rows of the keyboard", "qwertyuiopasdfghjkl", check.PasswordWeak},
		{"two common words and a year", "dragonmaster2019", check.PasswordWeak},
		{"the person's own name twice", "lovelacelovelace", check.PasswordWeak},
		{"leet", "p4ssw0rdp4ssw0rd", check.PasswordWeak},
		{"four words", "umbrella kitchen orbit sonnet", ""},
		{"random letters", "xkqhvtzmwprlfyd", ""},
		{"eight random characters", "g7Kq#v2Z", ""},
		{"another script", "дверь скрипит осенью", ""},
		{"long", strings.Repeat("k3Vz", 64), check.PasswordWeak},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := lists.Judge(tt.password, "Ada Lovelace", "ada@example.org"); got != tt.want {
				t.Errorf("Judge(%q) = %q, want %q (%.1f bits)", tt.password, got, tt.want, lists.bits(tt.password, nil))
			}
		})
	}
}

func BenchmarkJudge_Longest(b *testing.B) {
	lists, err := ReadLists()
	if err != nil {
		b.Fatal(err)
	}
	pw := strings.Repeat("aB3$xyz ", 32)
	for b.Loop() {
		lists.Judge(pw)
	}
}
