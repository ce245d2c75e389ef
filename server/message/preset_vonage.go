package message

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// vonage is Vonage's SMS API: https://developer.vonage.com/en/api/sms. It has no key against repeats.
type vonage struct{ g Gateway }

func vonageURL(Gateway) string { return "https://rest.nexmo.com/sms/json" }

func openVonage(g Gateway) (dialect, error) { return vonage{g}, nil }

func (v vonage) request(ctx context.Context, text Text) (*http.Request, error) {
	form := url.Values{
		"api_key": {v.g.User}, "api_secret": {v.g.Password},
		"from": {strings.TrimPrefix(v.g.From, "+")}, "to": {strings.TrimPrefix(text.To, "+")}, "text": {text.Body},
	}
	if !fitsGSM7(text.Body) {
		form.Set("type", "unicode")
	}
	return formRequest(ctx, v.g.URL, form)
}

// vonageStatus are the statuses of Vonage that have a meaning here, in our words, and whether they are final. All others
// are tried again: an operator may mend them.
var vonageStatus = map[string]struct {
	cause string
	final bool
}{
	"1":  {"it asks to wait", false},
	"3":  {"an invalid parameter", true},
	"4":  {"look at DOORWARD_SMS_USER and DOORWARD_SMS_PASSWORD", false},
	"5":  {"an error of its own", false},
	"6":  {"it cannot deliver there", true},
	"7":  {"the number is barred", true},
	"8":  {"the account is suspended", false},
	"9":  {"the account has no credit left", false},
	"12": {"the message is too long", true},
	"15": {"the sender is not allowed there; look at DOORWARD_SMS_FROM", true},
	"29": {"the number is not on the account's list of test numbers", false},
	"33": {"the number is not in use any more", true},
}

// verdict looks at each part of the message: Vonage answers 200 whatever becomes of them.
func (v vonage) verdict(a answer) *Failure {
	if f := refusal(a); f != nil {
		return f
	}
	var said struct {
		Messages []struct{ Status string } // and an error-text, which may repeat the number
	}
	if !a.read(&said) || len(said.Messages) == 0 {
		return &Failure{Cause: "the gateway's answer is not one of Vonage"}
	}
	for _, part := range said.Messages {
		if part.Status == "0" {
			continue
		}
		known, ok := vonageStatus[part.Status]
		if !ok {
			return &Failure{Cause: "the gateway refused the message" + number(part.Status, ", Vonage status %s")}
		}
		return &Failure{Permanent: known.final, Cause: fmt.Sprintf("the gateway refused the message, Vonage status %s: %s", part.Status, known.cause)}
	}
	return nil
}

// number returns what a provider says is a number, in format, or nothing when it is none.
func number(said, format string) string {
	if said == "" || len(said) > 3 || strings.Trim(said, "0123456789") != "" {
		return ""
	}
	return fmt.Sprintf(format, said)
}

// The characters of a text message that takes 7 bits each, and those that take two of them. (3GPP TS 23.038 §6.2.1)
const (
	gsm7Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsm7More  = "\f^{}\\[~]|€"
)

// fitsGSM7 reports whether all of s can be sent in the 7-bit alphabet; the rest needs UCS-2.
func fitsGSM7(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !strings.ContainsRune(gsm7Basic, r) && !strings.ContainsRune(gsm7More, r) })
}
