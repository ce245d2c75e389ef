package server_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
)

// enroll goes through the wizard as far as it leads.
func (y *play) enroll(b *playBrowser, _ *modelUser, way int) {
	y.startEnroll(b, way)
	y.confirmEnroll(b, 0)
	if b.session != nil && !b.session.who.twoFactor {
		y.finishEnroll(b)
	}
}

func (y *play) startEnroll(b *playBrowser, way int) {
	y.advance(auth.ResendAfter)
	all, new := way%4 == 1, &modelWay{secret: auth.Secret{}}
	req := api.StartEnrollmentRequest{Name: "App"}
	if all {
		req.Replaces = string(auth.ReplaceAny)
	}
	if way%4 >= 2 && b.session != nil {
		new = &modelWay{number: y.number(b.session.who, false)}
		req.Method, req.Number, req.Country = api.MethodText, new.number, "DE"
	}
	started, ok := agree(y, b, api.StartEnrollment, req, y.model.startEnrollment(&b.modelBrowser, new, all))
	if !ok {
		return
	}
	if new.secret != nil {
		new.secret = servertest.SecretOf(y.t, started.Secret)
		return
	}
	y.p.Deliver()
	b.session.who.enrolling.code.digits = y.p.Post.Code(new.number)
}

func (y *play) confirmEnroll(b *playBrowser, way int) {
	req, right := api.ConfirmEnrollmentRequest{Passcode: "123456"}, way < 9
	if b.session != nil && b.session.who.enrolling != nil {
		e := b.session.who.enrolling
		if e.way.secret != nil {
			req.Passcode = y.digitsOf(e.way, right)
		} else {
			req.Passcode = typed(e.code, right)
		}
	}
	confirmed, ok := agree(y, b, api.ConfirmEnrollment, req, y.model.confirmEnrollment(&b.modelBrowser, right))
	if ok && confirmed.Stage == api.StageConfirmed {
		for _, code := range confirmed.RecoveryCodes {
			b.session.who.enrolling.codes = append(b.session.who.enrolling.codes, plain(code))
		}
	}
}

func (y *play) finishEnroll(b *playBrowser) {
	agree(y, b, api.FinishEnrollment, api.FinishEnrollmentRequest{Saved: true}, y.model.finishEnrollment(&b.modelBrowser))
}

func (y *play) startPhone(b *playBrowser) {
	y.advance(auth.ResendAfter)
	way := &modelWay{number: "+4915123456700"}
	if b.session != nil {
		way.number = y.number(b.session.who, true)
	}
	req := api.StartRecoveryPhoneRequest{Number: way.number, Country: "DE"}
	if _, ok := agree(y, b, api.StartRecoveryPhone, req, y.model.startPhone(&b.modelBrowser, way)); ok {
		y.p.Deliver()
		b.session.who.checking.code.digits = y.p.Post.Code(way.number)
	}
}

func (y *play) confirmPhone(b *playBrowser, way int) {
	var code *modelCode
	if b.session != nil && b.session.who.checking != nil {
		code = b.session.who.checking.code
	}
	right := way < 9
	agree(y, b, api.ConfirmRecoveryPhone, api.ConfirmRecoveryPhoneRequest{Passcode: typed(code, right)}, y.model.confirmPhone(&b.modelBrowser, right))
}

func (y *play) removePhone(b *playBrowser) {
	req := api.RemoveRecoveryPhoneRequest{ID: strings.Repeat("A", 22)}
	if b.session != nil {
		list, err := y.p.Store.RecoveryPhones(y.t.Context(), auth.ID(b.session.who.id))
		if err != nil {
			y.fail("%v", err)
		}
		if len(list) > 0 {
			req.ID = string(list[0].ID)
		}
	}
	agree(y, b, api.RemoveRecoveryPhone, req, y.model.removePhone(&b.modelBrowser))
}

func (y *play) removeWay(b *playBrowser, way int) {
	req, which := api.RemoveAuthenticatorRequest{ID: strings.Repeat("A", 22)}, (*modelWay)(nil)
	if b.session != nil {
		list, err := y.p.Store.Authenticators(y.t.Context(), auth.ID(b.session.who.id))
		if err != nil {
			y.fail("%v", err)
		}
		if len(list) > 0 {
			a := list[way%len(list)]
			req.ID = string(a.ID)
			for _, w := range b.session.who.ways {
				if a.Number == w.number && string(a.Secret) == string(w.secret) {
					which = w
				}
			}
		}
	}
	agree(y, b, api.RemoveAuthenticator, req, y.model.removeWay(&b.modelBrowser, which))
}

func (y *play) regenerate(b *playBrowser) {
	if answer, ok := agree(y, b, api.RegenerateRecoveryCodes, api.None{}, y.model.regenerate(&b.modelBrowser)); ok {
		for _, code := range answer.Codes {
			b.session.who.codes = append(b.session.who.codes, plain(code))
		}
	}
}

func (y *play) endOthers(b *playBrowser) {
	want := y.sure(&b.modelBrowser)
	if want {
		y.model.endSessions(b.session.who, b.session)
	}
	agree(y, b, api.EndOtherSessions, api.None{}, want)
}

func (y *play) endTrustIn(b *playBrowser) {
	want := y.open(&b.modelBrowser)
	if want {
		y.model.endTrust(b.session.who)
	}
	agree(y, b, api.RevokeTrustedDevices, api.None{}, want)
}

func (y *play) anew() string {
	y.counter++
	return fmt.Sprintf("nine geese cross the marsh %d", y.counter)
}

func (y *play) changePassword(b *playBrowser, way int) {
	req, right := api.ChangePasswordRequest{Current: "not the password", New: y.anew()}, way < 9
	if b.session != nil && right {
		req.Current = b.session.who.password
	}
	agree(y, b, api.ChangePassword, req, y.model.changePassword(&b.modelBrowser, right, req.New))
}

func (y *play) forgot(u *modelUser) {
	agree(y, y.p.Browser(), api.ForgotPassword, api.ForgotPasswordRequest{Name: strings.ToUpper(u.name)}, true)
	y.p.Deliver()
	y.link(auth.LinkPassword, u, time.Hour)
	y.learn(u, auth.LinkPassword, u.email, "/password/")
}

// choose chooses a new password with a link, twice: the second time it is dead.
func (y *play) choose(b *playBrowser, l *modelLink, twice bool) {
	anew := y.anew()
	y.touch(&b.modelBrowser)
	want := y.model.choosePassword(l, anew)
	agree(y, b, api.ChoosePassword, api.ChoosePasswordRequest{Token: l.token, Password: anew}, want)
	if want && twice {
		agree(y, b, api.ChoosePassword, api.ChoosePasswordRequest{Token: l.token, Password: y.anew()}, false)
	}
}

// notMe presses "this was not me" in the newest notice that has it.
func (y *play) notMe(b *playBrowser, u *modelUser) {
	y.p.Deliver()
	token := y.p.Post.Link(u.email, "/not-me/")
	if token == "" {
		return
	}
	link, err := y.p.Store.LinkByDigest(y.t.Context(), auth.Token(token).Digest())
	if err != nil || !y.now.Before(link.Expires) || link.User != auth.ID(u.id) {
		return // it has been used, or has run out
	}
	y.touch(&b.modelBrowser)
	agree(y, b, api.LockDown, api.LinkRequest{Token: token}, true)
	y.close(u)
	y.p.Deliver()
	y.learn(u, auth.LinkPassword, u.email, "/password/")
	agree(y, b, api.LockDown, api.LinkRequest{Token: token}, false)
}

func (y *play) email(b *playBrowser) {
	y.counter++
	address := fmt.Sprintf("new%d@example.org", y.counter)
	want := y.sure(&b.modelBrowser)
	if _, ok := agree(y, b, api.ChangeEmail, api.ChangeEmailRequest{Email: address}, want); ok {
		y.p.Deliver()
		l := y.link(auth.LinkEmail, b.session.who, 24*time.Hour)
		l.email = address
		y.learn(b.session.who, auth.LinkEmail, address, "/email/")
	}
}

func (y *play) confirmEmail(b *playBrowser, l *modelLink) {
	y.touch(&b.modelBrowser)
	want := y.use(l)
	if agree(y, b, api.ConfirmEmail, api.LinkRequest{Token: l.token}, want); want {
		l.who.email = l.email
	}
}

// What staff do.

func (y *play) look(b *playBrowser, u *modelUser) {
	want := y.staff(&b.modelBrowser, u, false)
	info, ok := agree(y, b, api.Person, api.PersonRequest{ID: u.id}, want)
	if ok && (info.MayHelp != (b.session.who != u && strings.ContainsRune(y.reach(b, u), rune(u.role.String()[0])))) {
		y.fail("may_help is %v", info.MayHelp)
	}
	list, ok := agree(y, b, api.People, api.PeopleRequest{}, y.live(b.session) && b.session.who.role > auth.Member && b.session.who.twoFactor)
	if ok && slices.ContainsFunc(list.People, func(r api.PersonRow) bool { return y.byID(r.ID).organization != b.session.who.organization }) {
		y.fail("the list has people of another organization")
	}
}

// reach is whom the one in b may act on, where u is.
func (y *play) reach(b *playBrowser, u *modelUser) string {
	may := mayBy[b.session.who.role]
	if b.session.who.organization == u.organization {
		return may.act
	}
	return may.actElsewhere
}

func (y *play) byID(id string) *modelUser {
	for _, u := range y.users {
		if u.id == id {
			return u
		}
	}
	y.fail("nobody is called %s", id)
	return nil
}

const why = "asked for it"

func (y *play) resetLink(b *playBrowser, u *modelUser) {
	want := y.staff(&b.modelBrowser, u, true) && u.twoFactor
	if made, ok := agree(y, b, api.SendResetLink, api.SendResetLinkRequest{ID: u.id, Reason: why}, want); ok {
		y.link(auth.LinkReset, u, time.Hour).token = made.Link[strings.LastIndexByte(made.Link, '/')+1:]
	}
}

func (y *play) turnOffByLink(b *playBrowser, u *modelUser, way int) {
	l := y.pick(u, auth.LinkReset, way)
	req := api.TurnOffByLinkRequest{Token: l.token, Password: u.password}
	if way == 5 {
		req.Password = "not the password"
	}
	y.touch(&b.modelBrowser)
	want := y.model.turnOffByLink(l, way != 5)
	if agree(y, b, api.TurnOffByLink, req, want); want {
		agree(y, b, api.TurnOffByLink, req, false)
	}
}

func (y *play) revoke(b *playBrowser, u *modelUser) {
	req := api.RevokeLinkRequest{ID: u.id, Link: strings.Repeat("A", 22)}
	list, err := y.p.Store.PendingLinks(y.t.Context(), auth.ID(u.id), y.now)
	if err != nil {
		y.fail("%v", err)
	}
	kind, pending := auth.LinkKind(""), slices.DeleteFunc(list, func(l auth.Link) bool { return l.Kind == auth.LinkNotMe || l.Kind == auth.LinkGiveBack })
	if len(pending) > 0 {
		req.Link, kind = string(pending[0].ID), pending[0].Kind
	}
	want := y.staff(&b.modelBrowser, u, true) && kind != ""
	if agree(y, b, api.RevokeLink, req, want); want {
		y.voidLinks(u, kind)
	}
}

func (y *play) telephone(b *playBrowser, u *modelUser, way int) {
	code := y.codeOf(u, way)
	want := y.staff(&b.modelBrowser, u, true) && u.twoFactor && u.spend(code)
	if want {
		y.reset(u)
	}
	req := api.HelpByRecoveryCodeRequest{ID: u.id, Reason: why, RecoveryCode: code}
	if agree(y, b, api.HelpByRecoveryCode, req, want); want {
		y.touch(&b.modelBrowser)
		agree(y, b, api.HelpByRecoveryCode, req, false)
	}
}

func (y *play) lockDown(b *playBrowser, u *modelUser) {
	want := y.staff(&b.modelBrowser, u, true)
	if agree(y, b, api.LockDownPerson, api.HelpRequest{ID: u.id, Reason: why}, want); want {
		y.close(u)
		y.p.Deliver()
		y.learn(u, auth.LinkPassword, u.email, "/password/")
	}
}

func (y *play) endOf(b *playBrowser, u *modelUser) {
	want := y.staff(&b.modelBrowser, u, true)
	if want {
		y.model.endSessions(u, nil)
		y.endAttempts(u)
	}
	agree(y, b, api.EndPersonSessions, api.HelpRequest{ID: u.id, Reason: why}, want)
}

func (y *play) lift(b *playBrowser, u *modelUser) {
	agree(y, b, api.LiftThrottle, api.HelpRequest{ID: u.id, Reason: why}, y.staff(&b.modelBrowser, u, true))
}

func (y *play) askStaff(b *playBrowser) {
	want := false
	if y.half(&b.modelBrowser) {
		for _, by := range y.users {
			other := &playBrowser{modelBrowser: modelBrowser{session: &modelSession{who: by}}}
			want = want || by != b.attempt.who && strings.ContainsRune(y.reach(other, b.attempt.who), rune(b.attempt.who.role.String()[0]))
		}
	}
	agree(y, b, api.AskStaff, api.None{}, want)
}

// inside has the one in b call what is open to everybody but those who are kept to the
// wizard.
func (y *play) inside(b *playBrowser) {
	agree(y, b, api.Sessions, api.None{}, y.open(&b.modelBrowser))
}

// mandate has the one in b make two-factor mandatory, at once or in an hour, or not.
func (y *play) mandate(b *playBrowser, way int) {
	id := "here"
	if b.session != nil {
		id = b.session.who.organization
	}
	o, err := y.p.Store.Organization(y.t.Context(), auth.ID(id))
	if err != nil {
		y.fail("%v", err)
	}
	if way%4 == 3 {
		agree(y, b, api.DisableMandatory, api.DisableMandatoryRequest{Version: o.Version}, y.model.mandate(&b.modelBrowser, time.Time{}))
		return
	}
	req, from := api.MakeMandatoryRequest{Version: o.Version}, y.now
	if way%4 == 2 {
		from = y.now.Add(time.Hour)
		req.From = from.UnixMilli()
	}
	agree(y, b, api.MakeMandatory, req, y.model.mandate(&b.modelBrowser, from))
}
