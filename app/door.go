package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

// doorState is how the door of a page stands. It is the class that style.css
// moves the drawing by.
type doorState string

// The ways the door stands.
const (
	doorClosed  doorState = "closed"  // the password
	doorAjar    doorState = "ajar"    // the second step
	doorOpen    doorState = "open"    // arrived
	doorChained doorState = "chained" // locked down
	doorEmpty   doorState = "empty"   // offline, not found: a frame without a door
)

// door draws the door. It says nothing that the words beside it do not say, so
// assistive technology does not see it. Rendered again with another state it
// moves there within 200 ms, unless the reader wants no motion.
func door(s doorState) goapp.UI {
	return goapp.Div().Class("door", string(s)).Body(goapp.Raw(doorDrawing))
}

// The leaf hangs on the left post at x = 22; style.css turns it about that line.
const doorDrawing = `<svg viewBox="0 0 100 118" aria-hidden="true" focusable="false">` +
	`<path class="light" d="M22 111V46a28 28 0 0 1 56 0v65z"/>` +
	`<path class="line frame-line" d="M14 111V46a36 36 0 0 1 72 0v65"/>` +
	`<g class="leaf">` +
	`<path class="leaf-face" d="M22 111V46a28 28 0 0 1 56 0v65z"/>` +
	`<path class="line thin" d="M31 67V46a19 19 0 0 1 38 0v21z"/>` +
	`<path class="line thin" d="M31 76h38v26H31z"/>` +
	`<circle class="knob" cx="72.5" cy="72" r="3.2"/>` +
	`</g>` +
	`<path class="line" d="M4 111h92"/><path class="line thin" d="M10 116.5h80"/>` +
	`<g class="chain"><rect class="line" x="46" y="84" width="15" height="9" rx="4.5"/>` +
	`<rect class="line" x="57" y="84" width="15" height="9" rx="4.5"/>` +
	`<rect class="line" x="68" y="84" width="15" height="9" rx="4.5"/>` +
	`<rect class="line" x="79" y="84" width="13" height="9" rx="4.5"/></g></svg>`

// glyph draws the logo: the door ajar, reduced until it reads at 16 px.
func glyph() goapp.UI {
	return goapp.Raw(`<svg class="glyph" width="24" height="24" viewBox="0 0 16 16" aria-hidden="true" focusable="false">` +
		glyphDrawing + `</svg>`)
}

const glyphDrawing = `<path fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" d="M3 14V6.5a5 5 0 0 1 10 0V14M1.25 14.25h13.5"/>` +
	`<path class="mark" d="M4.9 13.4V6.5C4.9 5 5.7 4 7 3.6L10 5.4V15.6z"/>`
