package app

import (
	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// link is what a page behind a one-time link knows about it.
type link struct {
	info  remote[api.LinkInfo]
	asked string
}

// ask asks the server what the link is good for, once a token, on behalf of p. It
// does not use the link up.
func (l *link) ask(ctx goapp.Context, p page, token string, kind api.LinkKind) {
	if token == "" || l.asked == token {
		return
	}
	l.asked = token
	l.info.status = loading
	ctx.Async(func() {
		info, refusal := call(api.CheckLink, api.CheckLinkRequest{Token: token, Kind: kind})
		ctx.Dispatch(func(goapp.Context) {
			if refusal != nil {
				l.info.status, l.info.failure = failed, *refusal
				setTitle(p.title())
				return
			}
			l.info.status, l.info.value = ready, info
		})
	})
}

// knows notes what came with the document: the link with this token is not asked about.
func (l *link) knows(token string, k *KnownLink) {
	l.asked = token
	l.info.status, l.info.value = ready, k.Info
	if k.Refused != "" {
		l.info.status, l.info.failure = failed, api.Error{Code: k.Refused}
	}
}

func (p *setupPage) knowsLink(k *KnownLink)       { p.link.knows(p.token, k) }
func (p *invitationPage) knowsLink(k *KnownLink)  { p.link.knows(p.token, k) }
func (p *emailPage) knowsLink(k *KnownLink)       { p.link.knows(p.token, k) }
func (p *newPasswordPage) knowsLink(k *KnownLink) { p.link.knows(p.token, k) }
func (p *notMePage) knowsLink(k *KnownLink)       { p.link.knows(p.token, k) }
func (p *turnOffPage) knowsLink(k *KnownLink)     { p.link.knows(p.token, k) }

// dead reports whether the link opens nothing any more.
func (l *link) dead(token string, f *form) bool {
	for _, c := range []api.Code{f.failure.Code, l.info.failure.Code} {
		if c == check.LinkDead || c == check.AlreadySetUp {
			return true
		}
	}
	return token == "" || f.problems["token"] != ""
}

// least returns how many characters a new password needs.
func (l *link) least() int {
	if l.info.ready() && l.info.value.MinPassword > 0 {
		return l.info.value.MinPassword
	}
	return check.MinPassword
}

// deadLink is the page of a link that opens nothing.
func deadLink(text string, c api.Code) goapp.UI {
	if c == check.AlreadySetUp {
		text = say().Code(c)
	}
	return deadLinkTo(text, say().Welcome.ToSignIn, "/sign-in")
}

// deadLinkTo is deadLink with a way on of its own.
func deadLinkTo(text, act, href string) goapp.UI {
	return frame{Title: say().Welcome.LinkDeadTitle, Lead: text, Door: doorEmpty}.narrow(
		div("actions center", button{Label: act, Kind: primary, Href: href}.draw()),
	)
}
