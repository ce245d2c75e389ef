package app

import (
	"net/url"
	"strconv"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// policyPage is what an organization asks of its people: /admin/policy. What is chosen
// becomes so only after it has been shown what it does.
type policyPage struct {
	goapp.Compo
	account
	area
	info    remote[api.PolicyInfo]
	draft   draft
	form    form                // the numbers
	asked   api.PolicySettings  // what the preview is of
	preview *api.PolicyPreview  // nil while the rules are edited
	until   when                // until when a forbidden method alone is enough
	open    bool                // it goes on being enough
	offered int64               // the moment that stands there at first
	times   int                 // counts the previews: each has inputs of its own
	told    bool                // somebody else was faster
	changed []api.SettingChange // what they changed
	busy    bool
	failure api.Error
}

func (p *policyPage) title() string { return say().Policy.Title }

func (p *policyPage) at(u *url.URL) {
	was := p.organization
	p.area.at(u)
	if p.organization != was {
		*p = policyPage{Compo: p.Compo, account: p.account, area: p.area}
	}
	p.form.ID = "policy"
	p.form.Words = map[api.Code]string{check.WrongType: say().Policy.NotWhole, check.TooLong: say().Policy.TooMuch}
}

// OnNav implements goapp.Navigator.
func (p *policyPage) OnNav(ctx goapp.Context) {
	entered(ctx, p)
	p.load(ctx)
}

// OnDismount implements goapp.Dismounter.
func (p *policyPage) OnDismount() { holdPage(false) }

// which names the organization that the page is about.
func (p *policyPage) which() api.OrganizationRequest {
	return api.OrganizationRequest{Organization: p.organization}
}

func (p *policyPage) load(ctx goapp.Context) {
	p.enter(ctx, nil)
	ask(ctx, &p.info, api.Policy, p.which(), func(_ goapp.Context, i api.PolicyInfo) {
		p.draft = draftOf(i.PolicySettings)
	})
}

// Render implements goapp.Composer.
func (p *policyPage) Render() goapp.UI {
	w := &say().Policy
	f := p.frame(w.Title, w.Lead)
	f.Hold = p.preview != nil || len(p.form.values) > 0
	return f.admin(p.area, policyPath,
		p.info.draw(p.draw, p.load),
		p.over(nil),
	)
}

// typed returns what stands in a field, if it was typed.
func (p *policyPage) typed(name string) (string, bool) {
	if _, told := p.form.values[name]; told {
		return p.form.value(name), true
	}
	return "", false
}

// look asks what the draft would do.
func (p *policyPage) look() {
	if p.form.busy {
		return
	}
	s, problems := p.draft.settings(p.typed)
	if len(problems) > 0 {
		p.form.refuse(p.page, api.Error{Problems: problems})
		return
	}
	req := api.ChangePolicyRequest{Organization: p.organization, Version: p.info.value.Version, PolicySettings: s}
	if !p.form.begin(p.page, req) {
		return
	}
	p.told, p.failure = false, api.Error{}
	perform(&p.account, api.PreviewPolicy, req, func(v api.PolicyPreview) {
		p.form.busy = false
		p.show(v, s)
	}, func(e api.Error) {
		p.form.busy = false
		if !p.overtaken(e) {
			p.form.refuse(p.page, e)
		}
	})
}

// show shows what s would do.
func (p *policyPage) show(v api.PolicyPreview, s api.PolicySettings) {
	p.times++
	p.preview, p.asked = &v, s
	p.until = when{form: form{ID: "until-" + strconv.Itoa(p.times), Words: wrongMoments()}, most: api.MaxMandatoryDays}
	p.offered = s.Until[api.MethodText]
	p.open = p.offered == 0 && !allows(p.info.value.PolicySettings, api.MethodText)
	if p.offered <= time.Now().UnixMilli() {
		p.offered = ahead(time.Now(), 28, 9)
	}
	holdPage(true)
	announce("")
	focusOn(p.page, "preview-title")
}

// edit goes back to the rules.
func (p *policyPage) edit() {
	if p.busy {
		return
	}
	p.preview, p.failure = nil, api.Error{}
	focusOn(p.page, "title")
}

// only is how many people have nothing but a method that would be forbidden.
func (p *policyPage) only() (n int) {
	if p.preview != nil {
		for _, m := range p.preview.Affected {
			n += m.Only
		}
	}
	return n
}

// dated reports whether it has to be chosen until when such a method alone is enough.
func (p *policyPage) dated() bool {
	return !allows(p.asked, api.MethodText) && (p.only() > 0 || p.info.value.Until[api.MethodText] > 0)
}

// moment is what stands in the inputs.
func (p *policyPage) moment() int64 { return p.until.chosen(p.offered) }

// enact puts what was shown in force.
func (p *policyPage) enact() {
	if p.busy {
		return
	}
	s := p.asked
	if p.dated() {
		s.Until = nil
		if !p.open {
			at := p.moment()
			if c := p.until.problem(at, time.Now()); c != "" {
				p.until.form.refuse(p.page, api.Error{Problems: api.Problems{whenDay: c}})
				return
			}
			s.Until = map[api.Method]int64{api.MethodText: at}
		}
	}
	p.busy, p.failure = true, api.Error{}
	req := api.ChangePolicyRequest{Organization: p.organization, Version: p.info.value.Version, PolicySettings: s}
	perform(&p.account, api.ChangePolicy, req, func(i api.PolicyInfo) {
		p.busy, p.preview, p.told = false, nil, false
		p.info.value, p.draft = i, draftOf(i.PolicySettings)
		p.form.values, p.form.problems, p.form.failure = nil, nil, api.Error{}
		holdPage(false)
		announce("")
		toast(p.page, say().Policy.Saved)
		focusOn(p.page, "title")
	}, func(e api.Error) {
		p.busy = false
		if !p.overtaken(e) {
			p.failure = e
		}
	})
}

// overtaken answers a refusal that says that somebody else was faster: it asks what is
// so now, keeps what was typed, and shows the difference. It reports whether it was that.
func (p *policyPage) overtaken(e api.Error) bool {
	if e.Code != check.PolicyChanged {
		return false
	}
	perform(&p.account, api.Policy, p.which(), func(i api.PolicyInfo) {
		p.changed = differences(p.info.value.PolicySettings, i.PolicySettings)
		p.draft = p.draft.onto(i.PolicySettings, p.form.values)
		p.info.value, p.preview, p.told = i, nil, true
		focusOn(p.page, "title")
	}, func(e api.Error) { p.failure = e })
	return true
}
