package auth

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/nbutton23/zxcvbn-go/data"
	"golang.org/x/text/unicode/norm"

	"doorward/shared/check"
)

// minBits is what a new password must at least resist: 2^30 guesses, a little
// over what zxcvbn scores 3 ("safely unguessable"). Sign-in is throttled and
// hashes are slow, so this is about lists and habits, not about brute force.
const minBits = 30

// judged is how much of a password is weighed; more cannot make it weaker.
const judged = 64

// Lists is what guessers try first: how far down the lists of common passwords,
// words and names each entry stands.
type Lists struct {
	passwords map[string]int
	words     map[string]int
}

// ReadLists reads the lists that come with zxcvbn: 7,141 common and breached
// passwords, English words, given names and surnames. It takes some 20 ms and
// some megabytes, so it is called when a password is chosen and not at start.
// (The library's own scorer builds its tables at start, 41 ms and 6 MiB on
// every process, and needs more than a second for 250 characters.)
func ReadLists() (Lists, error) {
	l := Lists{passwords: map[string]int{}, words: map[string]int{}}
	for _, name := range []string{"Passwords", "English", "FemaleNames", "MaleNames", "Surnames"} {
		content, err := data.Asset("data/" + name + ".json")
		if err != nil {
			return Lists{}, fmt.Errorf("word list %s: %w", name, err)
		}
		var file struct{ List []string }
		if err := json.Unmarshal(content, &file); err != nil {
			return Lists{}, fmt.Errorf("word list %s: %w", name, err)
		}
		for i, w := range file.List {
			if name == "Passwords" {
				l.passwords[w] = i + 1
			}
			if rank, ok := l.words[w]; len(w) > 2 && (!ok || i+1 < rank) {
				l.words[w] = i + 1
			}
		}
	}
	return l, nil
}

// Judge reports what is wrong with pw as the new password of an account with the
// given words, once its length is right: PasswordCommon when the whole of it is
// on the list, PasswordWeak when it is easy to guess (NIST SP 800-63B-4 §3.1.1.2).
func (l *Lists) Judge(pw string, words ...string) check.Code {
	folded := strings.ToLower(norm.NFC.String(pw))
	if _, ok := l.passwords[folded]; ok {
		return check.PasswordCommon
	}
	if _, ok := l.passwords[strings.Trim(folded, "0123456789!?.-_ ")]; ok {
		return check.PasswordCommon
	}
	if l.bits(pw, check.Words(words...)) < minBits {
		return check.PasswordWeak
	}
	return ""
}

// bits estimates how many bits of guessing pw resists: the cheapest way to build
// it from listed words, runs, repeats, years and single characters.
func (l *Lists) bits(pw string, context []string) float64 {
	typed := []rune(norm.NFC.String(pw))
	typed = typed[:min(len(typed), judged)]
	plain := make([]rune, len(typed))
	for i, r := range typed {
		plain[i] = unicode.ToLower(r)
	}
	best := make([]float64, len(typed)+1)
	for end := 1; end <= len(typed); end++ {
		best[end] = best[end-1] + runeBits(typed[end-1])
		for start := range end - 1 {
			if c := l.partBits(typed, plain, start, end, context); best[start]+c < best[end] {
				best[end] = best[start] + c
			}
		}
	}
	return best[len(typed)]
}

// partBits is what typed[start:end] costs as one piece, or infinity.
func (l *Lists) partBits(typed, plain []rune, start, end int, context []string) float64 {
	part, size := plain[start:end], end-start
	cost := math.Inf(1)
	if size >= 3 && run(part) {
		cost = 5 + math.Log2(float64(size))
	}
	if size == 4 && year(part) {
		cost = min(cost, 7)
	}
	for p := 1; p <= size/2; p++ { // the piece is one block again and again
		if size%p == 0 && repeats(part, p) {
			block := 0.0
			for _, r := range part[:p] {
				block += runeBits(r)
			}
			cost = min(cost, block+math.Log2(float64(size/p))+1)
		}
	}
	if size <= 20 {
		for _, w := range []string{string(part), unleet(part)} {
			extra := 1.0
			if w != string(typed[start:end]) {
				extra = 2.5 // capitals, digits for letters
			}
			if rank, ok := l.words[w]; ok {
				cost = min(cost, math.Log2(float64(rank))+extra)
			}
			for _, c := range context {
				if w == c {
					cost = min(cost, extra)
				}
			}
		}
	}
	return cost
}

func runeBits(r rune) float64 {
	switch {
	case r >= '0' && r <= '9':
		return 3.3
	case r >= 'a' && r <= 'z':
		return 4.7
	case r >= 'A' && r <= 'Z':
		return 5.2
	case r < 128:
		return 5.5
	}
	return 7
}

// rows are the runs that fingers make, forth and back.
var rows = []string{"abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm", "!@#$%^&*()"}

func run(part []rune) bool {
	s, back := string(part), make([]rune, len(part))
	for i, r := range part {
		back[len(part)-1-i] = r
	}
	for _, row := range rows {
		if strings.Contains(row, s) || strings.Contains(row, string(back)) {
			return true
		}
	}
	return repeats(part, 1)
}

func repeats(part []rune, period int) bool {
	for i := period; i < len(part); i++ {
		if part[i] != part[i-period] {
			return false
		}
	}
	return true
}

func year(part []rune) bool {
	s := string(part)
	return (strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20")) && strings.Trim(s, "0123456789") == ""
}

var leet = strings.NewReplacer("4", "a", "@", "a", "8", "b", "3", "e", "6", "g", "1", "i", "!", "i", "0", "o", "5", "s", "$", "s", "7", "t", "2", "z")

func unleet(part []rune) string { return leet.Replace(string(part)) }
