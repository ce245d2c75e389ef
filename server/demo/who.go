package demo

import (
	"strconv"
	"strings"
)

// naming gives everybody a name, a user name and an address that nobody else has.
type naming struct {
	taken map[string]int // how often a plain name was given
	given int
}

// domains are where people have their mail: names that belong to nobody (RFC 2606).
var domains = []string{
	"example.org", "example.org", "example.org", "example.com", "example.net", "mail.example.org", "students.example.org",
	"research-and-development.northern-hemisphere.meridian-instruments.example.com",
}

// reserve keeps a user name for somebody in particular.
func (n *naming) reserve(plain string) { n.taken[plain]++ }

// next returns the next name, of the culture that i and j pick.
func (n *naming) next(i, j, k int) (shown, plain string) {
	defer func() { n.given++ }()
	if n.given%17 == 9 {
		return apart(unusual[n.given/17%len(unusual)])
	}
	c := cultures[n.given%len(cultures)]
	given, g := apart(c.given[i%len(c.given)])
	family, f := apart(c.family[j%len(c.family)])
	space := " "
	if c.joined {
		space = ""
	}
	if shown = given + space + family; c.familyFirst {
		shown = family + space + given
	}
	switch k % 8 {
	case 0:
		return shown, f + "." + g
	case 1:
		return shown, g[:1] + f
	case 2:
		return shown, g + "_" + f
	}
	return shown, g + "." + f
}

// unlike returns a user name made of plain that was not given before. Plain names have
// no digits.
func (n *naming) unlike(plain string) string {
	n.taken[plain]++
	if again := n.taken[plain]; again > 1 {
		return plain + strconv.Itoa(again)
	}
	return plain
}

// address returns an address for a user name. One in twenty is very long.
func address(userName string, k int) string {
	const tag = "+newsletters-and-notices"
	switch {
	case k%20 != 7:
		return userName + "@" + domains[k%(len(domains)-1)]
	case len(userName)+len(tag) <= 64:
		userName += tag
	}
	return userName + "@" + domains[len(domains)-1]
}

// apart returns both forms of a name.
func apart(name string) (shown, plain string) {
	shown, plain, ok := strings.Cut(name, "|")
	if !ok {
		plain = strings.ToLower(shown)
	}
	return shown, plain
}
