package words_test

import (
	"testing"

	"doorward/app/words"
	"doorward/server/message"
)

func TestOutbox_EveryKindOfMailHasWords(t *testing.T) {
	for _, k := range append(message.Kinds(), "text_code", "invitation") {
		if words.English.Outbox.KindName(string(k)) == string(k) {
			t.Errorf("there are no words for %q", k)
		}
	}
}
