//go:build !js

package app

// Speak does nothing outside of a browser.
func Speak() {}
