package app

import "syscall/js"

// regions are what the browser knows of the names of countries, made when they are
// first asked for.
var regions struct{ names, order js.Value }

// regionName returns what a country is called in the language of the page, or its
// code where the browser does not know.
func regionName(code string) string {
	if !regions.names.Truthy() {
		kind := js.Global().Get("Intl").Get("DisplayNames")
		if !kind.Truthy() {
			return code
		}
		regions.names = kind.New([]any{say().Lang}, map[string]any{"type": "region", "fallback": "code"})
	}
	return regions.names.Call("of", code).String()
}

// collate orders two names as the browser's own lists do.
func collate(a, b string) int {
	if !regions.order.Truthy() {
		regions.order = js.Global().Get("Intl").Get("Collator").New(say().Lang)
	}
	return regions.order.Call("compare", a, b).Int()
}

// ownRegion returns the country that the browser is set to, or "".
func ownRegion() string {
	language, kind := js.Global().Get("navigator").Get("language"), js.Global().Get("Intl").Get("Locale")
	if !language.Truthy() || !kind.Truthy() {
		return ""
	}
	locale := kind.New(language)
	if locale.Get("maximize").Truthy() {
		locale = locale.Call("maximize")
	}
	if region := locale.Get("region"); region.Truthy() {
		return region.String()
	}
	return ""
}
