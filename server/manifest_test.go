package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"testing"

	"doorward/app"
	"doorward/server/servertest"
)

// picture is an icon as a manifest names it.
type picture struct{ Src, Sizes, Type, Purpose string }

func TestManifest_LeadsToPagesAndPicturesThatAreThere(t *testing.T) {
	p := servertest.New(t, "")
	b := p.Browser()
	var m struct {
		ID, Name, Scope, Display string
		ShortName                string `json:"short_name"`
		StartURL                 string `json:"start_url"`
		Launch                   struct {
			Mode []string `json:"client_mode"`
		} `json:"launch_handler"`
		Share     any `json:"share_target"`
		Icons     []picture
		Shortcuts []struct {
			Name, URL string
			Icons     []picture
		}
	}
	answer := b.Get("/manifest.webmanifest")
	if err := json.Unmarshal(answer.Body.Bytes(), &m); err != nil || answer.Code != http.StatusOK {
		t.Fatalf("%d %v", answer.Code, err)
	}
	if m.ID != "/" || m.StartURL != "/" || m.Scope != "/" || m.Display != "standalone" || m.Name == "" || m.ShortName == "" || m.Share != nil {
		t.Errorf("the app is %+v", m)
	}
	// A link goes to the window that is open; start.js then decides.
	if len(m.Launch.Mode) == 0 || m.Launch.Mode[0] != "focus-existing" {
		t.Errorf("links open by %q", m.Launch.Mode)
	}
	purposes := map[string]bool{}
	for _, icon := range m.Icons {
		purposes[icon.Purpose+" "+icon.Sizes] = true
		shows(t, b, icon)
	}
	for _, want := range []string{" any", " 192x192", " 512x512", "maskable 512x512", "monochrome 512x512"} {
		if !purposes[want] {
			t.Errorf("there is no icon %q", want)
		}
	}
	var leads []string
	for _, s := range m.Shortcuts {
		leads = append(leads, s.URL)
		if s.Name == "" || len(s.Icons) == 0 || !app.IsPage(s.URL) {
			t.Errorf("a shortcut leads nowhere, or has no name or picture: %+v", s)
		}
		for _, icon := range s.Icons {
			shows(t, b, icon)
		}
	}
	if !slices.Equal(leads, []string{"/profile/security", "/profile/activity"}) {
		t.Errorf("the shortcuts lead to %q", leads)
	}
}

// shows fails unless a picture is there, and is what it is said to be.
func shows(t *testing.T, b *servertest.Browser, p picture) {
	t.Helper()
	answer := b.Get(p.Src)
	if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != p.Type {
		t.Errorf("%s: %d, %s", p.Src, answer.Code, answer.Header().Get("Content-Type"))
	}
	if p.Type == "image/svg+xml" {
		if !strings.Contains(answer.Body.String(), "<svg") {
			t.Errorf("%s is no drawing", p.Src)
		}
		return
	}
	drawn, err := png.Decode(bytes.NewReader(answer.Body.Bytes()))
	if err != nil {
		t.Errorf("%s: %v", p.Src, err)
		return
	}
	if size := fmt.Sprintf("%dx%d", drawn.Bounds().Dx(), drawn.Bounds().Dy()); size != p.Sizes {
		t.Errorf("%s is %s, not %s", p.Src, size, p.Sizes)
	}
	if _, _, _, corner := drawn.At(drawn.Bounds().Min.X, drawn.Bounds().Min.Y).RGBA(); p.Purpose == "maskable" != (corner == 0xffff) {
		t.Errorf("%s: only what is cut to shape by others fills its square", p.Src)
	}
}
