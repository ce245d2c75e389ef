package server_test

import (
	"slices"
	"time"

	"doorward/server/auth"
)

// The model: what the portal is to do, written down once more and plainly, without
// looking at how the portal does it. It keeps everything in memory, knows no
// throttles (the play moves past them) and answers each call with allowed or not.

type modelUser struct {
	name, id, email, password string
	organization              string
	role                      auth.Role

	locked, twoFactor bool
	ways              []*modelWay // authenticator apps, and at most one phone that takes codes
	phone             *modelWay   // the recovery phone
	codes             []string    // unused recovery codes
	spent             []string    // used ones and those of older sets
	enrolling         *modelWizard
	checking          *modelWizard
}

// modelWay is something that proves the second factor.
type modelWay struct {
	secret auth.Secret // nil for a phone
	number string
	used   time.Time
}

type modelSession struct {
	who                  *modelUser
	level                int
	trusted              bool
	made, seen, provedAt time.Time
	ended                bool
	code                 *modelCode
}

// modelAttempt is a sign-in whose second step is still to come.
type modelAttempt struct {
	who   *modelUser
	made  time.Time
	ended bool
	code  *modelCode
}

// modelCode is a code that was sent to way.
type modelCode struct {
	way     *modelWay
	who     *modelUser
	sent    time.Time
	tries   int
	voided  bool
	digits  string
	expires time.Time
}

// modelWizard is an authenticator or a recovery phone on its way.
type modelWizard struct {
	session   *modelSession
	way       *modelWay
	all       bool // it takes the place of all there are
	confirmed bool
	expires   time.Time
	code      *modelCode
	codes     []string
}

type modelTrust struct {
	who   *modelUser
	until time.Time
	ended bool
}

type modelLink struct {
	kind    auth.LinkKind
	who     *modelUser
	email   string
	expires time.Time
	dead    bool
	token   string
}

type modelBrowser struct {
	session *modelSession
	attempt *modelAttempt
	trust   *modelTrust
}

type model struct {
	now      time.Time
	from     map[string]time.Time // since when two-factor is mandatory in an organization
	users    []*modelUser
	sessions []*modelSession
	attempts []*modelAttempt
	trusts   []*modelTrust
	links    []*modelLink
	codes    []*modelCode
}

const trustFor = 30 * 24 * time.Hour

func (m *model) live(s *modelSession) bool {
	return s != nil && !s.ended && m.now.Before(s.seen.Add(time.Hour)) && m.now.Before(s.made.Add(24*time.Hour)) &&
		(s.level == 2 || s.trusted || !s.who.twoFactor)
}

// touch is what any call does to the session of its browser.
func (m *model) touch(b *modelBrowser) {
	if m.live(b.session) && m.now.Sub(b.session.seen) >= time.Minute {
		b.session.seen = m.now
	}
}

// proved says whether the session of b has proved everything in the last ten minutes.
func (m *model) proved(b *modelBrowser) bool {
	m.touch(b)
	return m.live(b.session) && !b.session.provedAt.IsZero() && m.now.Before(b.session.provedAt.Add(10*time.Minute))
}

// mandatory says whether who must have two-factor now.
func (m *model) mandatory(who *modelUser) bool {
	from, ok := m.from[who.organization]
	return ok && !m.now.Before(from)
}

// open says whether the session of b reaches anything but the wizard.
func (m *model) open(b *modelBrowser) bool {
	m.touch(b)
	return m.live(b.session) && (b.session.who.twoFactor || !m.mandatory(b.session.who))
}

// sure says whether it does, and has proved everything in the last ten minutes.
func (m *model) sure(b *modelBrowser) bool { return m.open(b) && m.proved(b) }

func (m *model) half(b *modelBrowser) bool {
	m.touch(b)
	return b.attempt != nil && !b.attempt.ended && m.now.Before(b.attempt.made.Add(10*time.Minute))
}

func (m *model) begin(b *modelBrowser, who *modelUser, level int) *modelSession {
	if m.live(b.session) {
		b.session.ended = true
	}
	b.session, b.attempt = &modelSession{who: who, level: level, made: m.now, seen: m.now}, nil
	if !who.twoFactor && m.mandatory(who) {
		b.session.provedAt = m.now // for the wizard, which is all that is open
	}
	m.sessions = append(m.sessions, b.session)
	return b.session
}

// password is the first step of a sign-in. It leads to a session or to an attempt.
func (m *model) password(b *modelBrowser, who *modelUser, right bool) bool {
	m.touch(b)
	switch {
	case !right:
		return false
	case who.locked:
		if !slices.ContainsFunc(m.links, func(l *modelLink) bool { return l.who == who && l.kind == auth.LinkPassword && m.good(l) }) {
			m.link(auth.LinkPassword, who, time.Hour)
		}
		return false
	case !who.twoFactor:
		m.begin(b, who, 1)
	case b.trust != nil && !b.trust.ended && b.trust.who == who && m.now.Before(b.trust.until):
		m.begin(b, who, 1).trusted = true
	default:
		b.attempt = &modelAttempt{who: who, made: m.now}
		m.attempts = append(m.attempts, b.attempt)
		if way := who.preferred(); way != nil && way.secret == nil {
			b.attempt.code = m.send(who, way)
		}
	}
	return true
}

// preferred is the way used last; an app when none was.
func (u *modelUser) preferred() (best *modelWay) {
	for _, w := range u.ways {
		if best == nil || w.used.After(best.used) || w.secret != nil && best.secret == nil && !best.used.After(w.used) {
			best = w
		}
	}
	return best
}

func (m *model) send(who *modelUser, way *modelWay) *modelCode {
	c := &modelCode{way: way, who: who, sent: m.now, expires: m.now.Add(10 * time.Minute)}
	m.codes = append(m.codes, c)
	return c
}

// digits tries typed at a code and says whether it is right and may still be typed.
func (m *model) digits(c *modelCode, right bool) bool {
	if c == nil || c.voided || c.tries >= 5 || !m.now.Before(c.expires) {
		return false
	}
	c.tries++
	c.voided = right
	return right
}

func (m *model) passcode(b *modelBrowser, right, trust bool, way *modelWay) bool {
	if !m.half(b) || !right || !slices.Contains(b.attempt.who.ways, way) {
		return false
	}
	way.used = m.now
	m.finish(b, trust)
	return true
}

func (m *model) finish(b *modelBrowser, trust bool) *modelSession {
	who := b.attempt.who
	b.attempt.ended = true
	if trust {
		if b.trust != nil && b.trust.who == who {
			b.trust.ended = true
		}
		b.trust = &modelTrust{who: who, until: m.now.Add(trustFor)}
		m.trusts = append(m.trusts, b.trust)
	}
	return m.begin(b, who, 2)
}

// text is the second step with a code that a phone got. A code that was sent to a
// recovery phone, or to a phone that is gone, is used up and opens nothing.
func (m *model) text(b *modelBrowser, right, trust bool) bool {
	if !m.half(b) {
		return false
	}
	code := b.attempt.code
	if !m.digits(code, right) || !slices.Contains(b.attempt.who.ways, code.way) {
		return false
	}
	code.way.used = m.now
	m.finish(b, trust)
	return true
}

// recoveryText is the way back with a code that the recovery phone got. A code that
// went elsewhere is not looked at.
func (m *model) recoveryText(b *modelBrowser, right bool) bool {
	if !m.half(b) || b.attempt.code == nil || b.attempt.who.phone != b.attempt.code.way || !m.digits(b.attempt.code, right) {
		return false
	}
	m.finish(b, false).provedAt = m.now
	return true
}

func (m *model) recoveryCode(b *modelBrowser, code string) bool {
	if !m.half(b) || !b.attempt.who.spend(code) {
		return false
	}
	m.finish(b, false).provedAt = m.now
	return true
}

// spend uses a recovery code up. The portal puts another in its place, which the
// play learns.
func (u *modelUser) spend(code string) bool {
	i := slices.Index(u.codes, code)
	if i < 0 {
		return false
	}
	u.codes, u.spent = slices.Delete(u.codes, i, i+1), append(u.spent, code)
	return true
}

// second is what a step-up proves beside the password.
type second struct {
	right bool
	way   *modelWay // an app, or the phone of the session's code
	code  string    // a recovery code
}

func (m *model) stepUp(b *modelBrowser, password bool, s second) bool {
	m.touch(b)
	if !m.live(b.session) || !password {
		return false
	}
	who := b.session.who
	if who.twoFactor {
		switch {
		case s.code != "":
			if !who.spend(s.code) {
				return false
			}
		case s.way != nil && s.way.secret == nil:
			if !m.digits(b.session.code, s.right) || !slices.Contains(who.ways, b.session.code.way) {
				return false
			}
			b.session.code.way.used = m.now
		case !s.right || !slices.Contains(who.ways, s.way):
			return false
		default:
			s.way.used = m.now
		}
		b.session.level, b.session.trusted = 2, false
	}
	b.session.provedAt, b.session.seen = m.now, m.now
	return true
}

func (m *model) signOut(b *modelBrowser) {
	m.touch(b)
	if m.live(b.session) {
		b.session.ended = true
	}
	b.session, b.attempt = nil, nil
}

// What ends, and for whom.

func (m *model) endSessions(who *modelUser, except *modelSession) {
	for _, s := range m.sessions {
		s.ended = s.ended || s.who == who && s != except
	}
}

func (m *model) endAttempts(who *modelUser) {
	for _, a := range m.attempts {
		a.ended = a.ended || a.who == who
	}
}

func (m *model) endTrust(who *modelUser) {
	for _, t := range m.trusts {
		t.ended = t.ended || t.who == who
	}
}

func (m *model) endCodes(who *modelUser) {
	for _, c := range m.codes {
		c.voided = c.voided || c.who == who
	}
}

func (m *model) dropProofs(who *modelUser, except *modelSession) {
	for _, s := range m.sessions {
		if s.who == who && s != except {
			s.provedAt = time.Time{}
		}
	}
}

func (m *model) voidLinks(who *modelUser, kinds ...auth.LinkKind) {
	for _, l := range m.links {
		l.dead = l.dead || l.who == who && (len(kinds) == 0 || slices.Contains(kinds, l.kind))
	}
}

// link makes a link, which kills the one before of its kind.
func (m *model) link(kind auth.LinkKind, who *modelUser, lives time.Duration) *modelLink {
	m.voidLinks(who, kind)
	l := &modelLink{kind: kind, who: who, expires: m.now.Add(lives)}
	m.links = append(m.links, l)
	return l
}

// use uses a link up and says whether it was good.
func (m *model) use(l *modelLink) bool {
	good := m.good(l)
	if good {
		l.dead = true
	}
	return good
}

func (m *model) good(l *modelLink) bool { return l != nil && !l.dead && m.now.Before(l.expires) }
