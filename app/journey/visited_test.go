package journey_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
)

// visited remembers what a browser asked for and what was typed into it.
type visited struct {
	mu        sync.Mutex
	addresses []string
	answers   []answer
	secrets   []string
}

// answer is where an answer came from.
type answer struct {
	address    string
	fromWorker bool // the service worker's hands
	fromCache  bool
}

// typed notes what may be part of no address. Short things are parts of too much.
func (v *visited) typed(text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(text) >= 6 {
		v.secrets = append(v.secrets, text)
	}
}

// see takes in one event of the page.
func (v *visited) see(event any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		v.addresses = append(v.addresses, e.Request.URL)
	case *page.EventNavigatedWithinDocument:
		v.addresses = append(v.addresses, e.URL)
	case *network.EventResponseReceived:
		v.answers = append(v.answers, answer{e.Response.URL, e.Response.FromServiceWorker, e.Response.FromDiskCache})
	}
}

// check fails when something typed was part of an address.
func (v *visited) check(t *testing.T) {
	t.Helper()
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, secret := range v.secrets {
		for _, way := range escaped(secret) {
			for _, a := range v.addresses {
				if strings.Contains(a, way) && !strings.HasPrefix(a, "blob:") {
					t.Errorf("%q was typed, and is part of %s", secret, a)
				}
			}
		}
	}
}

// answered returns where the answers from addresses that contain part came from.
func (v *visited) answered(part string) []answer {
	v.mu.Lock()
	defer v.mu.Unlock()
	var found []answer
	for _, a := range v.answers {
		if strings.Contains(a.address, part) {
			found = append(found, a)
		}
	}
	return found
}
