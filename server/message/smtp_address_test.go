package message

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestParseSMTP_Reads(t *testing.T) {
	for _, row := range []struct {
		address, password string
		want              SMTP
	}{
		{"smtp://mail.example.org", "", SMTP{Host: "mail.example.org", Port: 587, Encryption: STARTTLS}},
		{"smtps://mail.example.org/", "", SMTP{Host: "mail.example.org", Port: 465, Encryption: ImplicitTLS}},
		{"smtp://ada%40example.org:a%2Fb%3A%40@mail.example.org:2525", "", SMTP{Host: "mail.example.org", Port: 2525, Encryption: STARTTLS, User: "ada@example.org", Password: "a/b:@"}},
		{"smtps://ada:old@mail.example.org", "new", SMTP{Host: "mail.example.org", Port: 465, Encryption: ImplicitTLS, User: "ada", Password: "new"}},
		{"smtp://ada@localhost:25?tls=none", "x%20y", SMTP{Host: "localhost", Port: 25, Encryption: Unencrypted, User: "ada", Password: "x%20y"}},
		{"smtp://[::1]:1025?tls=none", "", SMTP{Host: "::1", Port: 1025, Encryption: Unencrypted}},
	} {
		row.want.From = `"Doorward" <auth@example.org>`
		if got, err := ParseSMTP(row.address, row.password, "Doorward <auth@example.org>"); err != nil || got != row.want {
			t.Errorf("%s: %#v of %q, %v", row.address, got, got.User, err)
		}
	}
}

func TestParseSMTP_SaysWhatIsWrongAndShowsNoPassword(t *testing.T) {
	const from = "auth@example.org"
	for _, row := range []struct{ address, password, from, want string }{
		{"", "", from, "DOORWARD_SMTP: cannot be read"},
		{"mail.example.org:587", "", from, "DOORWARD_SMTP: cannot be read"},
		{"ada:hunter2@mail.example.org:587", "", from, "DOORWARD_SMTP: cannot be read"},
		{"smtp:ada:hunter2@mail.example.org", "", from, "DOORWARD_SMTP: cannot be read"},
		{"smtp://ada:hunter2/x@mail.example.org", "", from, "DOORWARD_SMTP: cannot be read"},
		{"smtp://ada:2#hunter2@mail.example.org", "", from, "DOORWARD_SMTP: cannot be read"},
		{"smtp://ada:2?hunter2@mail.example.org", "", from, "DOORWARD_SMTP: cannot be read"},
		{"http://ada:hunter2@mail.example.org", "", from, `DOORWARD_SMTP "http://ada:xxxxx@mail.example.org": must be smtp://`},
		{"smtp://ada:hunter2@mail.example.org:0", "", from, `DOORWARD_SMTP "smtp://ada:xxxxx@mail.example.org:0": the port`},
		{"smtp://mail.example.org:65536", "", from, "the port must be"},
		{"smtp://mail.example.org/x", "", from, "must end after the port"},
		{"smtp://mail.example.org?tls=off", "", from, "the only option is tls=none"},
		{"smtp://mail.example.org?tls=none", "", from, "tls=none is for this very machine only"},
		{"smtp://10.0.0.1?tls=none", "", from, "tls=none is for this very machine only"},
		{"smtps://localhost?tls=none", "", from, "tls=none goes with smtp:// only"},
		{"smtp://ada@mail.example.org", "", from, "set DOORWARD_SMTP_PASSWORD"},
		{"smtp://mail.example.org", "hunter2", from, "has a password but no user name"},
		{"smtp://ada:hunter2%0d%0a@mail.example.org", "", from, "no control characters"},
		{"smtp://mail.example.org", "", "", `DOORWARD_MAIL_FROM ""`},
		{"smtp://mail.example.org", "", "Doorward", `DOORWARD_MAIL_FROM "Doorward"`},
		{"smtp://mail.example.org", "", "a@example.org, b@example.org", "DOORWARD_MAIL_FROM"},
		{"smtp://mail.example.org", "", "A <a@example.org>\r\nBcc: b@example.org", "DOORWARD_MAIL_FROM"},
		{"smtp://mail.example.org", "", "türe@example.org", "DOORWARD_MAIL_FROM"},
	} {
		_, err := ParseSMTP(row.address, row.password, row.from)
		if err == nil || !strings.Contains(err.Error(), row.want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s from %s: %v, want %q", row.address, row.from, err, row.want)
		}
	}
}

func TestSMTP_PrintsWithoutItsPassword(t *testing.T) {
	c, err := ParseSMTP("smtp://ada:hunter2@mail.example.org", "", "auth@example.org")
	if err != nil {
		t.Fatal(err)
	}
	if shown := fmt.Sprintf("%v %+v %#v %s %v", c, c, c, c, slog.AnyValue(c).Resolve()); strings.Contains(shown, "hunter2") || !strings.Contains(shown, "mail.example.org:587") {
		t.Error(shown)
	}
}

func TestScrub_LeavesNothingOfTheMessage(t *testing.T) {
	for reply, want := range map[string]string{
		"5.1.1 <Ada@Example.net>: no such user":                          "5.1.1 [address] no such user",
		"unknown: ada, ADA. ada ada":                                     "unknown: [address], [address]. [address] [address]",
		"see https://help.example.com/?a=ada%40example.net":              "see https://help.example.com/[…]",
		"mailto:ada=40example.net":                                       "[address]",
		"bad word 654321 in\r\ntext\x1b[2J":                              "bad word […] in text [2J",
		"token AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA not allowed": "token […] not allowed",
		"Canada is far": "Canada is far",
	} {
		if got := scrub(reply, "<ada@example.net>"); got != want {
			t.Errorf("%q became %q, want %q", reply, got, want)
		}
	}
	if long := scrub(strings.Repeat("no ", 1000)); len([]rune(long)) > replyLength+1 {
		t.Errorf("%d characters", len([]rune(long)))
	}
}
