package message

import "strings"

// CodeText returns the text message that carries a one-time code. Its last line ties
// the code to host, so that phones fill it in there and nowhere else.
func (w *Words) CodeText(code, host string) string {
	return strings.ReplaceAll(w.Code, "{code}", code) + "\n\n@" + host + " #" + code
}
