package app

import (
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// outboxPath is the operators' page about messages.
const outboxPath = "/admin/outbox"

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
		b.More = []goapp.UI{actions(button{Label: w.Open, Small: true, Href: outboxPath, About: b.Title}.draw())}
		banners = append(banners, b.draw())
	}
	return banners
}
