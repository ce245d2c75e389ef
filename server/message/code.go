package message

import "strings"

// CodeText returns the text message that carries a one-time code. Its last line ties
// the code to host, so that phones fill it in there and nowhere else.
func (w *Words) CodeText(code, host string) string {
	return strings.ReplaceAll(w.Code, "{code}", code) + "\n\n@" + host + " #" + code
}

// Plain reports whether a text message is in the basic alphabet of GSM-7 (3GPP TS 23.038
// §6.2.1): one other letter makes it twice as long and dear.
func Plain(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !strings.ContainsRune(gsm7Basic, r) })
}
