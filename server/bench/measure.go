package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"doorward/shared/api"
)

// connections is how many there are at once in every load.
const connections = 32

// bench is one run: a portal with people in it.
type bench struct {
	portal  *portal
	amount  amount
	people  []*person // with a password only
	secured []*person // with an authenticator app
}

// running starts the portal for as long as f takes.
func (b *bench) running(f func() error) error {
	if _, err := b.portal.start(); err != nil {
		return err
	}
	return errors.Join(f(), b.portal.stop())
}

// populate makes the people, on the running portal.
func (b *bench) populate(ctx context.Context) error {
	if err := b.portal.setUp(ctx); err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	for i := range b.amount.people {
		u, err := b.portal.invited(ctx, fmt.Sprintf("person%d", i))
		if err != nil {
			return err
		}
		b.people = append(b.people, u)
	}
	return nil
}

// coldStart prints the time to the first good answer, and the memory of a portal that nobody has asked for anything, both with
// the database that is there.
func (b *bench) coldStart(context.Context) error {
	var starts []time.Duration
	var idle []float64
	for range b.amount.starts {
		took, err := b.portal.start()
		if err != nil {
			return err
		}
		starts = append(starts, took)
		time.Sleep(time.Second)
		now, _, err := b.portal.memory()
		if err := errors.Join(err, b.portal.stop()); err != nil {
			return err
		}
		idle = append(idle, now)
	}
	row("cold start", "%.0f ms (median of %d, slowest %.0f)", ms(median(starts)), len(starts), ms(slices.Max(starts)))
	row("idle memory", "%.1f MiB", median(idle))
	return nil
}

// secondStep prints how long the answer to a passcode takes. Each person signs in once, right after having enrolled: a passcode
// is good once.
func (b *bench) secondStep(ctx context.Context) error {
	return b.running(func() error {
		var took []time.Duration
		for i := range b.amount.secondSteps {
			u, err := b.portal.invited(ctx, fmt.Sprintf("secured%d", i))
			if err != nil {
				return err
			}
			if err := u.enroll(ctx); err != nil {
				return fmt.Errorf("enroll: %w", err)
			}
			d, err := u.signIn(ctx)
			if err != nil {
				return fmt.Errorf("sign in: %w", err)
			}
			took = append(took, d)
			b.secured = append(b.secured, u)
		}
		slices.Sort(took)
		o := outcome{durations: took}
		row("answer to a passcode", "p50 %.2f ms, p99 %.2f ms (%d, one at a time)", ms(o.quantile(.5)), ms(o.quantile(.99)), len(took))
		return nil
	})
}

// sessions prints how fast a signed-in person is told who they are, beside a handler that does nothing but parse a cookie.
func (b *bench) sessions(ctx context.Context) error {
	return b.running(func() error {
		u := b.people[0]
		if _, err := api.SignIn.Call(ctx, u, api.SignInRequest{Name: u.name, Password: password}); err != nil {
			return err
		}
		floor, stop, err := cookieFloor()
		if err != nil {
			return err
		}
		defer stop()
		measure := func(address, cookies string) (outcome, error) {
			request := get(address, api.Session.Path, cookies)
			l := load{address: address, connections: connections, requests: 1 << 40, within: b.amount.floorWithin,
				next: func(int64) []byte { return request }}
			o, err := l.run()
			return o, errors.Join(err, o.only(http.StatusOK))
		}
		before, err := measure(floor, "Cookie: session=x")
		if err != nil {
			return err
		}
		ours, err := measure(b.portal.address, u.cookies())
		if err != nil {
			return err
		}
		after, err := measure(floor, "Cookie: session=x")
		if err != nil {
			return err
		}
		bare := (before.rate() + after.rate()) / 2
		row("session checks a second", "%.0f, p50 %.2f ms, p99 %.2f ms", ours.rate(), ms(ours.quantile(.5)), ms(ours.quantile(.99)))
		row("  floor: bare handler, one cookie", "%.0f, p50 %.2f ms, p99 %.2f ms; ours is %.0f %%",
			bare, ms(before.quantile(.5)), ms(before.quantile(.99)), 100*ours.rate()/bare)
		return nil
	})
}

// signIns is a load of sign-ins with a password, by distinct people in turn.
func (b *bench) signIns(count int64) (outcome, error) {
	var bodies [][]byte
	for _, u := range b.people {
		body, err := json.Marshal(api.SignInRequest{Name: u.name, Password: password})
		if err != nil {
			return outcome{}, err
		}
		bodies = append(bodies, post(b.portal.address, api.SignIn.Path, string(body)))
	}
	l := load{address: b.portal.address, connections: connections, requests: count, within: b.amount.within,
		next: func(n int64) []byte { return bodies[n%int64(len(bodies))] }}
	o, err := l.run()
	return o, errors.Join(err, o.only(http.StatusOK))
}

// signInRate prints sign-ins in a second beside bare password hashes at the same cost.
func (b *bench) signInRate(context.Context) error {
	return b.running(func() error {
		pid := b.portal.cmd.Process.Pid
		bare, eachBare, err := hashFloor(b.amount.floorWithin)
		if err != nil {
			return err
		}
		began, err := processorTime(pid)
		if err != nil {
			return err
		}
		o, err := b.signIns(b.amount.signIns)
		if err != nil {
			return err
		}
		ended, err := processorTime(pid)
		if err != nil {
			return err
		}
		each := (ended - began) / time.Duration(len(o.durations))
		_, peak, err := b.portal.memory()
		if err != nil {
			return err
		}
		again, eachAgain, err := hashFloor(b.amount.floorWithin)
		if err != nil {
			return err
		}
		bare, eachBare = (bare+again)/2, (eachBare+eachAgain)/2
		row("sign-ins a second", "%.1f, p50 %.0f ms, p99 %.0f ms (%d connections); %.1f ms of a processor each; memory at most %.0f MiB",
			o.rate(), ms(o.quantile(.5)), ms(o.quantile(.99)), connections, ms(each), peak)
		row("  floor: bare Argon2id hashes", "%.1f, %.1f ms each; ours is %.0f %% of the rate, %.0f %% of the processor",
			bare, ms(eachBare), 100*o.rate()/bare, 100*float64(eachBare)/float64(each))
		return nil
	})
}

// manySignIns prints the memory after a great many sign-ins, and half a minute later at most.
func (b *bench) manySignIns(context.Context) error {
	return b.running(func() error {
		o, err := b.signIns(b.amount.manySignIns)
		if err != nil {
			return err
		}
		return b.memoryAfter(fmt.Sprintf("memory after %d sign-ins", len(o.durations)))
	})
}

// anonymous prints the memory after a great many requests of nobody in particular: pages, and calls that are refused, each with
// another session that does not exist.
func (b *bench) anonymous(context.Context) error {
	return b.running(func() error {
		host := b.portal.address
		l := load{address: host, connections: connections, requests: b.amount.anonymous, within: b.amount.within,
			next: func(n int64) []byte {
				switch n % 4 {
				case 0:
					return get(host, "/sign-in")
				case 1:
					return get(host, api.Session.Path)
				case 2:
					return get(host, api.Session.Path, fmt.Sprintf("Cookie: doorward=%043x", rand.Uint64()))
				default:
					return post(host, api.SignIn.Path, `{"name":""}`)
				}
			}}
		o, err := l.run()
		if err != nil {
			return err
		}
		row("anonymous requests a second", "%.0f, p99 %.2f ms, answers %v", o.rate(), ms(o.quantile(.99)), o.statuses)
		return b.memoryAfter(fmt.Sprintf("memory after %d anonymous", len(o.durations)))
	})
}

// memoryAfter prints the memory a few seconds after a load, when it has had the time to be given back, and its peak.
func (b *bench) memoryAfter(what string) error {
	time.Sleep(5 * time.Second)
	now, peak, err := b.portal.memory()
	if err != nil {
		return err
	}
	row(what, "%.1f MiB, peak %.1f", now, peak)
	return nil
}
