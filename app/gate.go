package app

import (
	"net/url"
	"strings"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// WizardFor returns the address of the wizard that leads on to path when it is done.
func WizardFor(path string) string {
	if path == "" || path == "/" || !check.Path(path) || strings.HasPrefix(path, WizardPath) {
		return WizardPath
	}
	return WizardPath + "?next=" + url.QueryEscape(path)
}

// toWizard leads to the wizard, for who reaches nothing else, and back here after it.
// It reports false in the wizard itself, which has nowhere to lead to.
func toWizard() bool {
	path := here()
	if strings.HasPrefix(path, WizardPath) {
		return false
	}
	leave(WizardFor(path))
	return true
}

// barred says what becomes of a call that was refused with check.TwoFactorRequired:
// who reaches the wizard only is led there. Anybody else has asked for something that
// mandatory two-factor forbids, such as turning it off, and is refused.
func (a *account) barred(refusal api.Error, refused func(api.Error)) {
	var info api.SessionInfo
	beside(a.page, func() (failed *api.Error) {
		info, failed = call(api.Session, api.None{})
		return failed
	}, func(_ goapp.Context, failed *api.Error) {
		if failed == nil && due(info.Demand) && toWizard() {
			return
		}
		refused(refusal)
	})
}

// due reports whether d leaves the wizard only.
func due(d *api.Demand) bool { return d != nil && d.Due }

// demanded draws, above what a page is about, what the organization will ask for.
// Where it asks for it now there is only the wizard, which says so itself.
func demanded(who *api.SessionInfo) []goapp.UI {
	if who == nil || who.Demand == nil || who.Demand.Due {
		return nil
	}
	w, when := &say().Adoption, longMoment(who.Demand.From)
	b := banner{Kind: bannerInfo, Title: with(w.Soon, "when", when), Text: w.SoonText, More: []goapp.UI{actions(
		button{Label: w.SoonAct, Small: true, Href: WizardPath}.draw())}}
	if who.Demand.Why == api.DemandMethod {
		b.Title, b.Text = with(w.SoonMethod, "when", when), w.SoonMethodText
		b.More = []goapp.UI{actions(button{Label: w.SoonMethodAct, Small: true, Href: WizardPath}.draw())}
	}
	return []goapp.UI{div("demand", b.draw())}
}

// why says what makes d due, and since when.
func why(d *api.Demand) goapp.UI {
	w := &say().Adoption
	b := banner{Kind: bannerInfo, Title: w.Due, Text: with(w.DueText, "when", longMoment(d.From))}
	if d.Why == api.DemandMethod {
		b.Title, b.Text = w.DueMethod, with(w.DueMethodText, "when", longMoment(d.From))
	}
	return b.draw()
}

// signOut draws the way out for who reaches the wizard only: a plain form.
func signOut() goapp.UI {
	return goapp.Form().Method("post").Action("/sign-out").Body(
		button{Label: say().Frame.SignOut, Icon: iconSignOut, Kind: quiet, Submit: true, ID: "sign-out"}.draw(),
	)
}
