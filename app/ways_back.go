package app

import (
	"encoding/json"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// waysBack is what a page knows about the ways back in of somebody whose phone is
// gone. The server draws it into the page; the client takes it from there, and asks
// the server when it is not there.
type waysBack struct {
	told bool          // it is known whether there are any
	lost *api.LostInfo // nil where no sign-in is under way
}

// knowLost takes what the server says; nil where no sign-in is under way.
func (b *waysBack) knowLost(lost *api.LostInfo) { b.told, b.lost = true, lost }

// look takes what stands in the document.
func (b *waysBack) look() {
	if !goapp.IsClient || b.told {
		return
	}
	if e := goapp.Window().Get("document").Call("querySelector", "[data-lost]"); e.Truthy() {
		b.read(e.Get("dataset").Get("lost").String())
	}
}

// read takes what write wrote.
func (b *waysBack) read(text string) {
	var lost *api.LostInfo
	if json.Unmarshal([]byte(text), &lost) == nil {
		b.knowLost(lost)
	}
}

// write returns it as it stands in the document.
func (b *waysBack) write() string {
	text, err := json.Marshal(b.lost)
	if err != nil {
		return ""
	}
	return string(text)
}

// ask asks the server, unless the document has just said so. Without an answer the
// page tells what there is in general.
func (b *waysBack) ask(ctx goapp.Context) {
	if b.told {
		return
	}
	var lost api.LostInfo
	beside(ctx, func() (refusal *api.Error) {
		lost, refusal = call(api.LostWays, api.None{})
		return refusal
	}, func(_ goapp.Context, refusal *api.Error) {
		b.knowLost(&lost)
		if refusal != nil {
			b.lost = nil
		}
	})
}
