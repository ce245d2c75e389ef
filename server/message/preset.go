package message

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// preset is one kind of gateway.
type preset struct {
	url   func(Gateway) string // the provider's own address; nil when each operator has one
	user  bool                 // a user and a password are needed
	from  bool                 // a sender is needed
	check func(Gateway) error
	open  func(Gateway) (dialect, error)
}

var presets = map[string]preset{
	"twilio":  {url: twilioURL, user: true, from: true, check: checkTwilio, open: openTwilio},
	"vonage":  {url: vonageURL, user: true, from: true, check: checkNothing, open: openVonage},
	"kannel":  {user: true, check: checkNothing, open: openKannel},
	"android": {url: androidURL, user: true, check: checkBasicUser, open: openAndroid},
	"custom":  {check: checkCustom, open: openCustom},
}

func checkNothing(Gateway) error { return nil }

// formRequest returns a POST of form values.
func formRequest(ctx context.Context, to string, form url.Values) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	return r, nil
}

// read decodes the JSON of an answer into v and reports whether it could.
func (a answer) read(v any) bool { return a.whole && json.Unmarshal(a.body, v) == nil }
