package app

import (
	"strconv"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// trust draws the box that asks not to be asked again in this browser, where the
// organization allows that for days. It is never ticked by us.
func (f *form) trust(days int) goapp.UI {
	if days <= 0 {
		return div("no-trust")
	}
	w, id := &say().SignIn, f.id("trust")
	return div("field trust",
		goapp.Label().Class("check").For(id).Body(
			goapp.Input().Type("checkbox").ID(id).Name("trust").Value("on").Aria("describedby", id+"-hint").
				OnChange(func(ctx goapp.Context, _ goapp.Event) {
					f.set("trust", strconv.FormatBool(ctx.JSSrc().Get("checked").Truthy()))
				}, goapp.EventScope(f.ID, "trust")),
			goapp.Span().Text(words.Many(days, w.TrustDay, w.TrustDays)),
		),
		goapp.P().Class("fine").ID(id+"-hint").Text(w.TrustHint),
	)
}

// trusted reports whether that box is ticked.
func (f *form) trusted() api.Tick { return api.Tick(f.ticked("trust")) }
