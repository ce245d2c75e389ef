package words

import "strconv"

// Numbers is how a language writes numbers and what it counts as one.
type Numbers struct {
	Group     string // between groups of three digits
	GroupFrom int    // how many digits a number has at least to be grouped
	ZeroIsOne bool   // "0 person" is right, as it is in French
}

var englishNumbers = Numbers{Group: ",", GroupFrom: 4}

// Grouped returns n, which must not be negative, with its digits in groups of three
// as the language in use has them: 50,000.
func Grouped(n int) string { return Current().Numbers.grouped(n) }

func (how Numbers) grouped(n int) string {
	s := strconv.Itoa(n)
	if len(s) < how.GroupFrom {
		return s
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + how.Group + s[i:]
	}
	return s
}
