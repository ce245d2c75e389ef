package auth

import (
	"testing"

	"doorward/shared/check"
)

func TestMayHelp_FollowsTheOrderOfRoles(t *testing.T) {
	for _, tt := range []struct {
		by, whom Role
		here     check.Code // in the same organization
		there    check.Code // in another
	}{
		{Member, Member, check.NotFound, check.NotFound},
		{Member, Operator, check.NotFound, check.NotFound},
		{Helper, Member, "", check.NotFound},
		{Helper, Helper, check.Forbidden, check.NotFound},
		{Helper, Admin, check.Forbidden, check.NotFound},
		{Helper, Operator, check.Forbidden, check.NotFound},
		{Admin, Member, "", check.NotFound},
		{Admin, Helper, "", check.NotFound},
		{Admin, Admin, "", check.NotFound},
		{Admin, Operator, check.Forbidden, check.NotFound},
		{Operator, Member, "", ""},
		{Operator, Helper, "", ""},
		{Operator, Admin, "", ""},
		{Operator, Operator, "", ""},
	} {
		by := User{ID: "by", Organization: "acme", Role: tt.by}
		for organization, want := range map[ID]check.Code{"acme": tt.here, "zeta": tt.there} {
			code, refused := Refused(by.MayHelp(User{ID: "whom", Organization: organization, Role: tt.whom}))
			if code != want || refused != (want != "") {
				t.Errorf("%s helps %s of %s: %q, want %q", tt.by, tt.whom, organization, code, want)
			}
		}
		if by.MayHelp(by) == nil {
			t.Errorf("%s helps themselves", tt.by)
		}
	}
}
