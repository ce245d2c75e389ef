package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

// installAction is the go-app action by which the menu has installHelp say how.
const installAction = "doorward:install"

// installing is what a browser says about having the app among its apps; start.js knows.
type installing struct {
	there  bool // this is the installed app, or it was installed just now
	offers bool // the browser itself asks the person, once it is told to
	byHand bool // Safari on an iPhone or iPad: the person does it
}

// possible reports whether there is anything to offer.
func (i installing) possible() bool { return !i.there && (i.offers || i.byHand) }

// askBrowser returns what the browser says now. Natively there is nothing to offer.
func askBrowser(ctx goapp.Context) installing {
	there := goapp.Window().Get("goappIsAppInstalled")
	return installing{there: there.Truthy() && there.Invoke().Bool(), offers: ctx.IsAppInstallable(), byHand: ctx.IsAppleBrowser()}
}

// installOffer is the line of the account menu that installs the app. It is empty where that cannot be done, and where it
// has been done.
type installOffer struct {
	goapp.Compo
	Line bool // draw one above

	says installing
}

// OnMount asks the browser; it may have told before.
func (i *installOffer) OnMount(ctx goapp.Context) { i.says = askBrowser(ctx) }

// OnAppInstallChange implements goapp.AppInstaller.
func (i *installOffer) OnAppInstallChange(ctx goapp.Context) {
	before := i.says
	if i.says = askBrowser(ctx); i.says.there && !before.there {
		toast(ctx, say().Frame.InstallDone)
	}
}

// Render implements goapp.Composer.
func (i *installOffer) Render() goapp.UI {
	if !i.says.possible() {
		return div("nothing-open")
	}
	var parts []goapp.UI
	if i.Line {
		parts = append(parts, goapp.Hr().Class("menu-line"))
	}
	return div("", append(parts, goapp.Button().Class("menu-item").Type("button").OnClick(i.onClick).
		Body(iconDownload.draw(), span("", say().Frame.Install)))...)
}

// onClick closes the menu first: whatever asks next gives the focus back to what can be seen.
func (i *installOffer) onClick(ctx goapp.Context, _ goapp.Event) {
	if menu := ctx.JSSrc().Call("closest", "details"); menu.Truthy() {
		menu.Set("open", false)
		menu.Call("querySelector", "summary").Call("focus")
	}
	if i.says.offers {
		ctx.ShowAppInstallPrompt()
		return
	}
	ctx.NewAction(installAction)
}

// installHelp says how the app is installed where only the person can do it. The frame draws it, outside of the menu that asks
// for it: what is in a closed menu cannot be seen.
type installHelp struct {
	goapp.Compo
	open bool
}

// OnMount listens for the menu.
func (h *installHelp) OnMount(ctx goapp.Context) {
	ctx.Handle(installAction, func(goapp.Context, goapp.Action) { h.open = true })
}

// Render implements goapp.Composer.
func (h *installHelp) Render() goapp.UI {
	if !h.open {
		return div("nothing-open")
	}
	w := say().Frame
	shut := func(goapp.Context) { h.open = false }
	return div("", &dialog{ID: "install", Title: w.InstallTitle, OnClose: shut, Body: func() []goapp.UI {
		var steps []goapp.UI
		for _, step := range w.InstallSteps {
			steps = append(steps, goapp.Li().Text(step))
		}
		return []goapp.UI{
			para("text", w.InstallText),
			goapp.Ol().Class("points", "numbered").Body(steps...),
		}
	}})
}
