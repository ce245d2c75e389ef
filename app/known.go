package app

import "doorward/shared/api"

// Known is what a document brings along, so that the page can be read before the
// client has come. The client takes it from the document and asks for none of it again.
// It is about who is signed in or, with Link set, about a link.
type Known struct {
	Session  api.SessionInfo  `json:"session,omitzero"`
	Security api.SecurityInfo `json:"security,omitzero"`
	Link     *KnownLink       `json:"link,omitempty"`
}

// KnownLink is what is known of the one-time link that a page is behind: what it is good
// for, or why it is good for nothing.
type KnownLink struct {
	Info    api.LinkInfo `json:"info,omitzero"`
	Refused api.Code     `json:"refused,omitempty"`
}

// knower is a page that can be drawn from what is known of who is signed in.
type knower interface{ knows(*Known) }

// linkKnower is a page that can be drawn from what is known of its link.
type linkKnower interface{ knowsLink(*KnownLink) }

// learn hands a page what a document brings along; k may be nil.
func learn(p page, k *Known) {
	if k == nil {
		return
	}
	if behind, is := p.(linkKnower); is && k.Link != nil {
		behind.knowsLink(k.Link)
	}
	if own, is := p.(knower); is && k.Link == nil {
		own.knows(k)
	}
}

// came notes that r's value has come with the document: the first call for it is not
// made.
func (r *remote[T]) came(v T) { r.progress, r.value = progress{status: ready, fresh: true}, v }

func (p *securityPage) knows(k *Known) {
	p.who.came(k.Session)
	p.info.came(k.Security)
}

func (p *homePage) knows(k *Known) {
	p.who.came(k.Session)
	p.security.came(k.Security)
}

// TakesKnown reports whether the page at path is drawn from what is known.
func TakesKnown(path string) bool {
	r, _ := find(path)
	_, ok := r.open().(knower)
	return ok
}
