package server

import (
	"reflect"
	"strings"
	"testing"

	"doorward/shared/api"
	"doorward/shared/check"
)

// A list is read however spreadsheets and people write it; what cannot be read is a row
// with a problem, and the rows behind it are read all the same.
func TestReadRows(t *testing.T) {
	row := func(line int, name, user, email, role string) api.InvitationOutcome {
		return api.InvitationOutcome{Line: line, InvitationRow: api.InvitationRow{DisplayName: name, UserName: user, Email: email, Role: role}}
	}
	ada, gus := row(1, "Ada Lovelace", "ada", "ada@example.org", "admin"), row(2, "Gus", "gus", "gus@example.org", "")
	shape := func(line int) api.InvitationOutcome {
		return api.InvitationOutcome{Line: line, Wrong: api.Problems{"line": check.RowShape}}
	}
	at := func(line int, r api.InvitationOutcome) api.InvitationOutcome { r.Line = line; return r }
	for name, tt := range map[string]struct {
		text string
		want []api.InvitationOutcome
	}{
		"commas":                  {"Ada Lovelace,ada,ada@example.org,admin\nGus,gus,gus@example.org", []api.InvitationOutcome{ada, gus}},
		"semicolons and CRLF":     {"Ada Lovelace;ada;ada@example.org;admin\r\nGus;gus;gus@example.org;\r\n", []api.InvitationOutcome{ada, gus}},
		"tabs":                    {"Ada Lovelace\tada\tada@example.org\tadmin\nGus\tgus\tgus@example.org\n", []api.InvitationOutcome{ada, gus}},
		"a mark at the front":     {"\uFEFFAda Lovelace,ada,ada@example.org,admin", []api.InvitationOutcome{ada}},
		"spaces and a role":       {" Ada Lovelace , ada , ada@example.org , ADMIN ", []api.InvitationOutcome{ada}},
		"titles":                  {"Name,User name,E-mail,Role\nAda Lovelace,ada,ada@example.org,admin", []api.InvitationOutcome{at(2, ada)}},
		"titles in another order": {"EMAIL;role;USERNAME;name\nada@example.org;admin;ada;Ada Lovelace", []api.InvitationOutcome{at(2, ada)}},
		"titles of an export":     {"display_name,user_name,email,role,state\nAda Lovelace,ada,ada@example.org,admin,active", []api.InvitationOutcome{at(2, ada)}},
		"titles in French":        {"Nom;Nom d'utilisateur;Adresse e-mail;Rôle\nAda Lovelace;ada;ada@example.org;administrateur", []api.InvitationOutcome{at(2, ada)}},
		"titles in German":        {"Name,Benutzername,E-Mail,Rolle\nAda Lovelace,ada,ada@example.org,Administration", []api.InvitationOutcome{at(2, ada)}},
		"a role in Spanish":       {"Ada Lovelace,ada,ada@example.org,Administrador", []api.InvitationOutcome{ada}},
		"two titles":              {"email,user name\ngus@example.org,gus", []api.InvitationOutcome{row(2, "", "gus", "gus@example.org", "")}},
		"titles in the middle":    {"Gus,gus,gus@example.org\nname,user name,e-mail", []api.InvitationOutcome{at(1, gus), row(2, "name", "user name", "e-mail", "")}},
		"quotes":                  {"\"Lovelace, \"\"Ada\"\"\",ada,ada@example.org,", []api.InvitationOutcome{row(1, `Lovelace, "Ada"`, "ada", "ada@example.org", "")}},
		"a separator in quotes":   {"\"a;b;c;d\",ada,ada@example.org", []api.InvitationOutcome{row(1, "a;b;c;d", "ada", "ada@example.org", "")}},
		"blank lines":             {"\n \n,,,\nGus,gus,gus@example.org\n\n", []api.InvitationOutcome{at(4, gus)}},
		"no name":                 {",gus,gus@example.org", []api.InvitationOutcome{row(1, "", "gus", "gus@example.org", "")}},
		"too few":                 {"gus,gus@example.org\nGus,gus,gus@example.org", []api.InvitationOutcome{{Line: 1, InvitationRow: api.InvitationRow{DisplayName: "gus", UserName: "gus@example.org"}, Wrong: shape(1).Wrong}, gus}},
		"too many":                {"Gus,gus,gus@example.org,member,more", []api.InvitationOutcome{{Line: 1, InvitationRow: row(1, "Gus", "gus", "gus@example.org", "member").InvitationRow, Wrong: shape(1).Wrong}}},
		"a broken quote":          {"Ada \"Lovelace,ada,ada@example.org\nGus,gus,gus@example.org", []api.InvitationOutcome{shape(1), gus}},
		"a quote without an end":  {"Ada Lovelace,ada,ada@example.org,admin\n\"Gus,gus,gus@example.org\nMia,mia,mia@example.org", []api.InvitationOutcome{ada, shape(2)}},
		"nothing":                 {" \n", nil},
	} {
		got, ok := readRows(tt.text)
		if !ok || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
	if rows, ok := readRows(strings.Repeat("a,aa,a@example.org\n", api.MaxInvitations)); !ok || len(rows) != api.MaxInvitations {
		t.Errorf("as many as may be: %d, %t", len(rows), ok)
	}
	if _, ok := readRows(strings.Repeat("a,aa,a@example.org\n", api.MaxInvitations+1)); ok {
		t.Error("one more is read")
	}
}

// Whatever is pasted, reading it ends, and each row has a line and either parts or a
// problem.
func FuzzReadRows(f *testing.F) {
	for _, seed := range []string{"Name,User name,E-mail\nAda,ada,ada@example.org", "\uFEFF\"a\"\"b\";c;d\r\n", "\"", "a\tb\tc\n\n\"x\"y,", "\r\r\n,;\t", "\x00,\xff,"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rows, ok := readRows(text)
		if !ok && rows != nil || len(rows) > api.MaxInvitations {
			t.Fatalf("%d rows, %t", len(rows), ok)
		}
		lines := strings.Count(text, "\n") + 1
		before := 0
		for _, row := range rows {
			if row.Line <= before || row.Line > lines {
				t.Fatalf("line %d behind %d, of %d", row.Line, before, lines)
			}
			before = row.Line
			if row.Wrong == nil && row.UserName == "" && row.Email == "" && row.DisplayName == "" && row.Role == "" {
				t.Fatalf("line %d is empty and nothing is wrong with it", row.Line)
			}
		}
	})
}

// A cell that a spreadsheet would reckon is text.
func TestHarmless(t *testing.T) {
	for cell, want := range map[string]string{"=1+1": "'=1+1", "+49": "'+49", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t'=1", "\r=1": "'\r'=1",
		"": "", "Ada": "Ada", "a=1": "a=1", "'=1": "'=1"} {
		if got := harmlessCell(cell); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}
