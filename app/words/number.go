package words

import "strconv"

// Grouped returns n, which must not be negative, with its digits in groups of three,
// as English has them: 50,000.
func Grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
