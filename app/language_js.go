package app

import (
	"syscall/js"

	"doorward/app/words"
)

// Speak has the client say everything in the language of the page that it starts in.
// start.js has fetched the words; without them, or with those of another build, it
// speaks English.
func Speak() {
	packed := js.Global().Get("doorwardWords")
	if packed.Type() != js.TypeString {
		return
	}
	w, err := words.Unpack(packed.String())
	if err != nil {
		return
	}
	w.Lang = js.Global().Get("document").Get("documentElement").Get("lang").String()
	words.Use(w)
}
