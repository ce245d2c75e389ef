//go:build !js

package app

import "strings"

// regionName returns the code of a country: only a browser knows what it is called.
func regionName(code string) string { return code }

// collate orders two names.
func collate(a, b string) int { return strings.Compare(a, b) }

// ownRegion returns no country outside of a browser, unless a test sets one.
var ownRegion = func() string { return "" }
