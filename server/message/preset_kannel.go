package message

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
)

// kannel is the sendsms interface of Kannel's smsbox: https://www.kannel.org/download/1.5.0/userguide-1.5.0/userguide.html,
// "Using the HTTP interface to send SMS messages". It has no key against repeats.
type kannel struct {
	g  Gateway
	at *url.URL // with what the operator added, such as smsc=…
}

func openKannel(g Gateway) (dialect, error) {
	at, err := url.Parse(g.URL)
	if err != nil {
		return nil, err
	}
	return kannel{g: g, at: at}, nil
}

func (k kannel) request(ctx context.Context, text Text) (*http.Request, error) {
	at := *k.at
	q := at.Query()
	q.Set("username", k.g.User)
	q.Set("password", k.g.Password)
	q.Set("to", text.To)
	q.Set("text", text.Body)
	q.Set("charset", "UTF-8")
	q.Set("coding", "0")
	if !fitsGSM7(text.Body) {
		q.Set("coding", "2")
	}
	if k.g.From != "" {
		q.Set("from", k.g.From) // else Kannel's own default-sender
	}
	at.RawQuery = q.Encode()
	return http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
}

// verdict tells Kannel's two kinds of 403 apart: wrong password, and a number that no route leads to. Gateways that only
// speak like Kannel say 200 with its words.
func (k kannel) verdict(a answer) *Failure {
	f := refusal(a)
	switch {
	case a.status == http.StatusForbidden && bytes.HasPrefix(a.body, []byte("Not routable")):
		return &Failure{Permanent: true, Cause: "the gateway answered 403: no route leads to the number"}
	case f == nil && a.status != http.StatusAccepted && !bytes.HasPrefix(a.body, []byte("0:")) && !bytes.HasPrefix(a.body, []byte("3:")):
		return &Failure{Cause: "the gateway's answer is not one of Kannel"}
	}
	return f
}
