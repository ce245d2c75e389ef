package server

import (
	"context"
	"slices"

	"doorward/server/auth"
	"doorward/server/message"
)

// Delivery is how a portal reaches people. The zero Delivery reaches nobody:
// messages then wait in the outbox.
type Delivery struct {
	Mail        func(context.Context, message.Mail) error // nil: no mail server is configured
	Texts       func(context.Context, message.Text) error // nil: no gateway is configured
	Countries   []string                                  // that text messages go to, ISO 3166
	TextsPerDay int                                       // the ceiling of codes that are asked for in a day
	Development bool                                      // messages arrive on this machine only
	Arrivals    func() []message.Arrival                  // with Development: what has arrived
}

// channels are those that messages can leave by.
func (d Delivery) channels() []auth.Channel {
	list := []auth.Channel{auth.ByNote}
	if d.Mail != nil {
		list = append(list, auth.ByMail)
	}
	if d.Texts != nil {
		list = append(list, auth.ByText)
	}
	return list
}

// texts reports whether text messages can be sent.
func (d Delivery) texts() bool { return d.Texts != nil }

// reaches reports whether text messages go to a country.
func (d Delivery) reaches(country string) bool { return slices.Contains(d.Countries, country) }
