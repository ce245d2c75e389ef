package app

import (
	"strconv"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// attr returns v for use as the value of an attribute. Every value that comes
// from an address, the server or a person must pass through it.
//
// On the server go-app writes attribute values with strconv.Quote, which is not
// HTML: a quote in the value would end the attribute. There attr returns only
// letters, digits, a few harmless signs and character references, which a browser
// reads back as v exactly (NUL aside, which HTML cannot carry). In the browser
// attributes are set, not written, and v is returned as it is.
func attr(v string) string {
	if goapp.IsClient {
		return v
	}
	return reference(v)
}

// reference writes every rune of v that is not plainly harmless as a decimal
// character reference.
func reference(v string) string {
	if strings.IndexFunc(v, suspicious) < 0 {
		return v
	}
	var b strings.Builder
	for _, r := range v {
		switch {
		case r == 0:
		case suspicious(r):
			b.WriteString("&#" + strconv.Itoa(int(r)) + ";")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func suspicious(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		return false
	}
	return !strings.ContainsRune("-._/:?= ,@+", r)
}
