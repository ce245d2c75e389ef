package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// scene is a caller, and a person and an organization of either side of the wall.
type scene struct {
	stage       *stage
	own, other  auth.ID
	by          *servertest.Person
	mine, alien *servertest.Person
	name        string
}

// stage is a portal on which one scene comes after the other.
type stage struct {
	*servertest.Portal
	scenes int
}

// next names the next scene, and where its caller calls from.
func (g *stage) next() (name, address string) {
	g.scenes++
	return fmt.Sprintf("s%d", g.scenes), fmt.Sprintf("198.18.%d.%d", g.scenes/250, g.scenes%250+1)
}

// scene makes two organizations with a member each, and somebody of a role in the first
// who has two-factor, and has just signed in.
func (g *stage) scene(role auth.Role) *scene {
	p, s := g.Portal, &scene{stage: g}
	var address string
	s.name, address = g.next()
	s.own, s.other = p.Organization(s.name+" here"), p.Organization(s.name+" there")
	s.mine, s.alien = p.Add(s.name+"-mine", auth.Member, s.own).Equip(), p.Add(s.name+"-alien", auth.Member, s.other).Equip()
	p.Add(s.name+"-helper", auth.Helper, s.own) // whom a member can ask
	s.by = p.Add(s.name+"-by", role, s.own)
	s.by.Address = address
	if role == auth.Member {
		s.by.Equip()
	}
	s.by.SignIn()
	return s
}

// make has the caller, or another browser, make a call about the own side or the other,
// and returns the code of the answer; nothing for one that succeeds.
func (s *scene) make(t *testing.T, b *servertest.Browser, c server.Call, body string, own bool) (code check.Code, answer string) {
	t.Helper()
	organization, elsewhere, person := s.own, s.other, s.mine
	if !own {
		organization, elsewhere, person = s.other, s.own, s.alien
	}
	o, err := s.stage.Store.Organization(t.Context(), organization)
	if err != nil {
		t.Fatal(err)
	}
	link := ""
	if strings.Contains(body, "$link") {
		if _, _, err := s.stage.Server.PasswordLink(t.Context(), person.Name, "because"); err != nil {
			t.Fatal(err)
		}
		list, err := s.stage.Store.PendingLinks(t.Context(), person.User().ID, s.stage.Clock.Now())
		i := slices.IndexFunc(list, func(l auth.Link) bool { return l.Kind == auth.LinkPassword })
		if err != nil || i < 0 {
			t.Fatalf("no link is pending: %v", err)
		}
		link = string(list[i].ID)
	}
	side := map[bool]string{true: "own", false: "other"}[own]
	body = strings.NewReplacer("$person", person.ID(), "$organization", string(organization), "$elsewhere", string(elsewhere),
		"$version", fmt.Sprint(o.Version), "$link", link, "$new", "new-"+s.name+"-"+side).Replace(body)
	status, sent, err := b.Send(t.Context(), c.Method, c.Path, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return outcomeOf(t, status, sent), string(sent)
}

// outcomeOf returns the code of an answer, or of what became of it for the first person.
func outcomeOf(t *testing.T, status int, sent []byte) check.Code {
	t.Helper()
	var answer struct {
		Code     check.Code
		Problems map[string]check.Code
		People   []struct{ Code check.Code }
	}
	if err := json.Unmarshal(sent, &answer); err != nil && status != http.StatusOK {
		t.Fatalf("%d %s: %v", status, sent, err)
	}
	for field, code := range answer.Problems {
		return check.Code(field) + " " + code
	}
	if status == http.StatusOK && len(answer.People) > 0 {
		return answer.People[0].Code
	}
	return answer.Code
}

// Every call by every role, about one's own organization and another: what comes out is
// as the table says (requirements 53, 61, 102).
func TestRoles_EveryCallByEveryRole(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		g := &stage{Portal: p}
		eachRight(t, p, func(c server.Call, r right) {
			for _, role := range roles {
				s := g.scene(role)
				for _, own := range []bool{true, false} {
					if !own && r.about == nothing {
						continue
					}
					s.by.StepUp()
					if got, answer := s.make(t, s.by.Browser, c, r.body, own); got != r.owed(role, own) {
						t.Errorf("%s by a %s, own organization %v: %q, want %q: %.200s", c.Path, role, own, got, r.owed(role, own), answer)
					}
				}
			}
		})
	})
}

// Nobody, somebody halfway, somebody without a step-up and staff without two-factor are
// each told what they lack.
func TestRoles_WhatIsLacking(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		g := &stage{Portal: p}
		eachRight(t, p, func(c server.Call, r right) {
			s := g.scene(max(r.from, auth.Member))
			stranger, half := p.Browser(), s.mine.Halfway()
			stranger.Address, half.Address = s.by.Address, s.by.Address
			for _, tt := range []struct {
				name string
				b    *servertest.Browser
				want check.Code
			}{
				{"nobody", stranger, map[auth.Role]check.Code{noRole: r.done, halfway: check.SignInExpired}[r.from]},
				{"somebody halfway", half, map[auth.Role]check.Code{noRole: r.done, halfway: r.done}[r.from]},
			} {
				if r.from >= auth.Member {
					tt.want = check.SignedOut
				}
				if got, answer := s.make(t, tt.b, c, r.body, true); got != tt.want {
					t.Errorf("%s by %s: %q, want %q: %.200s", c.Path, tt.name, got, tt.want, answer)
				}
			}
			if r.from < auth.Member {
				return
			}
			if got, answer := s.make(t, s.by.Browser, c, r.body, true); (got == check.StepUpRequired) != r.proof {
				t.Errorf("%s without a step-up: %q %.200s", c.Path, got, answer)
			}
			s.bare(r.from)
			if got, answer := s.make(t, s.by.Browser, c, r.body, true); (got == check.TwoFactorFirst) != (r.from > auth.Member && !withoutSecond[c.Path]) {
				t.Errorf("%s without two-factor: %q %.200s", c.Path, got, answer)
			}
		})
	})
}

// bare has the scene begin anew with a caller who has no two-factor.
func (s *scene) bare(role auth.Role) {
	var address string
	s.name, address = s.stage.next()
	s.by = s.stage.Add(s.name+"-by", auth.Member, s.own)
	s.by.Address = address
	s.stage.Change(s.by.Name, func(u *auth.User) { u.Role = role })
	s.by.SignIn().StepUp()
}

// What is behind the wall is not there: the answer about it is that about what nobody
// has, byte for byte.
func TestRoles_TheWallIsSilent(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		g := &stage{Portal: p}
		eachRight(t, p, func(c server.Call, r right) {
			if r.about == nothing || r.from > auth.Admin {
				return
			}
			s := g.scene(auth.Admin)
			s.by.StepUp()
			fill := func(person, organization string) string {
				body := strings.NewReplacer("$person", person, "$organization", organization, "$version", "1", "$link", nowhere, "$new", "new").Replace(r.body)
				return answerBy(t, s.by.Browser, c, body)
			}
			if there, none := fill(s.alien.ID(), string(s.other)), fill(nowhere, nowhere); there != strings.ReplaceAll(none, nowhere, s.alien.ID()) {
				t.Errorf("%s: about what is elsewhere %s, about nothing %s", c.Path, there, none)
			}
		})
	})
}

// nowhere is an ID that nothing has.
const nowhere = "AAAAAAAAAAAAAAAAAAAAAA"

func answerBy(t *testing.T, b *servertest.Browser, c server.Call, body string) string {
	t.Helper()
	status, sent, err := b.Send(t.Context(), c.Method, c.Path, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d %s", status, sent)
}

// Every act by every role about every role, in one's own organization and another, and
// about oneself.
func TestRoles_EveryAct(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		g := &stage{Portal: p}
		call := server.Call{Method: http.MethodPost, Path: "/api/people/act"}
		for _, act := range api.Acts() {
			line, ok := actsOn[act]
			if !ok {
				t.Errorf("%s has no line in the table of acts", act)
				continue
			}
			for _, role := range roles[1:] {
				s := g.scene(role)
				p.Add(s.name+"-admin", auth.Admin, s.own)
				on := func(who *servertest.Person) check.Code {
					s.by.StepUp()
					later := fmt.Sprint(p.Clock.Now().AddDate(0, 0, 2).UnixMilli())
					body := strings.NewReplacer("$later", later, "$name", who.Name).Replace(fmt.Sprintf(`{"ids":[%q],"act":%q%s}`, who.ID(), act, line.rest))
					got, _ := s.make(t, s.by.Browser, call, body, true)
					return got
				}
				for _, about := range roles {
					for _, here := range []bool{true, false} {
						side := map[bool]auth.ID{true: s.own, false: s.other}[here]
						who := p.Add(fmt.Sprintf("%s-%s-%v", s.name, about, here), about, side)
						may, letter := mayBy[role], about.String()[:1]
						look, reach := may.look, may.act
						if !here {
							look, reach = may.lookElsewhere, may.actElsewhere
						}
						got := on(who)
						switch {
						case role < line.from: // whoever it is about, so that it tells nothing of them
							if got != check.Forbidden {
								t.Errorf("%s: a %s about a %s, here %v: %q", act, role, about, here, got)
							}
						case !strings.Contains(look, letter):
							if got != check.NotFound {
								t.Errorf("%s: a %s about a %s elsewhere: %q", act, role, about, got)
							}
						case !strings.Contains(reach, letter):
							if got != check.Forbidden {
								t.Errorf("%s: a %s about a %s: %q", act, role, about, got)
							}
						case got == check.Forbidden || got == check.NotFound || got == check.Internal:
							t.Errorf("%s: a %s about a %s, here %v: %q", act, role, about, here, got)
						}
					}
				}
				if got := on(s.by); got != check.Forbidden {
					t.Errorf("%s: a %s about themselves: %q", act, role, got)
				}
			}
		}
	})
}
