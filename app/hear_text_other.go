//go:build !js

package app

// hearText hears nothing outside of a browser.
var hearText = func(got func(code string)) (stop func()) { return func() {} }
