package app

import "doorward/shared/api"

// Known is what the document of a signed-in person's page brings along, so that the
// page can be read before the client has come. The client takes it from the document
// and asks for none of it again.
type Known struct {
	Session  api.SessionInfo  `json:"session"`
	Security api.SecurityInfo `json:"security"`
}

// knower is a page that can be drawn from what is known.
type knower interface{ knows(*Known) }

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
