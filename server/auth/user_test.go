package auth

import (
	"testing"
	"time"

	"doorward/shared/check"
)

func TestLink_Use(t *testing.T) {
	l := Link{ID: "l", Kind: LinkInvitation, User: "ada", Created: noon, Expires: noon.Add(InvitationFor)}
	for _, tt := range []struct {
		name  string
		l     Link
		kind  LinkKind
		after time.Duration
		dead  bool
	}{
		{"at once", l, LinkInvitation, 0, false},
		{"in the last moment", l, LinkInvitation, InvitationFor - time.Millisecond, false},
		{"too late", l, LinkInvitation, InvitationFor, true},
		{"for something else", l, LinkSetup, 0, true},
		{"that never was", Link{}, LinkInvitation, 0, true},
		{"that never was, of no kind", Link{Expires: noon.Add(time.Hour)}, "", 0, true},
	} {
		if err := tt.l.Use(tt.kind, noon.Add(tt.after)); (code(err) == check.LinkDead) != tt.dead || (err != nil) != tt.dead {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestMayTurnOff(t *testing.T) {
	for _, tt := range []struct {
		name string
		u    User
		code check.Code
	}{
		{"with a long password", User{TwoFactorSince: noon}, ""},
		{"with a password too short to stand alone", User{TwoFactorSince: noon, PasswordShort: true}, check.PasswordShortAlone},
		{"when it is off", User{}, check.NotActive},
		{"when it is off, with a short password", User{PasswordShort: true}, check.NotActive},
	} {
		if err := tt.u.MayTurnOff(); code(err) != tt.code || (err != nil) != (tt.code != "") {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestMinPassword(t *testing.T) {
	if alone, with := ada.MinPassword(Policy{}), adaWith.MinPassword(Policy{}); alone != 15 || with != 8 {
		t.Errorf("%d alone and %d with a second factor", alone, with)
	}
}

func TestRole_NamesGoBothWays(t *testing.T) {
	for r := Member; r <= Operator; r++ {
		if got, err := ParseRole(r.String()); err != nil || got != r {
			t.Errorf("%s: %v, %v", r, got, err)
		}
	}
	for _, name := range []string{"", "Admin", "root", "role(9)"} {
		if _, err := ParseRole(name); err == nil {
			t.Errorf("%q is a role", name)
		}
	}
	if Member >= Helper || Helper >= Admin || Admin >= Operator {
		t.Error("the roles are out of order")
	}
}

func TestTokens_AreDifferentAndOpaque(t *testing.T) {
	a, b := NewToken([32]byte{1}), NewToken([32]byte{2})
	if a == b || a.Digest() == b.Digest() || check.Token(string(a)) != "" || check.ID(string(NewID([16]byte{3}))) != "" {
		t.Errorf("%s and %s", string(a), string(b))
	}
}
