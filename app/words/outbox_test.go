package words

import "testing"

func TestOutbox_UnknownNamesStayAsTheyAre(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{English.Outbox.KindName("password_changed"), "Password changed"},
		{English.Outbox.KindName("from_a_newer_server"), "from_a_newer_server"},
		{English.Outbox.StateName("given_up"), "Given up"},
		{English.Outbox.StateName("lost"), "lost"},
	} {
		if c.got != c.want {
			t.Errorf("it is called %q, want %q", c.got, c.want)
		}
	}
}
