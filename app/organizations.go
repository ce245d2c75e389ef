package app

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// organizationAsk is what an operator is about to do.
type organizationAsk string

const (
	organizationNothing   organizationAsk = ""
	organizationAdd       organizationAsk = "add"
	organizationRename    organizationAsk = "rename"
	organizationSuspend   organizationAsk = "suspend"
	organizationReinstate organizationAsk = "reinstate"
)

// organizationsPage lists the organizations that share the portal, for operators:
// /admin/organizations.
type organizationsPage struct {
	goapp.Compo
	account
	list  remote[api.OrganizationList]
	asks  organizationAsk
	about api.OrganizationRow
	form  form
	times int // counts the dialogs: each has inputs of its own
}

func (p *organizationsPage) title() string { return say().Organizations.Title }
func (p *organizationsPage) at(*url.URL)   {}

// OnNav implements goapp.Navigator.
func (p *organizationsPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

func (p *organizationsPage) load(ctx goapp.Context) {
	p.enter(ctx, nil)
	load(ctx, &p.list, api.Organizations, nil)
}

// Render implements goapp.Composer.
func (p *organizationsPage) Render() goapp.UI {
	w := &say().Organizations
	f := p.frame(w.Title, w.Lead)
	if p.list.ready() {
		f.Head = []goapp.UI{p.act(w.Add, iconAdd, organizationAdd, api.OrganizationRow{})}
	}
	return f.admin(area{}, organizationsPath, p.list.draw(p.draw, p.load), p.over(p.question()))
}

// act draws the button that begins something.
func (p *organizationsPage) act(label string, i icon, what organizationAsk, o api.OrganizationRow) goapp.UI {
	b := button{Label: label, Icon: i, Small: true, ID: string(what) + o.ID, About: o.Name, On: press(func() { p.begin(what, o) })}
	if what == organizationSuspend {
		b.Kind = danger
	}
	return b.draw()
}

func (p *organizationsPage) draw(list api.OrganizationList) goapp.UI {
	w := &say().Organizations
	if len(list.Organizations) == 0 {
		return block("card flush", nothing{Icon: iconBuilding, Title: w.NoneTitle, Text: w.NoneText}.draw())
	}
	columns := []column{{Label: w.Name}, {Label: w.People, Number: true}, {Label: w.Ready, Number: true}, {Label: w.Mandatory},
		{Label: w.State}, {Label: w.Acts, Acts: true}}
	var rows [][]goapp.UI
	for _, o := range list.Organizations {
		rows = append(rows, p.row(o))
	}
	return block("card flush people", table(w.Title, columns, rows))
}

// row draws one organization. The reader's own opens as the page of the people it is.
func (p *organizationsPage) row(o api.OrganizationRow) []goapp.UI {
	w, now := &say().Organizations, time.Now()
	to := area{o.ID}
	name := []goapp.UI{}
	state := mark(badgeGood, iconCheck, w.Open)
	acts := []goapp.UI{p.act(w.Rename, iconRename, organizationRename, o)}
	switch {
	case o.Suspended > 0:
		state = div("row tight", mark(badgeBad, iconLock, w.Suspended),
			spanOf("fine", phrase(w.SuspendedSince, "when", moment(o.Suspended, now))...))
		acts = append(acts, p.act(w.Reinstate, iconAgain, organizationReinstate, o))
	case !o.Own:
		acts = append(acts, p.act(w.Suspend, iconLock, organizationSuspend, o))
	}
	if o.Own {
		to = area{}
		name = append(name, span("cell-note", w.Own))
	}
	name = append([]goapp.UI{goapp.A().Class("cell-name").Href(attr(to.path(peoplePath))).Text(o.Name)}, name...)
	mandatory := goapp.UI(span("muted", w.NotMandatory))
	if o.MandatoryFrom > 0 {
		words := w.MandatoryFrom
		if o.MandatoryFrom <= now.UnixMilli() {
			words = w.MandatorySince
		}
		mandatory = span("", with(words, "when", day(o.MandatoryFrom)))
	}
	return []goapp.UI{div("", name...), span("", strconv.Itoa(o.People)), span("", strconv.Itoa(o.Ready)), mandatory, state, div("row tight end", acts...)}
}

// begin asks for a step-up if one is due, and then opens the dialog.
func (p *organizationsPage) begin(what organizationAsk, o api.OrganizationRow) {
	p.prove(p.who.value.ProvedUntil, func() {
		p.times++
		p.asks, p.about, p.form = what, o, form{ID: "organization-" + strconv.Itoa(p.times)}
	}, nil)
}

// close leaves the dialog without doing anything.
func (p *organizationsPage) close() {
	if !p.form.busy {
		p.asks = organizationNothing
	}
}

// question is the dialog that is open, if one is.
func (p *organizationsPage) question() *dialog {
	w, f := &say().Organizations, &p.form
	title, act, kind := "", "", primary
	var parts []goapp.UI
	reason := func() goapp.UI {
		return f.field(field{Name: "reason", Label: w.Reason, Hint: w.ReasonHint, Autocomplete: "off", MaxLength: api.MaxReason, Focus: true})
	}
	name := func() goapp.UI {
		return f.field(field{Name: "name", Label: w.Name, Hint: w.NameHint, Value: p.about.Name, Autocomplete: "off", MaxLength: check.MaxName, Focus: true})
	}
	switch p.asks {
	case organizationNothing:
		return nil
	case organizationAdd:
		title, act, parts = w.AddTitle, w.AddSubmit, []goapp.UI{para("text", w.AddText), name()}
	case organizationRename:
		title, act, parts = w.RenameTitle, w.RenameSubmit, []goapp.UI{para("text", w.RenameText), name()}
	case organizationSuspend:
		title, act, kind = w.SuspendTitle, w.SuspendSubmit, dangerPrimary
		parts = []goapp.UI{para("strong address", p.about.Name), points(w.SuspendPoints), reason(),
			f.field(field{Name: "confirm", Label: with(w.Confirm, "name", p.about.Name), Autocomplete: "off", MaxLength: check.MaxName})}
	case organizationReinstate:
		title, act = w.ReinstateTitle, w.ReinstateSubmit
		parts = []goapp.UI{para("strong address", p.about.Name), para("text", w.ReinstateText), reason()}
	}
	return &dialog{ID: f.ID, Title: title, OnClose: func(goapp.Context) { p.close() }, Body: func() []goapp.UI {
		return []goapp.UI{f.post("", sent(p.submit), append(append([]goapp.UI{f.notice()}, parts...), actions(
			button{Label: say().Parts.Cancel, Kind: quiet, ID: f.ID + "-cancel", On: press(p.close)}.draw(),
			button{Label: act, Kind: kind, Submit: true, Busy: f.busy, ID: f.ID}.draw(),
		))...)}
	}}
}

// points draws what will happen, one thing a line.
func points(list []string) goapp.UI {
	var rows []goapp.UI
	for _, p := range list {
		rows = append(rows, li("", goapp.Text(p)))
	}
	return ul("points", rows...)
}

// submit does what the dialog is about.
func (p *organizationsPage) submit() {
	w, f, id := &say().Organizations, &p.form, p.about.ID
	name := api.NameOrganizationRequest{ID: id, Name: f.value("name")}
	if _, told := f.values["name"]; !told && name.Name == "" {
		name.Name = p.about.Name
	}
	why := api.SuspendOrganizationRequest{ID: id, Reason: f.value("reason")}
	switch p.asks {
	case organizationAdd:
		send(&p.account, f, api.AddOrganization, name, p.did(w.Added))
	case organizationRename:
		send(&p.account, f, api.RenameOrganization, name, p.did(w.Renamed))
	case organizationSuspend:
		problems := why.Problems()
		if strings.TrimSpace(f.value("confirm")) != p.about.Name {
			problems.Add("confirm", check.ConfirmMismatch)
		}
		if len(problems) > 0 {
			f.refuse(p.page, api.Error{Problems: problems})
			return
		}
		send(&p.account, f, api.SuspendOrganization, why, p.did(with(w.SuspendDone, "name", p.about.Name)))
	case organizationReinstate:
		send(&p.account, f, api.ReinstateOrganization, why, p.did(with(w.ReinstateDone, "name", p.about.Name)))
	}
}

// did closes the dialog, says what was done and loads the list anew. There may be
// several organizations now, which changes what the rail shows.
func (p *organizationsPage) did(text string) func(api.OrganizationRow) {
	return func(api.OrganizationRow) {
		p.asks = organizationNothing
		announce("")
		toast(p.page, text)
		refresh(&p.account, &p.list, api.Organizations)
		refresh(&p.account, &p.who, api.Session)
		focusOn(p.page, "title")
	}
}
