package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"doorward/server/auth"
	"doorward/server/message"
	"doorward/shared/check"
)

type mailTestCommand struct {
	Messages `embed:""`

	Address string `arg:"" help:"E-mail address."`
}

// Run sends a mail to try the settings.
func (c *mailTestCommand) Run(ctx bound, p *Place, io std) error {
	way, err := c.open(p, io.out)
	if err != nil {
		return err
	}
	defer way.close()
	return p.reaching(ctx, way.Delivery, func(portal *portal) error {
		if err := portal.server.TestMail(ctx, c.Address); err != nil {
			return notSent("mail", err)
		}
		if way.Development {
			_, err = fmt.Fprintln(io.out, "Development mode: the mail went no further than this terminal.")
			return err
		}
		_, err = fmt.Fprintf(io.out, "The mail server has taken a mail for %s. If it does not arrive, look into the spam folder and at DOORWARD_MAIL_FROM.\n", strings.TrimSpace(c.Address))
		return err
	})
}

type textTestCommand struct {
	Messages `embed:""`

	Number  string `arg:"" help:"Mobile number, with + and its calling code or as it is dialed in --country."`
	Country string `help:"Country that the number is dialed in, such as DE. Empty: the only one of --sms-countries." placeholder:"CODE"`
}

// Run sends a text message to try the settings.
func (c *textTestCommand) Run(ctx bound, p *Place, io std) error {
	way, err := c.open(p, io.out)
	if err != nil {
		return err
	}
	defer way.close()
	country := strings.ToUpper(strings.TrimSpace(c.Country))
	if country != "" && !slices.Contains(everywhere(), country) {
		return fmt.Errorf("--country %q: no such country; it is a code of two letters (ISO 3166), such as DE or GB", c.Country)
	}
	if country == "" && len(way.Countries) == 1 {
		country = way.Countries[0]
	}
	return p.reaching(ctx, way.Delivery, func(portal *portal) error {
		number, err := portal.server.TestText(ctx, c.Number, country)
		if refusal, ok := errors.AsType[*auth.Refusal](err); ok {
			return wrongNumber(refusal, number, way.Countries)
		}
		if err != nil {
			return notSent("text message", err)
		}
		if way.Development {
			_, err = fmt.Fprintln(io.out, "Development mode: the text message went no further than this terminal.")
			return err
		}
		_, err = fmt.Fprintf(io.out, "The gateway has taken a text message for %s (%s). The phone should get it within a minute.\n", number.E164, number.Country)
		return err
	})
}

// notSent says why something was not sent, unless err says already what to do.
func notSent(what string, err error) error {
	failure, ok := errors.AsType[*message.Failure](err)
	if !ok {
		return err
	}
	wait := ""
	if failure.After > 0 {
		wait = fmt.Sprintf(" (it asks to wait %s)", failure.After)
	}
	return fmt.Errorf("the %s was not sent: %s%s", what, failure.Cause, wait)
}

// wrongNumber says why no text message goes to a number.
func wrongNumber(refusal *auth.Refusal, number message.Number, countries []string) error {
	switch {
	case refusal.Field == "country":
		return errors.New("say which country the number is of: begin it with + and the calling code, or give --country")
	case refusal.Code == check.PhoneCountry:
		return fmt.Errorf("text messages do not go to %s: DOORWARD_SMS_COUNTRIES has %s", cmp.Or(number.Country, "that country"), strings.Join(countries, ", "))
	}
	why := map[check.Code]string{
		check.Required: "is empty", check.PhoneShape: "does not look like a telephone number", check.PhoneExtension: "has an extension, which takes no text messages",
		check.PhoneNotMobile: "is not a mobile number", check.PhonePremium: "costs extra to reach", check.PhoneImpossible: "does not exist in that country",
	}[refusal.Code]
	return fmt.Errorf("the number %s", cmp.Or(why, string(refusal.Code)))
}
