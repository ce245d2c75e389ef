package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"doorward/server/auth"
	"doorward/server/demo"
	"doorward/server/keyring"
	"doorward/server/servertest/localpg"
	"doorward/server/store"
	"doorward/shared/api"
)

// soon is how fast the first page of any list is to be at the median, with everybody in it.
const soon = 50 * time.Millisecond

// size is how much is in a database whose lists are measured.
type size struct{ people, events int }

func (s size) String() string { return fmt.Sprintf("%d people and %d events", s.people, s.events) }

// listed is how long one thing that is asked of a list took, in a small and in a large database.
type listed struct {
	name         string
	small, large outcome
}

// lists prints how long lists of people and of what happened take to answer an administrator, in a small and in a large
// organization, on both engines, beside a bare handler that answers with the same bytes.
func (b *bench) lists(ctx context.Context) error {
	if b.amount.large.people < whole.large.people {
		fmt.Printf("\nlists, in FEWER than %v, as -quick has it:\n", whole.large)
	}
	for _, engine := range []string{"SQLite", "PostgreSQL"} {
		small, err := b.listsOf(ctx, engine, b.amount.small)
		if err != nil {
			return fmt.Errorf("%s, %v: %w", engine, b.amount.small, err)
		}
		large, err := b.listsOf(ctx, engine, b.amount.large)
		if err != nil {
			return fmt.Errorf("%s, %v: %w", engine, b.amount.large, err)
		}
		if len(small) != len(large) {
			return fmt.Errorf("%d things were asked of the small database, %d of the large", len(small), len(large))
		}
		for i := range small {
			small[i].large = large[i].small
		}
		fmt.Printf("\nlists on %s, %v → %v (%d runs each at most)\n", engine, b.amount.small, b.amount.large, b.amount.looks)
		table(small)
	}
	return nil
}

// table prints what was listed, the growth of the medians and what is not soon enough.
func table(rows []listed) {
	fmt.Printf("  %-44s %18s %18s %8s\n", "ms", "small: p50   p99", "large: p50   p99", "growth")
	for _, r := range rows {
		mark := ""
		if r.large.quantile(.5) > soon {
			mark = fmt.Sprintf("  OVER %d ms", soon.Milliseconds())
		}
		fmt.Printf("  %-44s %10.2f %7.2f %10.2f %7.2f %7.1fx%s\n", r.name, ms(r.small.quantile(.5)), ms(r.small.quantile(.99)),
			ms(r.large.quantile(.5)), ms(r.large.quantile(.99)), float64(r.large.quantile(.5))/float64(max(1, r.small.quantile(.5))), mark)
	}
}

// listsOf fills a database, starts a portal on it and asks for everything there is to ask.
func (b *bench) listsOf(ctx context.Context, engine string, s size) (rows []listed, err error) {
	folder := filepath.Join(b.portal.data, fmt.Sprintf("lists-%s-%d", engine, s.people))
	p, err := newPortal(b.portal.binary, folder)
	if err != nil {
		return nil, err
	}
	c := store.Config{File: filepath.Join(folder, "doorward.db")}
	if engine == "PostgreSQL" {
		pg, err := localpg.Start()
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, pg.Stop()) }()
		c = store.Config{URL: pg.URL}
		p.settings = []string{"DOORWARD_DATABASE=" + pg.URL}
	}
	made, err := filled(ctx, c, folder, s)
	if err != nil {
		return nil, fmt.Errorf("fill: %w", err)
	}
	if _, err := p.start(); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	u, err := p.operator(ctx, made)
	if err != nil {
		return nil, fmt.Errorf("sign in: %w", err)
	}
	asks, err := everyList(ctx, u, made)
	if err != nil {
		return nil, err
	}
	for _, a := range asks {
		o, _, err := b.look(ctx, u, a)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.name, err)
		}
		rows = append(rows, listed{name: a.name, small: o})
	}
	floor, err := b.listFloor(ctx, u, asks[0])
	return append(rows, listed{name: "floor: a bare handler, the first's bytes", small: floor}), err
}

// filled fills a database and prints how long that took.
func filled(ctx context.Context, c store.Config, folder string, s size) (made demo.Made, err error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return made, err
	}
	ring, err := keyring.Create(filepath.Join(folder, "keyring.json"))
	if err != nil {
		return made, err
	}
	st, err := store.Open(ctx, c, ring)
	if err != nil {
		return made, err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	began := time.Now()
	made, err = demo.Fill(ctx, st, demo.Plan{People: s.people, Events: s.events, Cost: auth.DefaultCost(), Now: began, Random: rand.Reader})
	if err == nil {
		row("filled "+st.Engine(), "%.1f s for %v", time.Since(began).Seconds(), size{made.People, made.Events})
	}
	return made, err
}

// operator signs in as the operator of a filled database.
func (p *portal) operator(ctx context.Context, made demo.Made) (*person, error) {
	u, err := p.person(made.Operator.UserName)
	if err != nil {
		return nil, err
	}
	if _, err := api.SignIn.Call(ctx, u, api.SignInRequest{Name: u.name, Password: made.Password}); err != nil {
		return nil, fmt.Errorf("password: %w", err)
	}
	_, err = api.VerifyTOTP.Call(ctx, u, api.VerifyTOTPRequest{Passcode: made.Secret.Passcode(auth.TimeStep(time.Now()))})
	return u, err
}

// look asks for one thing again and again, one at a time, and returns the last answer as well. The first time is not
// counted.
func (b *bench) look(ctx context.Context, u *person, a asked) (o outcome, answer []byte, err error) {
	for began := time.Now(); len(o.durations) <= b.amount.looks && time.Since(began) < b.amount.looksWithin; {
		var status int
		sent := time.Now()
		if status, answer, err = u.Send(ctx, http.MethodPost, a.path, a.body); err != nil {
			return o, nil, err
		}
		o.durations = append(o.durations, time.Since(sent))
		if status != http.StatusOK {
			return o, nil, fmt.Errorf("answered with %d: %.200s", status, answer)
		}
	}
	if len(o.durations) < 2 {
		return o, nil, fmt.Errorf("one answer took longer than %v", b.amount.looksWithin)
	}
	o.durations = o.durations[1:]
	slices.Sort(o.durations)
	return o, answer, nil
}

// listFloor asks a bare handler for what the portal answers to a, as often.
func (b *bench) listFloor(ctx context.Context, u *person, a asked) (outcome, error) {
	_, answer, err := b.look(ctx, u, a)
	if err != nil {
		return outcome{}, err
	}
	address, stop, err := bytesFloor(answer)
	if err != nil {
		return outcome{}, err
	}
	bare := *u
	bare.portal = &portal{address: address}
	o, _, err := b.look(ctx, &bare, a)
	return o, errors.Join(err, stop())
}

// asked is one call of a list.
type asked struct {
	name, path string
	body       []byte
}

func ask[Req api.Request, Resp any](name string, e api.Endpoint[Req, Resp], req Req) (asked, error) {
	body, err := json.Marshal(req)
	return asked{name: name, path: e.Path, body: body}, err
}
