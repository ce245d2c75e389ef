package server_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/server/servertest"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// step is one thing that happens, small enough to be left out: what it is about is
// looked up when its turn comes.
type step struct {
	kind              string
	browser, who, way int
}

func (s step) String() string { return fmt.Sprintf("%s(%d,%d,%d)", s.kind, s.browser, s.who, s.way) }

// play is a portal and the model beside it.
type play struct {
	model
	t        *testing.T
	p        *servertest.Portal
	browsers []*playBrowser
	counter  int
}

type playBrowser struct {
	modelBrowser
	*servertest.Browser
	number int
}

// astray is what a play ends with when portal and model differ.
type astray string

func (y *play) fail(format string, args ...any) { panic(astray(fmt.Sprintf(format, args...))) }

// agree makes a call, and ends the play unless it is allowed just when the model
// says so. It returns the answer and whether it was allowed.
func agree[Req api.Request, Resp any](y *play, b api.Transport, e api.Endpoint[Req, Resp], req Req, want bool) (Resp, bool) {
	answer, err := e.Call(y.t.Context(), b, req)
	if err == nil {
		if !want {
			y.fail("%s is allowed; the model denies it", e.Path)
		}
		return answer, true
	}
	refusal, ok := errors.AsType[*api.Error](err)
	if !ok || refusal.Code == check.Internal || refusal.Code == check.Throttled || refusal.Code == check.Busy {
		y.fail("%s: %v", e.Path, err)
	}
	if want {
		y.fail("%s is refused with %+v; the model allows it", e.Path, *refusal)
	}
	return answer, false
}

// firstPassword is everybody's at first, so that it is hashed once.
const firstPassword = "sonnet marble lantern orbit"

var firstHash = sync.OnceValue(func() auth.Hash { return auth.NewHash(firstPassword, [16]byte{4}, servertest.Cost) })

// newPlay empties the portal and fills it with people of two organizations. Every
// second has two-factor from the start.
func newPlay(t *testing.T, p *servertest.Portal) *play {
	p.Wipe()
	p.Clock.Advance(48 * time.Hour)
	y := &play{t: t, p: p}
	y.now, y.from = p.Clock.Now(), map[string]time.Time{}
	for i := range 4 {
		y.browsers = append(y.browsers, &playBrowser{Browser: p.Browser(), number: i})
	}
	y.update(func(ctx context.Context, tx *store.Tx) error {
		y.users = nil
		for _, name := range []string{"here", "there"} {
			o := auth.Organization{ID: auth.ID(name), Name: name, Policy: auth.DefaultPolicy(), Created: y.now}
			o.Policy.TrustedDays = int(trustFor.Hours() / 24)
			if err := tx.AddOrganization(ctx, o); err != nil {
				return err
			}
		}
		for i, u := range []*modelUser{{name: "ann", role: auth.Member}, {name: "hal", role: auth.Helper}, {name: "hob", role: auth.Helper}, {name: "amy", role: auth.Admin},
			{name: "ops", role: auth.Operator}, {name: "bob", role: auth.Member}, {name: "bea", role: auth.Admin}} {
			y.users = append(y.users, u)
			u.organization = "here"
			if i > 4 {
				u.organization = "there"
			}
			u.id, u.email, u.password = fmt.Sprintf("%s-%018d", u.name, i), u.name+"@example.org", firstPassword
			account := auth.User{ID: auth.ID(u.id), Organization: auth.ID(u.organization), UserName: u.name, Email: u.email, DisplayName: u.name,
				Role: u.role, State: auth.Active, PasswordChanged: y.now, Created: y.now, Password: firstHash()}
			if i%2 == 0 {
				account.TwoFactorSince = y.now
			}
			if err := tx.AddUser(ctx, account); err != nil {
				return err
			}
			if i%2 == 0 {
				if err := y.equip(ctx, tx, u, i); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return y
}

func (y *play) update(decide func(context.Context, *store.Tx) error) {
	if err := y.p.Store.Update(y.t.Context(), func(tx *store.Tx) error { return decide(y.t.Context(), tx) }); err != nil {
		y.fail("%v", err)
	}
}

// equip gives somebody an app, a recovery phone and recovery codes from the start.
func (y *play) equip(ctx context.Context, tx *store.Tx, u *modelUser, i int) error {
	way := &modelWay{secret: []byte(strings.Repeat(string(rune('A'+i)), auth.SecretSize))}
	u.twoFactor, u.ways, u.phone = true, []*modelWay{way}, &modelWay{number: y.number(u, true)}
	set := auth.RecoverySet{ID: auth.ID(u.id[:18] + "-set"), User: auth.ID(u.id), Salt: []byte(u.name + " with some salt"), Cost: servertest.Cost, Made: y.now}
	for n := range 3 {
		code := fmt.Sprintf("%c%014d%d", 'A'+i, i, n)
		u.codes = append(u.codes, code)
		set.Left = append(set.Left, auth.RecoveryCode{ID: auth.ID(code), Hash: auth.HashRecoveryCode(code, set.Salt, set.Cost)})
	}
	app := auth.Authenticator{ID: auth.ID(u.id[:18] + "-app"), User: auth.ID(u.id), Method: auth.MethodTOTP, Name: "App", Secret: way.secret, Added: y.now}
	phone := auth.RecoveryPhone{ID: auth.ID(u.id[:18] + "-tel"), User: auth.ID(u.id), Number: u.phone.number, Added: y.now}
	return errors.Join(tx.AddAuthenticator(ctx, app), tx.AddRecoveryPhone(ctx, phone), tx.PutRecoverySet(ctx, set))
}

// number is a person's own telephone number; of a recovery phone or of one that
// takes codes.
func (y *play) number(u *modelUser, recovery bool) string {
	n := 10
	if recovery {
		n = 50
	}
	return fmt.Sprintf("+49151234567%d", n+int(u.name[0]+u.name[1])%40)
}

// compare ends the play when a person's account is not as the model has it.
func (y *play) compare(u *modelUser) {
	ctx, id := y.t.Context(), auth.ID(u.id)
	user, err := y.p.Store.User(ctx, id)
	list, err1 := y.p.Store.Authenticators(ctx, id)
	phones, err2 := y.p.Store.RecoveryPhones(ctx, id)
	set, err3 := y.p.Store.RecoverySet(ctx, id)
	sessions, err4 := y.p.Store.Sessions(ctx, id)
	trusts, err5 := y.p.Store.TrustedDevices(ctx, id)
	links, err6 := y.p.Store.PendingLinks(ctx, id, y.now)
	if err := errors.Join(err, err1, err2, err3, err4, err5, err6); err != nil {
		y.fail("%v", err)
	}
	got, want := []string{}, []string{}
	for _, s := range sessions {
		if s.Live(y.now, auth.DefaultPolicy()) && s.Enough(user) {
			got = append(got, fmt.Sprintf("session of level %d, proved %v, trusted %v", s.Level, s.Proved(y.now), slices.Contains(s.Factors, auth.FactorTrustedDevice)))
		}
	}
	for _, s := range y.sessions {
		if s.who == u && y.live(s) {
			proved := !s.provedAt.IsZero() && y.now.Before(s.provedAt.Add(10*time.Minute))
			want = append(want, fmt.Sprintf("session of level %d, proved %v, trusted %v", s.level, proved, s.trusted))
		}
	}
	live := 0
	for _, d := range trusts {
		if y.now.Before(d.Expires) {
			live++
		}
	}
	for _, l := range links {
		if l.Kind != auth.LinkNotMe && l.Kind != auth.LinkGiveBack {
			got = append(got, "link "+string(l.Kind))
		}
	}
	for _, l := range y.links {
		if l.who == u && y.good(l) && l.kind != auth.LinkNotMe {
			want = append(want, "link "+string(l.kind))
		}
	}
	trusted := 0
	for _, d := range y.trusts {
		if d.who == u && !d.ended && y.now.Before(d.until) {
			trusted++
		}
	}
	phone := 0
	if u.phone != nil {
		phone = 1
	}
	slices.Sort(got)
	slices.Sort(want)
	const format = "%s: role %s, locked %v, two-factor %v, %d authenticators, %d phones, %d codes, %d trusted, %q"
	is := fmt.Sprintf(format, user.Email, user.Role, !user.PasswordLocked.IsZero(), user.TwoFactor(), len(list), len(phones), len(set.Left), live, got)
	should := fmt.Sprintf(format, u.email, u.role, u.locked, u.twoFactor, len(u.ways), phone, len(u.codes), trusted, want)
	if is != should {
		y.fail("the portal has %s\nthe model has %s", is, should)
	}
}

// comesIn ends the play when somebody who holds the password and one factor, and is
// not locked down, cannot sign in; and who is locked down with their mail.
func (y *play) comesIn(u *modelUser) {
	y.advance(25 * time.Hour)
	b := &playBrowser{Browser: y.p.Browser()}
	if u.locked {
		y.forgot(u)
		l := y.newest(u, auth.LinkPassword)
		y.choose(b, l, true)
	}
	ways := []string{""}
	if u.twoFactor {
		ways = nil
		if slices.ContainsFunc(u.ways, func(w *modelWay) bool { return w.secret != nil }) {
			ways = append(ways, "passcode")
		}
		if slices.ContainsFunc(u.ways, func(w *modelWay) bool { return w.secret == nil }) {
			ways = append(ways, "text")
		}
		if u.phone != nil {
			ways = append(ways, "recovery text")
		}
		if len(u.codes) > 0 {
			ways = append(ways, "recovery code")
		}
	}
	if len(ways) == 0 {
		y.fail("%s has two-factor and nothing to do it with", u.name)
	}
	for _, way := range ways {
		b = &playBrowser{Browser: y.p.Browser()}
		y.password(b, u, true)
		switch way {
		case "passcode":
			y.passcode(b, 0)
		case "text":
			y.sendText(b, false)
			y.text(b, 0)
		case "recovery text":
			y.sendText(b, true)
			y.recoveryText(b, 0)
		case "recovery code":
			y.recoveryCode(b, 0)
		}
		if !y.live(b.session) {
			y.fail("%s holds the password and a way back, %q, and is kept out", u.name, way)
		}
		y.p.Calm()
		y.advance(time.Minute)
	}
}

// run plays steps on an empty portal and returns where portal and model part;
// empty when they do not.
func run(t *testing.T, p *servertest.Portal, steps []step) (parted string) {
	at := "the beginning"
	defer func() {
		if r := recover(); r != nil {
			a, ok := r.(astray)
			if !ok {
				panic(r)
			}
			parted = at + ": " + string(a)
		}
	}()
	y := newPlay(t, p)
	for i, s := range steps {
		at = fmt.Sprintf("step %d, %s", i+1, s)
		b, u := y.browsers[s.browser], y.users[s.who]
		about := map[*modelUser]bool{u: true}
		if b.session != nil {
			about[b.session.who] = true
		}
		if b.attempt != nil {
			about[b.attempt.who] = true
		}
		modelSteps[s.kind](y, b, u, s.way)
		y.p.Calm()
		for _, u := range y.users {
			if about[u] {
				y.compare(u)
			}
		}
	}
	at = "the end"
	for _, u := range y.users {
		y.compare(u)
	}
	for _, i := range []int{len(steps) / 2, len(steps) - 1} { // a few; each costs as much as a dozen steps
		if i >= 0 && i < len(steps) {
			y.comesIn(y.users[steps[i].who])
			y.compare(y.users[steps[i].who])
		}
	}
	return ""
}

// How long each sequence is, and how many of them there are at most.
const (
	sequenceLength = 20
	maxSequences   = 5000
)

// modelFor is how long sequences are played on each engine. Each is the same each
// time; how many there are depends on the machine.
var modelFor = flag.Duration("model", 20*time.Second, "how long TestModel plays on each engine")

// Whatever people and staff do in whatever order, the portal does what the model
// says: nobody reaches a level that it denies, nobody acts above their role, no
// one-time thing works twice, nobody who holds the password and one factor is kept
// out.
func TestModel(t *testing.T) {
	names := make([]string, 0, len(modelSteps))
	for name := range modelSteps {
		for range weights[name] + 1 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		played, began := 0, time.Now()
		for seed := range uint64(maxSequences) {
			if time.Since(began) > *modelFor {
				break
			}
			played++
			r := rand.New(rand.NewPCG(seed, 4))
			steps := make([]step, sequenceLength)
			for i := range steps {
				steps[i] = step{names[r.IntN(len(names))], r.IntN(4), r.IntN(7), r.IntN(12)}
			}
			if parted := run(t, p, steps); parted != "" {
				steps, parted = shortest(t, p, steps, parted)
				t.Fatalf("seed %d\n%v\n%s", seed, steps, parted)
			}
		}
		t.Logf("%d sequences of %d steps", played, sequenceLength)
	}, servertest.WithTexts)
}

// shortest leaves out whatever is not needed for portal and model to part.
func shortest(t *testing.T, p *servertest.Portal, steps []step, parted string) ([]step, string) {
	for size := len(steps) / 2; size > 0; size /= 2 {
		for i := 0; i+size <= len(steps); {
			fewer := slices.Delete(slices.Clone(steps), i, i+size)
			if again := run(t, p, fewer); again != "" {
				steps, parted = fewer, again
			} else {
				i += size
			}
		}
	}
	return steps, parted
}
