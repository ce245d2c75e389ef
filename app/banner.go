package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

// bannerKind is what a banner is about; it chooses colour and icon together.
type bannerKind string

// The kinds of banner.
const (
	bannerInfo    bannerKind = "info"
	bannerGood    bannerKind = "good"
	bannerWarning bannerKind = "warning"
	bannerError   bannerKind = "error"
)

// banner is a calm sentence about the page or a form as a whole. Title and Text
// may each be empty; More follows them.
type banner struct {
	Kind  bannerKind
	Title string
	Text  string
	More  []goapp.UI
}

// draw returns the banner. It is not a live region: whatever holds it decides
// whether it is announced.
func (b banner) draw() goapp.UI {
	mark := iconInfo
	switch b.Kind {
	case bannerGood:
		mark = iconGood
	case bannerWarning:
		mark = iconWarning
	case bannerError:
		mark = iconAlert
	}
	var body []goapp.UI
	if b.Title != "" {
		body = append(body, span("banner-title", b.Title))
	}
	if b.Text != "" {
		body = append(body, para("", b.Text))
	}
	return goapp.Div().Class("banner", string(b.Kind)).Body(
		mark.draw(),
		div("banner-body", append(body, b.More...)...),
	)
}
