package server_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"doorward/server/auth"
	"doorward/shared/api"
)

// modelSteps are the steps there are. way chooses among their variants: 0 is mostly the
// right thing.
var modelSteps = map[string]func(y *play, b *playBrowser, u *modelUser, way int){
	"password":     func(y *play, b *playBrowser, u *modelUser, way int) { y.password(b, u, way > 0) },
	"passcode":     func(y *play, b *playBrowser, _ *modelUser, way int) { y.passcode(b, way) },
	"sendText":     func(y *play, b *playBrowser, _ *modelUser, way int) { y.sendText(b, way%2 == 0) },
	"text":         func(y *play, b *playBrowser, _ *modelUser, way int) { y.text(b, way) },
	"recoveryText": func(y *play, b *playBrowser, _ *modelUser, way int) { y.recoveryText(b, way) },
	"recoveryCode": func(y *play, b *playBrowser, _ *modelUser, way int) { y.recoveryCode(b, way) },
	"stepUp":       (*play).stepUp,
	"signOut":      func(y *play, b *playBrowser, _ *modelUser, _ int) { y.signOut(b) },
	"signIn":       (*play).signIn,
	"act":          (*play).act,
	"replace":      (*play).replace,
	"enroll":       (*play).enroll,
	"startEnroll":  func(y *play, b *playBrowser, _ *modelUser, way int) { y.startEnroll(b, way) },
	"confirm":      func(y *play, b *playBrowser, _ *modelUser, way int) { y.confirmEnroll(b, way) },
	"finish":       func(y *play, b *playBrowser, _ *modelUser, _ int) { y.finishEnroll(b) },
	"startPhone":   func(y *play, b *playBrowser, _ *modelUser, _ int) { y.startPhone(b) },
	"confirmPhone": func(y *play, b *playBrowser, _ *modelUser, way int) { y.confirmPhone(b, way) },
	"removePhone":  func(y *play, b *playBrowser, _ *modelUser, _ int) { y.removePhone(b) },
	"removeWay":    func(y *play, b *playBrowser, _ *modelUser, way int) { y.removeWay(b, way) },
	"regenerate":   func(y *play, b *playBrowser, _ *modelUser, _ int) { y.regenerate(b) },
	"turnOff": func(y *play, b *playBrowser, _ *modelUser, _ int) {
		agree(y, b, api.TurnOffTwoFactor, api.None{}, y.model.turnOff(&b.modelBrowser))
	},
	"endOthers":   func(y *play, b *playBrowser, _ *modelUser, _ int) { y.endOthers(b) },
	"endTrust":    func(y *play, b *playBrowser, _ *modelUser, _ int) { y.endTrustIn(b) },
	"newPassword": func(y *play, b *playBrowser, _ *modelUser, way int) { y.changePassword(b, way) },
	"forgot":      func(y *play, _ *playBrowser, u *modelUser, _ int) { y.forgot(u) },
	"choose": func(y *play, b *playBrowser, u *modelUser, way int) {
		y.choose(b, y.pick(u, auth.LinkPassword, way), true)
	},
	"notMe": func(y *play, b *playBrowser, u *modelUser, _ int) { y.notMe(b, u) },
	"email": func(y *play, b *playBrowser, _ *modelUser, _ int) { y.email(b) },
	"confirmEmail": func(y *play, b *playBrowser, u *modelUser, way int) {
		y.confirmEmail(b, y.pick(u, auth.LinkEmail, way))
	},
	"look":        func(y *play, b *playBrowser, u *modelUser, _ int) { y.look(b, u) },
	"resetLink":   func(y *play, b *playBrowser, u *modelUser, _ int) { y.resetLink(b, u) },
	"turnOffLink": func(y *play, b *playBrowser, u *modelUser, way int) { y.turnOffByLink(b, u, way) },
	"revoke":      func(y *play, b *playBrowser, u *modelUser, _ int) { y.revoke(b, u) },
	"telephone":   func(y *play, b *playBrowser, u *modelUser, way int) { y.telephone(b, u, way) },
	"lockDown":    func(y *play, b *playBrowser, u *modelUser, _ int) { y.lockDown(b, u) },
	"endSessions": func(y *play, b *playBrowser, u *modelUser, _ int) { y.endOf(b, u) },
	"lift":        func(y *play, b *playBrowser, u *modelUser, _ int) { y.lift(b, u) },
	"inside":      func(y *play, b *playBrowser, _ *modelUser, _ int) { y.inside(b) },
	"mandate": func(y *play, b *playBrowser, _ *modelUser, way int) {
		y.signIn(b, y.users[[]int{4, 6, 3}[way%3]], 1) // an operator or an administrator
		if y.mandate(b, way); way > 8 {
			agree(y, b, api.TurnOffTwoFactor, api.None{}, y.model.turnOff(&b.modelBrowser))
		}
	},
	"askStaff":    func(y *play, b *playBrowser, _ *modelUser, _ int) { y.askStaff(b) },
	"promote":     func(y *play, _ *playBrowser, u *modelUser, way int) { y.onHostRole(u, way) },
	"resetOnHost": func(y *play, _ *playBrowser, u *modelUser, _ int) { y.onHostReset(u) },
	"linkOnHost":  func(y *play, _ *playBrowser, u *modelUser, _ int) { y.onHostLink(u) },
	"unlock":      func(y *play, _ *playBrowser, u *modelUser, _ int) { y.onHostUnlock(u) },
	"hammer":      func(y *play, _ *playBrowser, u *modelUser, _ int) { y.hammer(u) },
	"restart":     func(y *play, _ *playBrowser, _ *modelUser, _ int) { y.p.Restart() },
	"clock":       func(y *play, _ *playBrowser, _ *modelUser, way int) { y.advance(leaps[way%len(leaps)]) },
}

// weights makes common what most others need.
var weights = map[string]int{"signIn": 5, "act": 12, "replace": 2, "stepUp": 5, "password": 4, "passcode": 2, "recoveryCode": 2, "sendText": 2, "recoveryText": 2, "enroll": 2,
	"startEnroll": 1, "confirm": 1, "resetLink": 2, "turnOffLink": 2, "telephone": 2, "forgot": 1, "choose": 1, "clock": 2,
	"inside": 4, "mandate": 2}

var leaps = []time.Duration{time.Second, 31 * time.Second, 4 * time.Minute, 11 * time.Minute, 31 * time.Minute, 61 * time.Minute, 25 * time.Hour, 31 * 24 * time.Hour}

func (y *play) advance(d time.Duration) {
	y.p.Clock.Advance(d)
	y.now = y.p.Clock.Now()
}

// password proves a password, right or wrong, under the name or the address.
func (y *play) password(b *playBrowser, u *modelUser, right bool) {
	if b.attempt != nil {
		agree(y, b, api.CancelSignIn, api.None{}, true)
		y.touch(&b.modelBrowser)
		b.attempt.ended, b.attempt = true, nil
	}
	req := api.SignInRequest{Name: u.name, Password: u.password}
	if y.counter++; y.counter%3 == 0 {
		req.Name = u.email
	}
	if !right {
		req.Password = "not the password"
	}
	want := y.model.password(&b.modelBrowser, u, right)
	if _, ok := agree(y, b, api.SignIn, req, want); ok && b.attempt != nil && b.attempt.code != nil {
		y.p.Deliver()
		b.attempt.code.digits = y.p.Post.Code(b.attempt.code.way.number)
	}
	if l := y.newest(u, auth.LinkPassword); !want && right && l != nil && l.token == "" {
		y.p.Deliver()
		y.learn(u, auth.LinkPassword, u.email, "/password/")
	}
}

// learn reads the token of the newest link out of the person's mail.
func (y *play) learn(u *modelUser, kind auth.LinkKind, address, path string) {
	if l := y.newest(u, kind); l != nil {
		if l.token = y.p.Post.Link(address, path); l.token == "" {
			y.fail("no mail to %s has a link below %s", address, path)
		}
	}
}

func (y *play) newest(u *modelUser, kind auth.LinkKind) *modelLink {
	for _, l := range slices.Backward(y.links) {
		if l.who == u && l.kind == kind {
			return l
		}
	}
	return nil
}

// pick returns the newest link of a kind, or any when way says so; dead ones too.
func (y *play) pick(u *modelUser, kind auth.LinkKind, way int) *modelLink {
	var list []*modelLink
	for _, l := range slices.Backward(y.links) {
		if l.who == u && l.kind == kind && l.token != "" {
			list = append(list, l)
		}
	}
	if len(list) == 0 {
		return &modelLink{kind: kind, who: u, dead: true, token: strings.Repeat("A", 43)}
	}
	return list[max(0, way-8)%len(list)]
}

// app returns one of somebody's apps; nil when they have none.
func (u *modelUser) app(way int) *modelWay {
	var apps []*modelWay
	for _, w := range u.ways {
		if w.secret != nil {
			apps = append(apps, w)
		}
	}
	if len(apps) == 0 {
		return nil
	}
	return apps[way%len(apps)]
}

// digitsOf returns what an app shows next, so that it was not used before; or, when
// it is to be wrong, what it does not show.
func (y *play) digitsOf(w *modelWay, right bool) string {
	y.advance(30 * time.Second)
	at := auth.TimeStep(y.now)
	if w != nil && right {
		return w.secret.Passcode(at)
	}
	for n := range 1000 {
		digits := fmt.Sprintf("%06d", n)
		if w == nil || !slices.Contains([]string{w.secret.Passcode(at - 1), w.secret.Passcode(at), w.secret.Passcode(at + 1)}, digits) {
			return digits
		}
	}
	return ""
}

// passcode is the second step by app: the right passcode, a wrong one, or the right
// one again in a second sign-in.
func (y *play) passcode(b *playBrowser, way int) {
	var app *modelWay
	if b.attempt != nil {
		app = b.attempt.who.app(way)
	}
	right := app != nil && way < 9
	req := api.VerifyTOTPRequest{Passcode: y.digitsOf(app, right), Trust: way%3 == 1}
	_, ok := agree(y, b, api.VerifyTOTP, req, y.model.passcode(&b.modelBrowser, right, bool(req.Trust), app))
	if ok && way%4 == 2 {
		again := &playBrowser{Browser: y.p.Browser()}
		y.password(again, b.session.who, true)
		agree(y, again, api.VerifyTOTP, req, y.model.passcode(&again.modelBrowser, false, false, app))
	}
}

func (y *play) sendText(b *playBrowser, recovery bool) {
	y.advance(auth.ResendAfter)
	if !y.half(&b.modelBrowser) {
		agree(y, b, api.SendText, api.SendTextRequest{}, false)
		return
	}
	way, send := b.attempt.who.phone, api.SendRecoveryText
	if !recovery {
		way, send = nil, api.SendText
		if i := slices.IndexFunc(b.attempt.who.ways, func(w *modelWay) bool { return w.secret == nil }); i >= 0 {
			way = b.attempt.who.ways[i]
		}
	}
	if _, ok := agree(y, b, send, api.SendTextRequest{}, way != nil); ok {
		y.p.Deliver()
		b.attempt.code = y.send(b.attempt.who, way)
		b.attempt.code.digits = y.p.Post.Code(way.number)
	}
}

// typed returns the digits of a code, or others.
func typed(c *modelCode, right bool) string {
	switch {
	case c == nil || c.digits == "":
		return "123456"
	case right:
		return c.digits
	case c.digits == "000000":
		return "111111"
	}
	return "000000"
}

func (b *playBrowser) sent() *modelCode {
	if b.attempt == nil {
		return nil
	}
	return b.attempt.code
}

func (y *play) text(b *playBrowser, way int) {
	code, right := b.sent(), way < 8
	req := api.VerifyTextRequest{Code: typed(code, right), Trust: way%3 == 1}
	want := y.model.text(&b.modelBrowser, right, bool(req.Trust))
	if _, ok := agree(y, b, api.VerifyText, req, want); ok && way%4 == 2 {
		agree(y, b, api.VerifyText, req, false)
		y.touch(&b.modelBrowser)
	}
}

func (y *play) recoveryText(b *playBrowser, way int) {
	code, right := b.sent(), way < 8
	want := y.model.recoveryText(&b.modelBrowser, right)
	agree(y, b, api.VerifyRecoveryText, api.VerifyRecoveryTextRequest{Code: typed(code, right)}, want)
}

// codeOf chooses a recovery code: an unused one, one that was used or replaced, one
// of somebody else, or one of nobody.
func (y *play) codeOf(u *modelUser, way int) string {
	switch {
	case u != nil && way < 7 && len(u.codes) > 0:
		return u.codes[way%len(u.codes)]
	case u != nil && way < 9 && len(u.spent) > 0:
		return u.spent[way%len(u.spent)]
	case way < 11:
		for _, other := range y.users {
			if other != u && len(other.codes) > 0 {
				return other.codes[0]
			}
		}
	}
	return "ZZZZZZZZZZZZZZZZ"
}

func (y *play) recoveryCode(b *playBrowser, way int) {
	var u *modelUser
	if b.attempt != nil {
		u = b.attempt.who
	}
	code := y.codeOf(u, way)
	if _, ok := agree(y, b, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: code}, y.model.recoveryCode(&b.modelBrowser, code)); ok {
		info, _ := agree(y, b, api.Session, api.None{}, true)
		u.codes = append(u.codes, plain(info.Recovery.Replacement))
	}
}

func plain(code string) string { return strings.ReplaceAll(code, "-", "") }

// stepUp proves everything again: with an app, a recovery code, a text, or wrongly.
func (y *play) stepUp(b *playBrowser, _ *modelUser, way int) {
	req, s := api.StepUpRequest{Password: "not the password"}, second{}
	if b.session == nil || !y.live(b.session) {
		agree(y, b, api.StepUp, req, false)
		return
	}
	u := b.session.who
	if way < 11 {
		req.Password = u.password
	}
	app := u.app(way)
	switch {
	case way == 10:
	case way == 9 || app == nil && len(u.codes) > 0:
		s.code = y.codeOf(u, way*5%12)
		req.RecoveryCode = s.code
	case way == 8:
		y.advance(auth.ResendAfter)
		i := slices.IndexFunc(u.ways, func(w *modelWay) bool { return w.secret == nil })
		y.touch(&b.modelBrowser)
		if _, ok := agree(y, b, api.SendStepUpText, api.SendTextRequest{}, i >= 0 && y.live(b.session)); ok {
			y.p.Deliver()
			b.session.code = y.send(u, u.ways[i])
			b.session.code.digits = y.p.Post.Code(u.ways[i].number)
		}
		s.way, s.right = &modelWay{}, true
		req.TextCode = typed(b.session.code, true)
	default:
		s.way, s.right = app, way < 7
		req.Passcode = y.digitsOf(app, s.right)
	}
	right := req.Password == u.password
	if proof, ok := agree(y, b, api.StepUp, req, y.model.stepUp(&b.modelBrowser, right, s)); ok && s.code != "" && u.twoFactor {
		u.codes = append(u.codes, plain(proof.Recovery.Replacement))
	}
}

func (y *play) signOut(b *playBrowser) {
	agree(y, b, api.SignOut, api.None{}, true)
	y.model.signOut(&b.modelBrowser)
}

// signIn does what it takes to be signed in and to have proved everything.
func (y *play) signIn(b *playBrowser, u *modelUser, way int) {
	y.password(b, u, true)
	if b.attempt != nil && u.app(0) != nil {
		y.passcode(b, way%9)
	} else if b.attempt != nil {
		y.recoveryCode(b, 0)
	}
	if way%3 > 0 {
		y.stepUp(b, u, 0)
	}
}

// replace has somebody sign in and bind another authenticator.
func (y *play) replace(b *playBrowser, u *modelUser, way int) {
	y.signIn(b, u, 1)
	y.enroll(b, u, way)
}

// act has somebody, who may be anyone, sign in and do something about u.
func (y *play) act(b *playBrowser, u *modelUser, way int) {
	y.signIn(b, y.users[way%len(y.users)], 1)
	y.counter++
	switch y.counter % 8 {
	case 0:
		y.lockDown(b, u)
	case 1:
		y.endOf(b, u)
	case 2:
		y.lift(b, u)
	case 3:
		y.revoke(b, u)
	case 4:
		y.look(b, u)
	case 5:
		y.telephone(b, u, y.counter%12)
	default:
		y.resetLink(b, u)
	}
}
