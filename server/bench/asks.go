package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doorward/server/auth"
	"doorward/server/demo"
	"doorward/shared/api"
)

// asks collects calls.
type asks struct {
	list  []asked
	fault error
}

func (a *asks) add(one asked, err error) {
	a.list, a.fault = append(a.list, one), errors.Join(a.fault, err)
}

// everyList returns everything that is asked of lists, the first page of people first.
func everyList(ctx context.Context, u *person, made demo.Made) ([]asked, error) {
	var a asks
	if err := a.people(ctx, u); err != nil {
		return nil, err
	}
	if err := a.activity(ctx, u, made); err != nil {
		return nil, err
	}
	a.add(ask("adoption", api.Adoption, api.OrganizationRequest{}))
	return a.list, a.fault
}

// people adds each search, filter and order, and a page from the middle.
func (a *asks) people(ctx context.Context, u *person) error {
	add := func(name string, req api.PeopleRequest) { a.add(ask("people: "+name, api.People, req)) }
	add("first page", api.PeopleRequest{})
	middle, err := middlePage(ctx, u)
	if err != nil {
		return fmt.Errorf("the middle: %w", err)
	}
	add("a page from the middle", api.PeopleRequest{After: middle})
	add("search, most are found", api.PeopleRequest{Search: "example.org"})
	add("search, many are found", api.PeopleRequest{Search: "ma"})
	add("search, two words", api.PeopleRequest{Search: "ali carter"})
	add("search, one is found", api.PeopleRequest{Search: "sandoval-okafor"})
	add("search, nobody is found", api.PeopleRequest{Search: "nobody is called that"})
	for _, f := range api.PeopleFilters()[1:] {
		if f != api.FilterMethod {
			add("filter "+string(f), api.PeopleRequest{Filter: f})
			continue
		}
		for _, m := range []api.Method{api.MethodTOTP, api.MethodText} {
			add("filter method "+string(m), api.PeopleRequest{Filter: f, Method: m})
		}
	}
	for _, s := range []api.PeopleSort{api.SortSignIn, api.SortAdded} {
		add("by "+string(s), api.PeopleRequest{Sort: s})
	}
	add("by name, descending", api.PeopleRequest{Descending: true})
	add("by last_sign_in, descending", api.PeopleRequest{Sort: api.SortSignIn, Descending: true})
	add("filtered, searched and sorted", api.PeopleRequest{Search: "li", Filter: api.FilterOff, Sort: api.SortAdded, Descending: true})
	return nil
}

// middlePage pages through half of the people and returns what asks for the next page.
func middlePage(ctx context.Context, u *person) (after string, err error) {
	for seen := 0; ; {
		page, err := api.People.Call(ctx, u, api.PeopleRequest{After: after})
		if err != nil {
			return "", err
		}
		if page.Next == "" {
			return "", fmt.Errorf("the list of %d people ends after %d", page.Everybody, seen+len(page.People))
		}
		after = page.Next
		if seen += len(page.People); 2*seen >= page.Everybody {
			return after, nil
		}
	}
}

// activity adds each filter of the audit, and a page from the middle.
func (a *asks) activity(ctx context.Context, u *person, made demo.Made) error {
	first, err := api.Activity.Call(ctx, u, api.ActivityRequest{})
	if err != nil {
		return fmt.Errorf("activity: %w", err)
	}
	if len(first.Events) == 0 {
		return errors.New("activity: there is none")
	}
	add := func(name string, req api.ActivityRequest) { a.add(ask("activity: "+name, api.Activity, req)) }
	operator, member := string(made.Operator.ID), string(made.Member.ID)
	now := time.Now()
	ago := func(days int) api.Number {
		return api.Number(now.Add(-time.Duration(days) * 24 * time.Hour).UnixMilli())
	}
	middle := api.Number(made.Events / 2)
	add("first page", api.ActivityRequest{})
	add("a page from the middle", api.ActivityRequest{Before: middle})
	add("of a member", api.ActivityRequest{Person: member})
	add("of the operator", api.ActivityRequest{Person: operator})
	add("a common kind", api.ActivityRequest{Kind: string(auth.EventSignedIn)})
	add("a rare kind", api.ActivityRequest{Kind: string(auth.EventMandatoryOn)})
	add("a kind that never was", api.ActivityRequest{Kind: string(auth.EventKeysRotated)})
	add("what was refused", api.ActivityRequest{Outcome: auth.Denied})
	add("what was allowed", api.ActivityRequest{Outcome: auth.Allowed})
	add("an address of many", api.ActivityRequest{Address: "192.0.2.10"})
	add("an address of few", api.ActivityRequest{Address: "2001:db8:40::8"})
	add("an address of nobody", api.ActivityRequest{Address: "203.0.113.99"})
	add("the last week", api.ActivityRequest{From: ago(7)})
	add("a week last year", api.ActivityRequest{From: ago(400), To: ago(393)})
	add("a member's, refused", api.ActivityRequest{Person: member, Outcome: auth.Denied})
	add("a rare kind and an address", api.ActivityRequest{Kind: string(auth.EventSuspended), Address: "192.0.2.10"})
	add("a kind, refused, last year", api.ActivityRequest{Kind: string(auth.EventSignInRefused), Outcome: auth.Denied, From: ago(500), To: ago(300)})
	add("a common kind before all time", api.ActivityRequest{Kind: string(auth.EventSignedIn), To: ago(2000)})
	add("nothing new", api.ActivityRequest{Since: api.Number(made.Events) * 2})
	return nil
}
