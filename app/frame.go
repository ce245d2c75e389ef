package app

import (
	"cmp"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// frame is everything around what a page is about.
type frame struct {
	Title string // the one h1
	Lead  string // a sentence below it; may be empty
	// Door is how the door stands above a narrow page; empty for no door.
	Door doorState
	// Who is signed in, for the avatar menu of a wide page. Nil while that loads.
	Who *api.SessionInfo
	// Here is the path that the top link of this page leads to, if it has one.
	Here string
	// Head stands at the end of the title's line on a wide page: a badge, a button.
	Head []goapp.UI
	// Client says that the page is empty without the client; it then says so where
	// the client cannot run.
	Client bool
	// Hold keeps back the offer of a new version: in a wizard, in a half-typed form.
	Hold bool
	// Shut leaves no way to other pages but signing out.
	Shut bool
}

// narrow draws the page as one column of 420 px with the door above: the sign-in
// path and the wizard.
func (f frame) narrow(body ...goapp.UI) goapp.UI {
	var main []goapp.UI
	if f.Door != "" {
		main = append(main, door(f.Door))
	}
	main = append(main, f.head())
	var end []goapp.UI
	if f.Client {
		end = f.account() // signed in: there has to be a way out
	}
	return f.around("top", end, goapp.Main().ID("main").TabIndex(-1).Class("main", "narrow").Body(f.with(main, body)...))
}

// wide draws the page 960 px wide with the avatar menu: everything signed in.
func (f frame) wide(body ...goapp.UI) goapp.UI {
	return f.around("top lined", f.account(), goapp.Main().ID("main").TabIndex(-1).Class("main", "wide").
		Body(f.with(append([]goapp.UI{f.head()}, demanded(f.Who)...), body)...))
}

// with puts the page's own parts below its head. A page that needs the client shows
// them once that has come, and says plainly where it never will.
func (f frame) with(main, body []goapp.UI) []goapp.UI {
	if !f.Client {
		return append(main, body...)
	}
	main = append(main, needsClient())
	return append(main, div("while-loading", body...))
}

func (f frame) head() goapp.UI {
	title := []goapp.UI{goapp.H1().Class("title").ID("title").TabIndex(-1).Text(f.Title)}
	if f.Lead != "" {
		title = append(title, para("lead", f.Lead))
	}
	head := []goapp.UI{div("", title...)}
	if len(f.Head) > 0 {
		head = append(head, div("row", f.Head...))
	}
	return div("head", head...)
}

// around draws the header, the main part and the foot.
func (f frame) around(class string, end []goapp.UI, main goapp.UI) goapp.UI {
	w := say().Frame
	brand := goapp.UI(goapp.A().Class("brand").Href("/").Aria("label", w.Home).Body(glyph(), span("", w.Product)))
	if f.Shut {
		brand = spanOf("brand", glyph(), span("", w.Product))
	}
	return div("page",
		goapp.A().Class("skip").Href("#main").Text(w.Skip).OnClick(skip),
		goapp.Header().Class(class).Body(append([]goapp.UI{brand}, end...)...),
		main,
		goapp.Footer().Class("foot").Body(themeSwitch()),
		&toasts{Hold: f.Hold},
		&installHelp{},
		goapp.P().ID("announcer").Class("out-of-sight").Aria("live", "polite"),
	)
}

// skip moves the focus to the main part. go-app would take the link for a way to
// another page, and would scroll without moving the focus.
func skip(_ goapp.Context, e goapp.Event) {
	e.PreventDefault()
	e.Call("stopPropagation")
	if main := goapp.Window().GetElementByID("main"); main.Truthy() {
		main.Call("focus")
	}
}

// account draws the links and the avatar menu of a wide page.
func (f frame) account() []goapp.UI {
	w := say().Frame
	name, user, title := "", "", w.Menu
	if f.Who != nil {
		name, user = f.Who.DisplayName, f.Who.UserName
		title = cmp.Or(name, user)
	}
	return []goapp.UI{div("top-end", &menu{
		Label:  w.Menu,
		Title:  title,
		Button: func() goapp.UI { return avatar(name, user) },
		Body: func() []goapp.UI {
			list := []goapp.UI{
				div("menu-head",
					goapp.Div().Class("strong").Text(name),
					goapp.Div().Class("fine").Text(user),
				),
			}
			if f.Shut {
				return append(list, menuAct(iconSignOut, w.SignOut, "/sign-out"))
			}
			list = append(list,
				menuLink(iconUser, w.Profile, "/profile"),
				menuLink(iconShield, w.Security, "/profile/security"),
				menuLink(iconDevice, w.Sessions, "/profile/sessions"),
				menuLink(iconHistory, say().Feed.MineTitle, myActivityPath),
			)
			list = append(list, goapp.Hr().Class("menu-line"), menuAct(iconSignOut, w.SignOut, "/sign-out"))
			if isStaff(f.Who) {
				// Last, because it comes once it is known who it is: nothing may move from under a finger.
				list = append(list, goapp.Hr().Class("menu-line"), menuLink(iconSettings, w.Admin, peoplePath))
			}
			if f.Who != nil {
				list = append(list, &installOffer{Line: !isStaff(f.Who)})
			}
			return list
		},
	})}
}

// needsClient says why a page stays empty: seen only where the client cannot run,
// or could not be loaded. start.js tells which.
func needsClient() goapp.UI {
	w := say().Frame
	return div("",
		div("without-client", banner{Kind: bannerWarning, Title: w.NeedsClient, Text: w.NeedsClientTo}.draw()),
		div("client-late", banner{Kind: bannerError, Title: w.ClientFailed, Text: w.ClientFailedTo}.draw()),
	)
}

// themeSwitch draws the switch between the system's colours, light and dark. It is
// theme.js that acts on it, so that it works on every page and before the client.
func themeSwitch() goapp.UI {
	w := say().Frame
	return goapp.Button().Class("button", "quiet", "with-script").Type("button").DataSet("theme-switch", "yes").Body(
		span("theme-system", w.ThemeSystem),
		span("theme-light", w.ThemeLight),
		span("theme-dark", w.ThemeDark),
	)
}
