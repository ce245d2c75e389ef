package server_test

import (
	"encoding/base64"
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// listed returns the user names that a list has.
func listedPeople(list api.PeopleList) (names []string) {
	for _, row := range list.People {
		names = append(names, row.UserName)
	}
	return names
}

// Each filter finds whom it says.
func TestPeopleList_Filters(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		here := ada.User().Organization
		for _, name := range []string{"exempt", "gone", "guessed", "invited", "locked", "once"} {
			p.Add(name, auth.Member, here)
		}
		staffOf(p, "hugo", auth.Helper, here)
		p.Add("texter", auth.Member, here).SignIn().EnrollText(codesMobile)
		p.Add("elsewhere", auth.Member, p.Organization("Elsewhere"))
		p.Change("exempt", func(u *auth.User) { u.ExemptUntil = p.Clock.Now().Add(30 * 24 * time.Hour) })
		p.Change("once", func(u *auth.User) { u.ExemptUntil = p.Clock.Now().Add(-time.Hour) })
		p.Change("invited", func(u *auth.User) { u.State = auth.Invited })
		p.Change("gone", func(u *auth.User) { u.State = auth.Suspended })
		p.Change("locked", func(u *auth.User) { u.PasswordLocked = p.Clock.Now() })
		p.Clock.Advance(16 * time.Minute)
		b := p.Browser()
		for servertest.Refused(t, b, api.SignIn, api.SignInRequest{Name: "guessed@example.org", Password: "wrong"}) != check.Throttled {
		}
		servertest.Refused(t, b, api.SignIn, api.SignInRequest{Name: "once", Password: "wrong"})
		for _, tt := range []struct {
			filter api.PeopleFilter
			method api.Method
			want   string
		}{
			{api.FilterAll, "", "ada exempt gone guessed hugo invited locked once texter"},
			{api.FilterActive, "", "ada hugo texter"},
			{api.FilterOff, "", "exempt guessed locked once"},
			{api.FilterMethod, api.MethodTOTP, "ada hugo"},
			{api.FilterMethod, api.MethodText, "texter"},
			{api.FilterInvited, "", "invited"},
			{api.FilterSuspended, "", "gone"},
			{api.FilterThrottled, "", "guessed"},
			{api.FilterExempt, "", "exempt"},
			{api.FilterLocked, "", "locked"},
			{api.FilterStaff, "", "ada hugo"},
		} {
			got := servertest.Must(t, ada, api.People, api.PeopleRequest{Filter: tt.filter, Method: tt.method})
			if names := strings.Join(listedPeople(got), " "); names != tt.want || got.Found != len(got.People) || got.Everybody != 9 || got.Next != "" {
				t.Errorf("%q %s: %q, found %d of %d, want %q", tt.filter, tt.method, names, got.Found, got.Everybody, tt.want)
			}
		}
		p.Clock.Advance(16 * time.Minute)
		if got := servertest.Must(t, ada, api.People, api.PeopleRequest{Filter: api.FilterThrottled}); len(got.People) != 0 {
			t.Errorf("when the wait is over: %q", listedPeople(got))
		}
	}, servertest.WithTexts)
}

// A row tells how somebody stands: by what, since when, until when.
func TestPeopleList_Rows(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		added := p.Clock.Now()
		gus := p.Add("gus", auth.Member, ada.User().Organization)
		from := p.Clock.Now().Add(time.Hour)
		p.SetPolicy(func(policy *auth.Policy) { policy.MandatoryFrom = from })
		row := func() api.PersonRow {
			return servertest.Must(t, ada, api.People, api.PeopleRequest{Search: " GUS "}).People[0]
		}
		if got := row(); got.LastSignIn != 0 || got.Added != added.UnixMilli() || got.Due != from.UnixMilli() || got.Methods != nil {
			t.Errorf("at first: %+v", got)
		}
		gus.SignIn()
		at := p.Clock.Now()
		gus.Enroll()
		if got := row(); got.LastSignIn != at.UnixMilli() || got.Due != 0 || !slices.Equal(got.Methods, []api.Method{api.MethodTOTP}) || got.TwoFactorSince == 0 {
			t.Errorf("with two-factor: %+v", got)
		}
		p.Clock.Advance(time.Minute)
		half := gus.Halfway()
		if got := row(); got.LastSignIn != at.UnixMilli() {
			t.Error("the password alone counts as a sign-in")
		}
		servertest.Must(t, half, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: gus.Passcode()})
		if got := row(); got.LastSignIn != p.Clock.Now().UnixMilli() {
			t.Error("the second step is no sign-in")
		}
	})
}

// Pages follow one another in every order. A mark that is damaged, or of another order,
// is refused and nothing breaks.
func TestPeopleList_Pages(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		here := ada.User().Organization
		for i := range 2*api.PeoplePage + 3 {
			p.Add(fmt.Sprintf("p%03d", i), auth.Member, here)
		}
		for _, sort := range []api.PeopleSort{api.SortName, api.SortSignIn, api.SortAdded} {
			for _, descending := range []api.Tick{false, true} {
				req := api.PeopleRequest{Sort: sort, Descending: descending, Search: "p"}
				seen := map[string]bool{}
				var sizes []int
				for {
					got := servertest.Must(t, ada, api.People, req)
					for _, row := range got.People {
						seen[row.ID] = true
					}
					if sizes = append(sizes, len(got.People)); got.Found != 104 || got.Everybody != 104 {
						t.Errorf("%q: found %d of %d", sort, got.Found, got.Everybody)
					}
					if req.After = got.Next; got.Next == "" {
						break
					}
				}
				if !slices.Equal(sizes, []int{50, 50, 4}) || len(seen) != 104 {
					t.Errorf("%q: pages of %v, %d people", sort, sizes, len(seen))
				}
			}
		}
		next := servertest.Must(t, ada, api.People, api.PeopleRequest{}).Next
		mark := func(v string) string { return base64.RawURLEncoding.EncodeToString([]byte(v)) }
		for name, req := range map[string]api.PeopleRequest{
			"of another order": {After: next, Sort: api.SortAdded},
			"cut off":          {After: next[:len(next)-3]},
			"no base64":        {After: "!" + next},
			"no JSON":          {After: mark("{")},
			"a wrong type":     {After: mark(`{"i":1}`)},
			"no person":        {After: mark(`{"n":"ada"}`)},
			"a wrong person":   {After: mark(`{"n":"ada","i":"' OR 1=1"}`)},
			"a zero byte":      {After: mark(`{"n":"a\u0000","i":"AAAAAAAAAAAAAAAAAAAAAA"}`)},
			"too long":         {After: strings.Repeat("A", 1025)},
			"searched for NUL": {Search: "a\x00b"},
		} {
			if got := servertest.Refused(t, ada, api.People, req); got != check.BadCharacters {
				t.Errorf("%s: %q", name, got)
			}
		}
		for _, strange := range []string{"%", "_", "'", "\\", "?", "?0", "\u202e", strings.Repeat("ü", api.MaxSearch)} {
			if got := servertest.Must(t, ada, api.People, api.PeopleRequest{Search: strange}); len(got.People) != 0 {
				t.Errorf("%q finds %q", strange, listedPeople(got))
			}
		}
		if strings.Contains(p.Log.String(), "fault") {
			t.Error("something broke: " + p.Log.String())
		}
	})
}

// The file has everybody who is looked for, whatever the page, in every row what the
// list has; nothing in it is a formula. That it was made is in the audit.
func TestExportPeople(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		here, there := ada.User().Organization, p.Organization("Elsewhere")
		for i := range 520 {
			p.Add(fmt.Sprintf("p%03d", i), auth.Member, here)
		}
		p.Add("zoe", auth.Member, there)
		p.Change("p007", func(u *auth.User) { u.DisplayName, u.ExemptUntil = "=cmd|' /C calc'!A0", p.Clock.Now().Add(time.Hour) })
		read := func(body string) [][]string {
			t.Helper()
			status, answer, err := ada.Send(t.Context(), http.MethodPost, api.ExportPeople.Path, []byte(body))
			if err != nil || status != http.StatusOK {
				t.Fatalf("%s: %d, %v", body, status, err)
			}
			rows, err := csv.NewReader(strings.NewReader(string(answer))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			return rows
		}
		rows := read(`{"search":"p0","sort":"added"}`)
		names := map[string][]string{}
		for _, row := range rows[1:] {
			names[row[1]] = row
		}
		if len(rows) != 101 || len(names) != 100 {
			t.Errorf("%d rows, %d people", len(rows), len(names))
		}
		want := []string{"'=cmd|' /C calc'!A0", "p007", "p007@example.org", "member", "active", "", "", "", p.Clock.Now().Format(time.RFC3339), p.Clock.Now().Add(time.Hour).Format(time.RFC3339), "", ""}
		if got := names["p007"]; got == nil || !slices.Equal(slices.Concat(got[:8], got[9:]), slices.Concat(want[:8], want[9:])) || !strings.HasSuffix(got[8], "Z") {
			t.Errorf("a row: %q", got)
		}
		if n := len(read(`{}`)); n != 522 {
			t.Errorf("everybody: %d rows", n)
		}
		if n := len(read(fmt.Sprintf(`{"organization":%q}`, there))); n != 2 {
			t.Errorf("another organization: %d rows", n)
		}
		if n := p.Count("SELECT count(*) FROM audit WHERE kind = 'exported'"); n != 3 {
			t.Errorf("%d exports are in the audit", n)
		}
		hugo := staffOf(p, "hugo", auth.Helper, here)
		if got := answerTo(t, hugo.Browser, api.ExportPeople.Path, `{}`); !strings.HasPrefix(got, "403") {
			t.Errorf("a helper: %q", got)
		}
		ina := staffOf(p, "ina", auth.Admin, here)
		if got := answerTo(t, ina.Browser, api.ExportPeople.Path, fmt.Sprintf(`{"organization":%q}`, there)); !strings.HasPrefix(got, "404") {
			t.Errorf("another organization, by an administrator: %q", got)
		}
		if got := servertest.Refused(t, ina, api.People, api.PeopleRequest{Organization: string(there)}); got != check.NotFound {
			t.Errorf("the list of another organization: %q", got)
		}
	})
}
