package server_test

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/shared/api"
)

// parallel is how many requests try to use one thing at once.
const parallel = 50

// once runs try fifty times at once and returns how many succeeded.
func once(try func(i int) bool) int {
	var won atomic.Int32
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	for i := range parallel {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-start
			if try(i) {
				won.Add(1)
			}
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	return int(won.Load())
}

// halves returns fifty browsers that hold one half-finished sign-in, at fifty
// addresses.
func halves(t *testing.T, p *servertest.Portal, who *servertest.Person) []*servertest.Browser {
	t.Helper()
	first := p.Browser()
	servertest.Must(t, first, api.SignIn, api.SignInRequest{Name: who.Name, Password: who.Password})
	browsers := make([]*servertest.Browser, parallel)
	for i := range browsers {
		browsers[i] = first.Copy()
		browsers[i].Address = "198.51.100." + strconv.Itoa(i+1)
	}
	return browsers
}

func TestPasscode_CountsOnceAmongFifty(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		browsers := halves(t, p, ada)
		passcode := ada.Passcode()
		if n := once(func(i int) bool {
			_, err := api.VerifyTOTP.Call(t.Context(), browsers[i], api.VerifyTOTPRequest{Passcode: passcode})
			return err == nil
		}); n != 1 {
			t.Errorf("%d of %d requests signed in with one passcode", n, parallel)
		}
	})
}

// Two sign-ins with one passcode: the second is refused even where each has a
// sign-in of its own, and after the portal has been started anew.
func TestPasscode_CountsOnceAcrossSignInsAndRestarts(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		passcode := ada.Passcode()
		first, second := p.Browser(), p.Browser()
		for _, b := range []*servertest.Browser{first, second} {
			servertest.Must(t, b, api.SignIn, api.SignInRequest{Name: ada.Name, Password: ada.Password})
		}
		servertest.Must(t, first, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: passcode})
		p.Restart()
		if code := servertest.Refused(t, second, api.VerifyTOTP, api.VerifyTOTPRequest{Passcode: passcode}); code != "wrong_passcode" {
			t.Errorf("a spent passcode after a restart: %q", code)
		}
	})
}

func TestRecoveryCode_CountsOnceAmongFifty(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().Enroll()
		browsers := halves(t, p, ada)
		if n := once(func(i int) bool {
			_, err := api.UseRecoveryCode.Call(t.Context(), browsers[i], api.UseRecoveryCodeRequest{RecoveryCode: ada.Codes[0]})
			return err == nil
		}); n != 1 {
			t.Errorf("%d of %d requests signed in with one recovery code", n, parallel)
		}
		set, err := p.Store.RecoverySet(t.Context(), auth.ID(sessionOf(t, p, ada).UserID))
		if err != nil || len(set.Left) != auth.RecoveryCodes {
			t.Errorf("%d codes left, %v; the used one is to be replaced once", len(set.Left), err)
		}
	})
}

func TestSetupLink_CountsOnceAmongFifty(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		link, _, err := p.Server.SetupLink(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n := once(func(i int) bool {
			name := "admin" + string(rune('a'+i%26)) + string(rune('a'+i/26))
			_, err := api.Setup.Call(t.Context(), p.Browser(), api.SetupRequest{Token: link[len(link)-43:], Organization: "One", DisplayName: "Admin",
				UserName: name, Email: name + "@example.org", Password: "umbrella kitchen orbit"})
			return err == nil
		}); n != 1 {
			t.Errorf("%d of %d requests set the portal up", n, parallel)
		}
		if users, err := p.Store.Users(t.Context()); err != nil || len(users) != 1 {
			t.Errorf("%d users, %v", len(users), err)
		}
	})
}

func TestInvitation_CountsOnceAmongFifty(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		p.SetUp()
		link, _, err := p.Server.Invite(t.Context(), server.Invitation{UserName: "grace", Email: "grace@example.org"})
		if err != nil {
			t.Fatal(err)
		}
		if n := once(func(i int) bool {
			_, err := api.AcceptInvitation.Call(t.Context(), p.Browser(), api.AcceptInvitationRequest{Token: link[len(link)-43:], Password: "sonnet marble lantern"})
			return err == nil
		}); n != 1 {
			t.Errorf("%d of %d requests accepted one invitation", n, parallel)
		}
	})
}

func TestEnrollment_FinishesOnceAmongFifty(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp().SignIn().StepUp()
		id := auth.ID(servertest.Must(t, ada, api.Session, api.None{}).UserID)
		secret := ada.Start("Phone", "")
		servertest.Must(t, ada, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: secret.Passcode(auth.TimeStep(p.Clock.Now()))})
		if n := once(func(i int) bool {
			_, err := api.FinishEnrollment.Call(t.Context(), ada.Copy(), api.FinishEnrollmentRequest{Saved: true})
			return err == nil
		}); n != 1 {
			t.Errorf("%d of %d requests finished one enrollment", n, parallel)
		}
		list, err := p.Store.Authenticators(t.Context(), id)
		set, err2 := p.Store.RecoverySet(t.Context(), id)
		if err != nil || err2 != nil || len(list) != 1 || len(set.Left) != 10 {
			t.Errorf("afterwards: %d authenticators, %d codes, %v, %v", len(list), len(set.Left), err, err2)
		}
	})
}

// sessionOf signs who in anew and returns what the session tells.
func sessionOf(t *testing.T, p *servertest.Portal, who *servertest.Person) api.SessionInfo {
	t.Helper()
	p.Clock.Advance(1e12) // past every wait
	other := *who
	other.Browser = p.Browser()
	other.SignIn()
	return servertest.Must(t, other, api.Session, api.None{})
}

type serverConfig = server.Config

var counting sync.Mutex
