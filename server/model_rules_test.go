package server_test

import (
	"slices"
	"time"

	"doorward/server/auth"
)

// What the model says of changes to an account, by its owner, by staff and by links.

func (m *model) startEnrollment(b *modelBrowser, way *modelWay, all bool) bool {
	if !m.proved(b) {
		return false
	}
	who := b.session.who
	if !all && (len(who.ways) >= 5 || way.secret == nil && slices.ContainsFunc(who.ways, func(w *modelWay) bool { return w.secret == nil })) {
		return false
	}
	who.enrolling = &modelWizard{session: b.session, way: way, all: all, expires: m.now.Add(10 * time.Minute)}
	if way.secret == nil {
		who.enrolling.code = m.send(who, way)
	}
	return true
}

// confirmEnrollment proves the new authenticator. It counts at once where two-factor
// is on.
func (m *model) confirmEnrollment(b *modelBrowser, right bool) bool {
	if !m.proved(b) {
		return false
	}
	who := b.session.who
	e := who.enrolling
	if e == nil || e.session != b.session || e.confirmed || !m.now.Before(e.expires) {
		return false
	}
	if e.way.secret == nil && !m.digits(e.code, right) || !right {
		return false
	}
	if who.twoFactor {
		return m.bind(b, e)
	}
	e.confirmed, e.expires = true, m.now.Add(30*time.Minute)
	if p := who.checking; p != nil && p.confirmed && p.session == b.session && m.now.Before(p.expires) {
		p.expires = e.expires // it waits for the end of the same wizard
	}
	return true
}

func (m *model) bind(b *modelBrowser, e *modelWizard) bool {
	who := b.session.who
	if e.all {
		who.ways = nil
	}
	if len(who.ways) >= 5 {
		return false
	}
	who.enrolling, who.ways = nil, append(who.ways, e.way)
	m.dropProofs(who, b.session)
	m.endTrust(who)
	m.voidLinks(who, auth.LinkReset)
	return true
}

func (m *model) finishEnrollment(b *modelBrowser) bool {
	if !m.proved(b) {
		return false
	}
	who := b.session.who
	e := who.enrolling
	if e == nil || e.session != b.session || !e.confirmed || !m.now.Before(e.expires) || who.twoFactor {
		return false
	}
	if p := who.checking; p != nil && p.confirmed && p.session == b.session && m.now.Before(p.expires) {
		who.phone, who.checking = p.way, nil
	}
	m.bind(b, e)
	who.twoFactor, who.codes = true, slices.Clone(e.codes)
	b.session.level, b.session.trusted = 2, false
	m.endSessions(who, b.session)
	return true
}

func (m *model) startPhone(b *modelBrowser, way *modelWay) bool {
	if !m.proved(b) || b.session.who.phone != nil {
		return false
	}
	who := b.session.who
	who.checking = &modelWizard{session: b.session, way: way, expires: m.now.Add(10 * time.Minute), code: m.send(who, way)}
	return true
}

// confirmPhone proves a recovery phone. It counts at once where two-factor is on.
func (m *model) confirmPhone(b *modelBrowser, right bool) bool {
	if !m.proved(b) {
		return false
	}
	who := b.session.who
	p := who.checking
	if p == nil || p.session != b.session || p.confirmed || !m.now.Before(p.expires) || !m.digits(p.code, right) {
		return false
	}
	if p.confirmed, p.expires = true, m.now.Add(30*time.Minute); who.twoFactor {
		who.phone, who.checking = p.way, nil
		m.dropProofs(who, b.session)
	}
	return true
}

func (m *model) removePhone(b *modelBrowser) bool {
	if !m.sure(b) || b.session.who.phone == nil {
		return false
	}
	b.session.who.phone = nil
	m.dropProofs(b.session.who, b.session)
	return true
}

func (m *model) removeWay(b *modelBrowser, way *modelWay) bool {
	if !m.sure(b) || len(b.session.who.ways) < 2 {
		return false
	}
	who := b.session.who
	who.ways = slices.DeleteFunc(who.ways, func(w *modelWay) bool { return w == way })
	m.dropProofs(who, b.session)
	m.endTrust(who)
	return true
}

func (m *model) regenerate(b *modelBrowser) bool {
	if !m.sure(b) || !b.session.who.twoFactor {
		return false
	}
	who := b.session.who
	who.spent, who.codes = append(who.spent, who.codes...), nil
	m.dropProofs(who, b.session)
	return true
}

// strip leaves who with the password alone.
func (m *model) strip(who *modelUser) {
	who.spent = append(who.spent, who.codes...)
	who.twoFactor, who.ways, who.phone, who.codes, who.enrolling, who.checking = false, nil, nil, nil, nil, nil
	m.endTrust(who)
	m.endCodes(who)
	m.voidLinks(who, auth.LinkReset)
}

func (m *model) turnOff(b *modelBrowser) bool {
	if !m.sure(b) || !b.session.who.twoFactor || m.mandatory(b.session.who) {
		return false
	}
	m.strip(b.session.who)
	m.dropProofs(b.session.who, b.session)
	return true
}

// reset is turning off by staff, by link or on the host.
func (m *model) reset(who *modelUser) {
	m.strip(who)
	m.endSessions(who, nil)
	m.endAttempts(who)
}

func (m *model) changePassword(b *modelBrowser, right bool, anew string) bool {
	if !m.sure(b) || !right {
		return false
	}
	who := b.session.who
	who.password = anew
	m.dropProofs(who, b.session)
	m.endAttempts(who)
	m.endTrust(who)
	m.voidLinks(who, auth.LinkPassword)
	return true
}

// void is all that is under way for who outside of sessions.
func (m *model) void(who *modelUser) {
	m.endSessions(who, nil)
	m.endAttempts(who)
	m.endTrust(who)
	m.endCodes(who)
	m.voidLinks(who)
	who.enrolling, who.checking = nil, nil
}

func (m *model) choosePassword(l *modelLink, anew string) bool {
	if !m.use(l) {
		return false
	}
	m.void(l.who)
	l.who.password, l.who.locked = anew, false
	return true
}

// close is "this was not me", by link or by staff.
func (m *model) close(who *modelUser) *modelLink {
	m.void(who)
	who.locked = true
	return m.link(auth.LinkPassword, who, time.Hour)
}

// staff says whether the caller, who has two-factor, may look at whom; and act, if they
// have just proved who they are.
func (m *model) staff(b *modelBrowser, whom *modelUser, act bool) bool {
	m.touch(b)
	if !m.live(b.session) || !b.session.who.twoFactor {
		return false
	}
	by := b.session.who
	letters := mayBy[by.role]
	look, may := letters.look, letters.act
	if by.organization != whom.organization {
		look, may = letters.lookElsewhere, letters.actElsewhere
	}
	letter := whom.role.String()[0]
	if !act {
		return slices.Contains([]byte(look), letter)
	}
	return by != whom && slices.Contains([]byte(may), letter) && m.proved(b)
}

// mandate makes two-factor mandatory in the caller's organization from a moment on; zero:
// not any more. Whoever does has it.
func (m *model) mandate(b *modelBrowser, from time.Time) bool {
	if !m.sure(b) || !b.session.who.twoFactor || b.session.who.role < auth.Admin {
		return false
	}
	if delete(m.from, b.session.who.organization); !from.IsZero() {
		m.from[b.session.who.organization] = from
	}
	return true
}

func (m *model) turnOffByLink(l *modelLink, right bool) bool {
	if !m.good(l) || !right {
		return false
	}
	l.dead = true
	if l.who.locked || !l.who.twoFactor {
		return false
	}
	m.reset(l.who)
	return true
}

func (m *model) promote(who *modelUser, role auth.Role) bool {
	operators := 0
	for _, u := range m.users {
		if u.role == auth.Operator {
			operators++
		}
	}
	if who.role == auth.Operator && role < auth.Operator && operators < 2 {
		return false
	}
	who.role = role
	m.voidLinks(who, auth.LinkReset)
	m.endSessions(who, nil)
	m.endAttempts(who)
	return true
}
