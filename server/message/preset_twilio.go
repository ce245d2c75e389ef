package message

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// twilio is Twilio's Messages API: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource.
// It has no key against repeats.
type twilio struct{ g Gateway }

// Identifiers of Twilio: two letters and 32 hexadecimal digits.
var (
	accountSID = regexp.MustCompile(`^AC[0-9a-f]{32}$`)
	serviceSID = regexp.MustCompile(`^MG[0-9a-f]{32}$`)
)

func twilioURL(g Gateway) string {
	return "https://api.twilio.com/2010-04-01/Accounts/" + g.User + "/Messages.json"
}

func checkTwilio(g Gateway) error {
	if g.URL == "" && !accountSID.MatchString(g.User) {
		return fmt.Errorf("DOORWARD_SMS_USER %q: the account SID, AC and 32 hexadecimal digits; with an API key, DOORWARD_SMS_URL names the account", g.User)
	}
	if strings.HasPrefix(g.From, "MG") && len(g.From) > 11 && !serviceSID.MatchString(g.From) {
		return fmt.Errorf("DOORWARD_SMS_FROM %q: the SID of a messaging service is MG and 32 hexadecimal digits", g.From)
	}
	return checkBasicUser(g)
}

// checkBasicUser refuses a user that HTTP cannot tell from the password.
func checkBasicUser(g Gateway) error {
	if strings.Contains(g.User, ":") {
		return fmt.Errorf("DOORWARD_SMS_USER %q: no user has a colon in it", g.User)
	}
	return nil
}

func openTwilio(g Gateway) (dialect, error) { return twilio{g}, nil }

func (t twilio) request(ctx context.Context, text Text) (*http.Request, error) {
	sender := "From"
	if serviceSID.MatchString(t.g.From) {
		sender = "MessagingServiceSid"
	}
	r, err := formRequest(ctx, t.g.URL, url.Values{"To": {text.To}, sender: {t.g.From}, "Body": {text.Body}})
	if err != nil {
		return nil, err
	}
	r.SetBasicAuth(t.g.User, t.g.Password)
	return r, nil
}

// forever are the errors of Twilio that are the number's: not one, no mobile one, in a country that the account does not
// send to, and of somebody who answered STOP.
var forever = []int{21211, 21614, 21408, 21610}

func (t twilio) verdict(a answer) *Failure {
	f := refusal(a)
	var said struct{ Code int } // and a message, which repeats the number
	if f == nil || !a.read(&said) || said.Code == 0 {
		return f
	}
	f.Cause += fmt.Sprintf(", Twilio error %d", said.Code)
	f.Permanent = slices.Contains(forever, said.Code)
	return f
}
