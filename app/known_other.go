//go:build !js

package app

// brought is for the browser.
func brought() *Known { return nil }
