package app

import (
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// outboxPath is the operators' page about messages.
const outboxPath = "/admin/outbox"

// arrivals draws the link to the page where messages arrive in development mode. It
// is the server's own, so the browser must follow the link itself.
func arrivals() goapp.UI {
	return goapp.A().Class("button", "small").Href("/dev/outbox").Target("_self").OnClick(followLink).
		Body(span("button-words", say().Outbox.Arrived))
}

// isOperator reports whether who runs this portal. It decides what is shown; the
// server decides what is allowed.
func isOperator(who *api.SessionInfo) bool { return who != nil && who.Role == "operator" }

// operatorWarnings draws what the server tells operators, a banner each. A warning
// that this client does not know yet is not drawn.
func operatorWarnings(list []api.Warning) []goapp.UI {
	w := &say().Outbox
	var banners []goapp.UI
	for _, warned := range list {
		b := banner{Kind: bannerWarning}
		switch warned {
		case api.WarnMailUnset:
			b.Title, b.Text = w.WarnMail, w.WarnMailText
		case api.WarnTextsPaused:
			b.Title, b.Text = w.WarnPaused, w.WarnPausedText
		case api.WarnUndelivered:
			b.Title, b.Text = w.WarnUndelivered, w.WarnUndeliveredText
		case api.WarnDevelopment:
			b.Kind, b.Title, b.Text = bannerInfo, w.WarnDevelopment, w.WarnDevelopmentText
		default:
			continue
		}
		acts := []goapp.UI{button{Label: w.Open, Small: true, Href: outboxPath, About: b.Title}.draw()}
		if warned == api.WarnDevelopment {
			acts = append([]goapp.UI{arrivals()}, acts...)
		}
		b.More = []goapp.UI{actions(acts...)}
		banners = append(banners, b.draw())
	}
	return banners
}
