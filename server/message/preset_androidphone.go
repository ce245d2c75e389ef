package message

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
)

// android is SMS Gateway for Android, through its cloud or on the phone itself: https://docs.sms-gate.app/integration/api/.
// It takes a message once by its id.
type android struct{ g Gateway }

func androidURL(Gateway) string { return "https://api.sms-gate.app/3rdparty/v1/messages" }

func openAndroid(g Gateway) (dialect, error) { return android{g}, nil }

func (d android) request(ctx context.Context, text Text) (*http.Request, error) {
	type content struct {
		Text string `json:"text"`
	}
	body, err := json.Marshal(struct {
		ID           string   `json:"id"`
		TextMessage  content  `json:"textMessage"`
		PhoneNumbers []string `json:"phoneNumbers"`
	}{text.ID, content{text.Body}, []string{text.To}})
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, d.g.URL, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.SetBasicAuth(d.g.User, d.g.Password)
	return r, nil
}

// verdict takes 409 for a success: an earlier try arrived, and only its answer was lost.
func (d android) verdict(a answer) *Failure {
	if a.status == http.StatusConflict {
		return nil
	}
	return refusal(a)
}
