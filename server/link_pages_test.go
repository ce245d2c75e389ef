package server_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"doorward/app"
	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// knownLink returns what the document at a link brings along; nil when it brings nothing.
func knownLink(t *testing.T, b *servertest.Browser, link string) *app.KnownLink {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	_, text := scripts(t, b.Get(u.Path).Body.String())
	if text == "" {
		return nil
	}
	var k app.Known
	if err := json.Unmarshal([]byte(text), &k); err != nil {
		t.Fatal(err)
	}
	if k.Session.UserID != "" || k.Link == nil {
		t.Errorf("the document of a link tells %s", text)
	}
	return k.Link
}

func TestLinkPages_TellWhatTheLinkIsGoodFor(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp()
		link, _, err := p.Server.Invite(t.Context(), server.Invitation{UserName: "grace", Email: "grace@example.org"})
		if err != nil {
			t.Fatal(err)
		}
		for range 3 { // opening it uses nothing up
			if k := knownLink(t, p.Browser(), link); k == nil || k.Refused != "" || k.Info.UserName != "grace" || k.Info.Email != "grace@example.org" {
				t.Fatalf("the invitation tells %+v", k)
			}
		}
		elsewhere := "/password/" + tokenOf(link)
		if k := knownLink(t, p.Browser(), elsewhere); k == nil || k.Refused != check.LinkDead || k.Info != (api.LinkInfo{}) {
			t.Errorf("the invitation at another page tells %+v", k)
		}
		servertest.Must(t, p.Browser(), api.AcceptInvitation, api.AcceptInvitationRequest{Token: tokenOf(link), Password: "sonnet marble lantern g"})
		if k := knownLink(t, ada.Browser, link); k == nil || k.Refused != check.LinkDead || k.Info != (api.LinkInfo{}) {
			t.Errorf("a used invitation tells %+v", k)
		}
		if body := p.Browser().Get("/invitation/" + tokenOf(link)).Body.String(); strings.Contains(body, "<form") {
			t.Error("a used invitation still asks for a password")
		}
	})
}

// Opening pages is no way round the limit of tokens that open nothing.
func TestLinkPages_CountAgainstTheLimit(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		link, _, err := p.Server.Invite(t.Context(), server.Invitation{UserName: "grace", Email: "grace@example.org"})
		if err != nil {
			t.Fatal(err)
		}
		b := p.Browser()
		guess := strings.Repeat("A", 43)
		for range auth.LimitLink.Free {
			if k := knownLink(t, b, "/invitation/"+guess); k == nil || k.Refused != check.LinkDead {
				t.Fatalf("a guess tells %+v", k)
			}
		}
		knownLink(t, b, "/invitation/"+guess)
		if got := servertest.Refused(t, b, api.CheckLink, api.CheckLinkRequest{Token: guess, Kind: api.LinkInvitation}); got != check.Throttled {
			t.Errorf("a guess by a call after so many pages: %q", got)
		}
		if k := knownLink(t, b, link); k != nil {
			t.Errorf("while the address waits, a page tells %+v", k)
		}
		p.Clock.Advance(24 * time.Hour)
		if k := knownLink(t, b, link); k == nil || k.Info.UserName != "grace" {
			t.Errorf("after the wait, a page tells %+v", k)
		}
	})
}
