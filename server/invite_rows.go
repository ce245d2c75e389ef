package server

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"doorward/server/languages"
	"doorward/shared/api"
	"doorward/shared/check"
)

// The parts of a row, in the order they have when no titles say another.
const (
	partName = iota
	partUserName
	partEmail
	partRole
	parts
)

// titles are what a column may be called, and roleNames what a role may be, in any
// language: without case, spaces and marks.
var titles, roleNames = namesOfColumns()

func namesOfColumns() (titles map[string]int, roles map[string]string) {
	titles, roles = map[string]int{
		"name": partName, "displayname": partName, "fullname": partName,
		"username": partUserName, "user": partUserName,
		"email": partEmail, "emailaddress": partEmail, "mail": partEmail,
		"role": partRole,
	}, map[string]string{}
	for _, l := range languages.Every() {
		w := &l.Client
		for part, names := range map[int][]string{partName: {w.Invite.Name, w.Profile.NameField}, partUserName: {w.Invite.UserName, w.Profile.UserName},
			partEmail: {w.Invite.Email, w.Email.Title}, partRole: {w.Invite.Role, w.Profile.Role}} {
			for _, name := range names {
				titles[unmarked(name)] = part
			}
		}
		for role, name := range w.People.Roles {
			roles[unmarked(name)] = role
		}
	}
	return titles, roles
}

// unmarked returns v without case, spaces and marks.
func unmarked(v string) string {
	return strings.NewReplacer(" ", "", "-", "", "_", "", "'", "", "’", "").Replace(check.Fold(v))
}

// readRows reads a list of people out of text: a person a line, separated by commas,
// semicolons or tabs. What cannot be read is a row with a problem. It reports false when
// there are too many.
func readRows(text string) ([]api.InvitationOutcome, bool) {
	text = strings.TrimPrefix(text, "\uFEFF")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = separator(text), -1, true
	var rows []api.InvitationOutcome
	columns, first := []int{partName, partUserName, partEmail, partRole}, true
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, true
		}
		row := api.InvitationOutcome{}
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			row.Line, row.Wrong = broken.StartLine, api.Problems{"line": check.RowShape}
		} else {
			if fields = withoutTail(fields); len(fields) == 0 {
				continue
			}
			if found := columnsOf(fields); first && found != nil {
				columns, first = found, false
				continue
			}
			row.Line, _ = r.FieldPos(0)
			fill(&row, fields, columns)
		}
		if first = false; len(rows) == api.MaxInvitations {
			return nil, false
		}
		rows = append(rows, row)
	}
}

// separator returns what separates the parts of the first line that has any.
func separator(text string) rune {
	for line := range strings.Lines(text) {
		if strings.Trim(line, " ,;\t\r\n") == "" {
			continue
		}
		best, most, quoted := ',', 0, false
		counts := map[rune]int{}
		for _, r := range line {
			if r == '"' {
				quoted = !quoted
			}
			if !quoted {
				counts[r]++
			}
		}
		for _, r := range []rune{',', ';', '\t'} {
			if counts[r] > most {
				best, most = r, counts[r]
			}
		}
		return best
	}
	return ','
}

// withoutTail returns fields without spaces around them, and without the empty ones at
// the end that spreadsheets put there.
func withoutTail(fields []string) []string {
	end := 0
	for i := range fields {
		if fields[i] = trim(fields[i]); fields[i] != "" {
			end = i + 1
		}
	}
	return fields[:end]
}

// columnsOf returns which part each column has, -1 for one that is not asked for, when
// fields are titles; otherwise nil.
func columnsOf(fields []string) []int {
	var columns []int
	seen := [parts]bool{}
	for _, title := range fields {
		part, ok := titles[unmarked(title)]
		if !ok || seen[part] {
			columns = append(columns, -1)
			continue
		}
		seen[part] = true
		columns = append(columns, part)
	}
	if !seen[partUserName] || !seen[partEmail] {
		return nil
	}
	return columns
}

// fill puts fields into row. Name, user name and address have to have a place.
func fill(row *api.InvitationOutcome, fields []string, columns []int) {
	has := [parts]bool{}
	for i, v := range fields {
		if i >= len(columns) {
			row.Wrong = api.Problems{"line": check.RowShape}
			return
		}
		if columns[i] < 0 {
			continue
		}
		has[columns[i]] = true
		switch columns[i] {
		case partName:
			row.DisplayName = v
		case partUserName:
			row.UserName = v
		case partEmail:
			row.Email = v
		case partRole:
			row.Role = check.Fold(v)
			if role, ok := roleNames[unmarked(v)]; ok {
				row.Role = role
			}
		}
	}
	if !has[partUserName] || !has[partEmail] {
		row.Wrong = api.Problems{"line": check.RowShape}
	}
}
