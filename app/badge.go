package app

import goapp "github.com/maxence-charriere/go-app/v10/pkg/app"

// badgeKind chooses the colour and the icon of a badge.
type badgeKind string

// The kinds of badge.
const (
	badgeGood    badgeKind = "good"
	badgeOff     badgeKind = "off"
	badgeWarning badgeKind = "warning"
	badgeBad     badgeKind = "bad"
)

// badge says a state in a word with an icon; the colour only repeats it.
func badge(kind badgeKind, text string) goapp.UI {
	mark := iconShieldOn
	switch kind {
	case badgeOff:
		mark = iconShieldOff
	case badgeWarning:
		mark = iconWarning
	case badgeBad:
		mark = iconAlert
	}
	return goapp.Span().Class("badge", string(kind)).Body(mark.draw(), span("", text))
}

// activeBadge says whether two-factor authentication is on: Active or Not set up.
func activeBadge(active bool) goapp.UI {
	if active {
		return badge(badgeGood, say().Parts.Active)
	}
	return badge(badgeOff, say().Parts.NotSetUp)
}
