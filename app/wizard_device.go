package app

import (
	"strconv"
	"strings"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// device is what the wizard knows about the device it runs on.
type device struct {
	agent  string // as the browser names itself
	touch  bool   // the main pointer is a finger: it is a phone or a tablet
	narrow bool   // there is room for one thing at a time
}

// thisDevice asks the browser. Natively nothing is known.
func thisDevice() device {
	if !goapp.IsClient {
		return device{}
	}
	nav := goapp.Window().Get("navigator")
	agent := nav.Get("userAgent").String()
	if nav.Get("maxTouchPoints").Truthy() && nav.Get("maxTouchPoints").Int() > 1 && strings.Contains(agent, "Macintosh") {
		agent = strings.ReplaceAll(agent, "Macintosh", "iPad") // an iPad says that it is a Mac
	}
	is := func(query string) bool { return goapp.Window().Call("matchMedia", query).Get("matches").Truthy() }
	return device{agent: agent, touch: is("(pointer: coarse)"), narrow: is("(max-width: 37.4375em)")}
}

// system is the system whose apps are offered first. At a computer most people
// have a phone beside them, and the most common kind is Android.
func (d device) system() system {
	switch {
	case strings.Contains(d.agent, "iPhone"), strings.Contains(d.agent, "iPad"), strings.Contains(d.agent, "Macintosh"):
		return onIOS
	}
	return onAndroid
}

// suggestion is a name for the authenticator: what the old one was called when it
// is replaced, otherwise the kind of device, with a number when there is one such
// already.
func (d device) suggestion(replaces string, list []api.AuthenticatorRow) string {
	for _, a := range list {
		if replaces != "" && a.ID == replaces || replaces == replaceAny && len(list) == 1 {
			return a.Name
		}
	}
	w := &say().Wizard
	base := w.Phone
	switch {
	case strings.Contains(d.agent, "iPhone"):
		base = w.IPhone
	case strings.Contains(d.agent, "iPad"):
		base = w.IPad
	case strings.Contains(d.agent, "Android"):
		base = w.AndroidPhone
	}
	if replaces == replaceAny {
		return base
	}
	return unlike(base, list)
}

// unlike returns base, with a number behind it when one of list is called so.
func unlike(base string, list []api.AuthenticatorRow) string {
	name := base
	for n := 2; named(list, name); n++ {
		name = base + " " + strconv.Itoa(n)
	}
	return name
}

func named(list []api.AuthenticatorRow, name string) bool {
	for _, a := range list {
		if check.Fold(a.Name) == check.Fold(name) {
			return true
		}
	}
	return false
}

// newest returns the authenticator that was added last.
func newest(list []api.AuthenticatorRow) api.AuthenticatorRow {
	var last api.AuthenticatorRow
	for _, a := range list {
		if a.Added >= last.Added {
			last = a
		}
	}
	return last
}
