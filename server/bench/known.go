package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

// alike is how far apart, in parts of the smaller, the medians of known and unknown
// accounts may lie.
const alike = 0.05

// known prints how long the answers to a wrong password and to a forgotten one take for people who have an account and for names that
// nobody has. The two are asked for in turn, so that what else the machine does meets both.
func (b *bench) known(ctx context.Context) error {
	return b.running(func() error {
		for _, call := range []struct {
			name string
			ask  func(u *person, name string) error
		}{
			{"wrong password", func(u *person, name string) error {
				_, err := api.SignIn.Call(ctx, u, api.SignInRequest{Name: name, Password: "not the password"})
				if refusal, ok := errors.AsType[*api.Error](err); !ok || refusal.Code != check.WrongPassword {
					return fmt.Errorf("%s: %w", name, err)
				}
				return nil
			}},
			{"forgotten password", func(u *person, name string) error {
				_, err := api.ForgotPassword.Call(ctx, u, api.ForgotPasswordRequest{Name: name})
				return err
			}},
		} {
			if err := b.compare(call.name, call.ask); err != nil {
				return err
			}
		}
		return nil
	})
}

// compare prints the medians of ask for known and unknown names, and their ratio.
func (b *bench) compare(what string, ask func(u *person, name string) error) error {
	u, err := b.portal.person("stranger")
	if err != nil {
		return err
	}
	var took [2][]time.Duration
	for i := range b.amount.asks + 1 {
		names := [2]string{b.people[i%len(b.people)].name, fmt.Sprintf("nobody%d", i%len(b.people))}
		u.from = fmt.Sprintf("192.0.2.%d", 1+i%250) // no address and no name is asked from or for so often that it waits
		for n := range names {
			which := (n + i) % 2 // neither is always the first
			began := time.Now()
			if err := ask(u, names[which]); err != nil {
				return err
			}
			if i > 0 { // the first warms up
				took[which] = append(took[which], time.Since(began))
			}
			time.Sleep(b.amount.between) // what the answer leaves to be done is not to meet the next one
		}
	}
	have, none := median(took[0]), median(took[1])
	apart := float64(max(have, none))/float64(min(have, none)) - 1
	verdict := "alike"
	if apart > alike {
		verdict = fmt.Sprintf("MORE THAN %.0f %% APART", 100*alike)
	}
	row(what+", known / unknown", "%.2f / %.2f ms, ratio %.3f (medians of %d each): %s", ms(have), ms(none), float64(have)/float64(none), len(took[0]), verdict)
	// What the machine does besides hardly meets the fastest: they show what is ours.
	have, none = took[0][len(took[0])/10], took[1][len(took[1])/10]
	row("  the fastest tenth", "%.2f / %.2f ms, ratio %.3f", ms(have), ms(none), float64(have)/float64(none))
	return nil
}
