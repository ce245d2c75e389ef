package app

import (
	"net/url"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// offlinePage says that the server cannot be reached: /offline. The service worker keeps
// it and shows it at whatever address was asked for; it works without the client.
type offlinePage struct{ goapp.Compo }

func (p *offlinePage) title() string { return say().Frame.Offline }
func (p *offlinePage) at(*url.URL)   {}

// OnNav implements goapp.Navigator.
func (p *offlinePage) OnNav(ctx goapp.Context) { entered(ctx, p) }

// Render implements goapp.Composer.
func (p *offlinePage) Render() goapp.UI {
	w := say().Frame
	return frame{Title: w.Offline, Lead: w.OfflineText, Door: doorEmpty}.narrow(
		div("actions center", button{Label: w.OfflineRetry, Href: "/"}.draw()),
	)
}

// notFoundPage is what stands at every other address.
type notFoundPage struct{ goapp.Compo }

func (p *notFoundPage) title() string { return say().Frame.NotFound }
func (p *notFoundPage) at(*url.URL)   {}

// OnNav implements goapp.Navigator.
func (p *notFoundPage) OnNav(ctx goapp.Context) { entered(ctx, p) }

// Render implements goapp.Composer.
func (p *notFoundPage) Render() goapp.UI {
	w := say().Frame
	return frame{Title: w.NotFound, Lead: w.NotFoundText, Door: doorEmpty}.narrow(
		div("actions center", button{Label: w.ToHome, Kind: primary, Href: "/"}.draw()),
	)
}
