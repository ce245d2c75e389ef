package auth

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
)

// Whatever prints a secret through slog prints [redacted], in both formats and
// inside of a group.
func TestLogValue_NoSecretInALog(t *testing.T) {
	secrets := []slog.LogValuer{Token("the token itself"), Secret("the secret itself"), Hash("the hash itself"), RecoveryHash("the code itself")}
	for _, secret := range secrets {
		var text, js bytes.Buffer
		for _, h := range []slog.Handler{slog.NewTextHandler(&text, nil), slog.NewJSONHandler(&js, nil)} {
			slog.New(h).Info("message", "value", secret, slog.Group("group", "inner", secret))
		}
		for _, printed := range []string{text.String(), js.String()} {
			if strings.Contains(printed, "itself") || strings.Count(printed, "[redacted]") != 2 {
				t.Errorf("%T: %s", secret, printed)
			}
		}
		if encoded, err := json.Marshal(secret); err == nil && bytes.Contains(js.Bytes(), encoded) {
			t.Errorf("%T: its JSON is in the log: %s", secret, js.String())
		}
	}
}
