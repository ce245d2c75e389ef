package server

import (
	"strings"

	"github.com/mileusna/useragent"
)

// device names a browser and its system in words, from its User-Agent: "Firefox
// on Linux". The header is a claim, shown to people to tell their sessions apart
// and used for nothing else.
func device(userAgent string) string {
	if len(userAgent) > 512 {
		userAgent = userAgent[:512]
	}
	ua := useragent.Parse(userAgent)
	name, system := word(ua.Name), word(ua.OS)
	switch {
	case name == "" && system == "":
		return "Unknown browser"
	case system == "":
		return name
	case name == "":
		return "A browser on " + system
	}
	return name + " on " + system
}

// word returns v if it is a short plain name, and nothing otherwise.
func word(v string) string {
	if len(v) > 30 || strings.ContainsFunc(v, func(r rune) bool { return r < ' ' || r > '~' || strings.ContainsRune("<>\"\\&", r) }) {
		return ""
	}
	return v
}
