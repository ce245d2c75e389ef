package server_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// Somebody has moved to a new mailbox of their own; within the week an intruder moves
// the account on. "This was not me" in the mailbox that the owner has must not mail the
// link for a password to the intruder.
func TestIntruder_NotMeAfterAMoveOfOnesOwn(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().StepUp()
	changeEmail(t, p, ada, "ada.new@example.net")
	p.Clock.Advance(2 * 24 * time.Hour)
	ada.SignIn().StepUp()
	p.Post.Empty()
	changeEmail(t, p, ada, "eve@example.net")
	servertest.Must(t, p.Browser(), api.LockDown, api.LinkRequest{Token: p.LinkAt("ada.new@example.net", "/not-me/")})
	p.Deliver()
	if p.Post.Link("eve@example.net", "/password/") != "" {
		t.Error("the intruder is mailed the link for a password")
	}
	if p.Post.Link("ada.new@example.net", "/password/") == "" {
		t.Error("the owner is not")
	}
}

// The first notice, that a change was asked for, has a link as well. Pressed after the
// intruder has confirmed, it must not mail them the link for a password.
func TestIntruder_NotMeOfTheFirstNotice(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().StepUp()
	p.Deliver()
	p.Post.Empty()
	servertest.Must(t, ada, api.ChangeEmail, api.ChangeEmailRequest{Email: "eve@example.net"})
	asked := p.LinkAt(adas, "/not-me/")
	p.Clock.Advance(time.Minute)
	servertest.Must(t, p.Browser(), api.ConfirmEmail, api.LinkRequest{Token: p.LinkAt("eve@example.net", "/email/")})
	p.Deliver()
	p.Post.Empty()
	servertest.Must(t, p.Browser(), api.LockDown, api.LinkRequest{Token: asked})
	p.Deliver()
	if p.Post.Link("eve@example.net", "/password/") != "" {
		t.Error("the intruder is mailed the link for a password")
	}
}

// Who changes the password and ends all other sessions voids what these have begun.
func TestIntruder_PendingAddressEndsWithThePassword(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().StepUp()
	thief := &servertest.Person{Browser: ada.Copy()}
	servertest.Must(t, thief, api.ChangeEmail, api.ChangeEmailRequest{Email: "eve@example.net"})
	token := p.LinkAt("eve@example.net", "/email/")
	p.Clock.Advance(time.Minute)
	ada.SignIn().StepUp()
	servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: "seven owls watch the tide", EndOthers: true})
	if refused := servertest.Refused(t, p.Browser(), api.ConfirmEmail, api.LinkRequest{Token: token}); refused != check.LinkDead {
		t.Errorf("the intruder's address is confirmed: %q", refused)
	}
}

// Who reads the further address can lock the account once, not keep it locked.
func TestIntruder_LockedAgainAndAgain(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	ada := p.SetUp().SignIn().EnrollText(german).StepUp()
	servertest.Must(t, ada, api.AddNoticeAddress, api.ChangeEmailRequest{Email: "further@example.net"})
	servertest.Must(t, p.Browser(), api.ConfirmEmail, api.LinkRequest{Token: p.LinkAt("further@example.net", "/email/")})
	p.Deliver()
	press := func() check.Code {
		return servertest.Refused(t, p.Browser(), api.LockDown, api.LinkRequest{Token: p.LinkAt("further@example.net", "/not-me/")})
	}
	press()
	p.Deliver()
	owners := p.Post.Link(adas, "/password/")
	mails, texts, presses := len(p.Post.Mails(adas)), len(p.Post.Texts(german)), 0
	for range 50 {
		if press() != "" {
			break
		}
		presses++
	}
	p.Deliver()
	if presses > 0 {
		t.Errorf("pressed %d times more: %d mails to the owner, %d text messages", presses, len(p.Post.Mails(adas))-mails, len(p.Post.Texts(german))-texts)
	}
	if refused := servertest.Refused(t, p.Browser(), api.ChoosePassword, api.ChoosePasswordRequest{Token: owners, Password: "seven owls watch the tide"}); refused != "" {
		t.Errorf("the owner's link: %q", refused)
	}
}

// Who has the old password of a locked account cannot void the link that its owner was
// mailed.
func TestIntruder_OldPasswordVoidsNoLink(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().StepUp()
	servertest.Must(t, ada, api.ChangePassword, api.ChangePasswordRequest{Current: ada.Password, New: "nine geese cross the marsh"})
	lockDown(t, p, adas)
	p.Deliver()
	owners := p.Post.Link(adas, "/password/")
	if refused := servertest.Refused(t, elsewhere(p, 3), api.SignIn, api.SignInRequest{Name: "ada", Password: "nine geese cross the marsh"}); refused != check.PasswordLocked {
		t.Fatalf("the old password: %q", refused)
	}
	if refused := servertest.Refused(t, p.Browser(), api.ChoosePassword, api.ChoosePasswordRequest{Token: owners, Password: "seven owls watch the tide"}); refused != "" {
		t.Errorf("the owner's link: %q", refused)
	}
}

// A member cannot have the portal send text messages without end: notices count too.
func TestIntruder_NoticesByTextAreLimited(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	mallory := p.SetUp().SignIn().EnrollText(german).StepUp()
	p.Deliver()
	p.Post.Empty()
	now, next := mallory.Password, "nine geese cross the marsh"
	for range 150 {
		servertest.Must(t, mallory, api.ChangePassword, api.ChangePasswordRequest{Current: now, New: next})
		now, next = next, now
	}
	p.Deliver()
	if n := len(p.Post.Texts(german)); n > 100 {
		t.Errorf("%d text messages in a moment; the day's ceiling is 100", n)
	}
}

// The cap of a number holds whichever networks its sender comes from.
func TestIntruder_CapOfANumberThatIsNotOnes(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	p.SetUp()
	mallory := p.Invite("mallory")
	sent := 0
	for i := range 10 {
		b := elsewhere(p, i)
		servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "mallory", Password: mallory.Password})
		servertest.Must(t, b, api.StepUp, api.StepUpRequest{Password: mallory.Password})
		for range auth.TextsToNumber + 1 {
			p.Clock.Advance(auth.ResendAfter)
			if servertest.Refused(t, b, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: british, Country: "GB"}) == "" {
				sent++
			}
		}
	}
	if sent > auth.TextsToNumber {
		t.Errorf("%d codes in %s to somebody else's phone, want at most %d a day", sent, "minutes", auth.TextsToNumber)
	}
}

// One member cannot use up what the whole portal may send in a day.
func TestIntruder_OneMemberTripsTheBreaker(t *testing.T) {
	p := servertest.New(t, "", servertest.WithTexts)
	p.SetUp()
	mallory := p.Invite("mallory").SignIn().EnrollText(german)
	sent := 0
	for i := range 120 {
		p.Clock.Advance(auth.ResendAfter)
		mallory.Address = fmt.Sprintf("198.51.100.%d", i/25+1)
		if servertest.Refused(t, mallory, api.SendStepUpText, api.SendTextRequest{}) != "" {
			break
		}
		sent++
		servertest.Must(t, mallory, api.StepUp, api.StepUpRequest{Password: mallory.Password, TextCode: mallory.TextCode()})
	}
	if sent > 60 {
		t.Errorf("one member had %d codes of the day's 100", sent)
	}
}

// Wrong recovery codes that come at once are wrong second steps like others: the third
// is told.
func TestIntruder_WrongStepsAtOnceAreTold(t *testing.T) {
	p := servertest.New(t, "", func(c *serverConfig) { c.Hashes, c.Cost = 1, auth.Cost{Memory: 32 << 10, Time: 1, Threads: 1} })
	ada := p.SetUp().SignIn().Enroll()
	servertest.Must(t, ada, api.SignOut, api.None{})
	p.Deliver()
	p.Post.Empty()
	b := elsewhere(p, 9)
	servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
	var all sync.WaitGroup
	for range 5 {
		other := b.Copy()
		all.Go(func() {
			api.UseRecoveryCode.Call(t.Context(), other, api.UseRecoveryCodeRequest{RecoveryCode: "0000-0000-0000-0000"})
		})
	}
	all.Wait()
	p.Deliver()
	if n := len(p.Post.Mails(adas)); n != 1 {
		t.Errorf("five wrong recovery codes behind the right password: %d notices", n)
	}
}

// Who has the password, or a session, cannot bury the notices of the owner.
func TestIntruder_MailboxIsNotFlooded(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp()
	for i := range 150 {
		servertest.Must(t, elsewhere(p, i), api.SignIn, api.SignInRequest{Name: "ada", Password: ada.Password})
	}
	p.Deliver()
	if n := len(p.Post.Mails(adas)); n > 50 {
		t.Errorf("%d mails by signing in in strange browsers", n)
	}
	ada.SignIn().Enroll()
	p.Deliver()
	p.Post.Empty()
	list := servertest.Must(t, ada, api.Security, api.None{}).Authenticators
	for i := range 150 {
		servertest.Must(t, ada, api.RenameAuthenticator, api.RenameAuthenticatorRequest{ID: list[0].ID, Name: fmt.Sprint("Phone ", i)})
	}
	p.Deliver()
	if n := len(p.Post.Mails(adas)); n > 50 {
		t.Errorf("%d mails by renaming", n)
	}
}

// The check-up is asked once; it is no place to try passcodes at, without the password.
func TestIntruder_CheckUpIsNoPlaceToTry(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	thief := ada.Copy()
	thief.Address = "198.51.100.9"
	thief.SetCookie("doorward-familiar", "")
	tries := 0
	for range 3 * 24 * 60 {
		if servertest.Refused(t, thief, api.CheckUp, api.CheckUpRequest{Passcode: "000000"}) == check.WrongPasscode {
			tries++
		}
		p.Clock.Advance(time.Minute)
		if p.Clock.Now().Hour() == 8 && p.Clock.Now().Minute() == 55 {
			break // the session is over soon
		}
	}
	list := servertest.Must(t, ada, api.Security, api.None{})
	if tries > 0 {
		t.Errorf("%d passcodes tried with a stolen cookie, before the check-up is due; disabled: %v", tries, list.Authenticators[0].Disabled)
	}
}
