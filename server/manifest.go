package server

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"

	"doorward/app/words"
	"doorward/server/languages"
)

// manifests are the web app manifest (W3C) in each language, by its tag.
type manifests map[string][]byte

// newManifests reads manifest.webmanifest and says what people read of it in every
// language. Shortcuts have the names of the pages that they lead to.
func newManifests(files fs.FS) (manifests, error) {
	text, err := fs.ReadFile(files, "manifest.webmanifest")
	if err != nil {
		return nil, err
	}
	m := manifests{}
	for _, l := range languages.Every() {
		var all map[string]any
		if err := json.Unmarshal(text, &all); err != nil {
			return nil, fmt.Errorf("manifest.webmanifest: %w", err)
		}
		w := l.Client.Frame
		all["lang"], all["description"] = l.Tag, w.Description
		if err := nameShortcuts(all, w); err != nil {
			return nil, err
		}
		if m[l.Tag], err = json.Marshal(all); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func nameShortcuts(manifest map[string]any, w words.Frame) error {
	names := map[string]string{"/profile/security": w.Security, "/profile/activity": w.Activity}
	shortcuts, _ := manifest["shortcuts"].([]any)
	for _, one := range shortcuts {
		shortcut, _ := one.(map[string]any)
		path, _ := shortcut["url"].(string)
		name, ok := names[path]
		if !ok {
			return fmt.Errorf("manifest.webmanifest: the shortcut to %q has no name", path)
		}
		shortcut["name"] = name
	}
	return nil
}

// manifest sends the manifest in the language of this browser.
func (s *Server) manifest(w http.ResponseWriter, r *http.Request) {
	c := &caller{}
	s.identifyLanguage(r, c)
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Type", "application/manifest+json")
	h.Set("Content-Language", c.speaks.Tag)
	h.Set("Vary", "Accept-Language, Cookie")
	w.Write(s.pages.manifests[c.speaks.Tag])
}
