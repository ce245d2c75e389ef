package server_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doorward/server"
	"doorward/server/auth"
	"doorward/server/message"
	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// remind mails what is due and returns the subjects that an address has got so far.
func remind(t *testing.T, p *servertest.Portal, to string) []string {
	t.Helper()
	if _, err := p.Server.RemindDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	return subjects(p, to)
}

func TestRemind_AnnouncedAWeekADayAndThen(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		here := p.SetUp().User().Organization
		for _, name := range []string{"gus", "hal", "kim"} {
			p.Add(name, auth.Member, here)
		}
		p.Change("hal", func(u *auth.User) { u.State = auth.Suspended })
		p.Change("kim", func(u *auth.User) { u.ExemptUntil = p.Clock.Now().AddDate(1, 0, 0) })
		at := p.Clock.Now()
		p.SetPolicy(func(policy *auth.Policy) { policy.MandatorySet, policy.MandatoryFrom = at, at.Add(20*24*time.Hour) })
		var want []string
		for _, step := range []struct {
			days    float64
			subject string
		}{
			{0, "Two-factor authentication becomes mandatory"}, {5, ""}, {13, "A week left to set up two-factor authentication"}, {14, ""},
			{19, "One day left to set up two-factor authentication"}, {19.5, ""}, {20, "Two-factor authentication is mandatory now"}, {40, ""},
		} {
			p.Clock.Advance(at.Add(time.Duration(step.days * float64(24*time.Hour))).Sub(p.Clock.Now()))
			if step.subject != "" {
				want = append(want, step.subject)
			}
			if got := remind(t, p, "gus@example.org"); !slices.Equal(got, want) {
				t.Errorf("after %v days: %q, want %q", step.days, got, want)
			}
		}
		if got := subjects(p, "hal@example.org"); len(got) != 0 {
			t.Errorf("somebody who is suspended: %q", got)
		}
		if got := subjects(p, "kim@example.org"); !slices.Equal(got, want[:1]) {
			t.Errorf("somebody who is exempt for a year: %q", got)
		}
		p.Deliver()
		for _, m := range p.Post.Mails("gus@example.org") {
			if !contains(strings.Join(strings.Fields(m.Text), " "), "11 December 2026, 09:00") && !contains(m.Text, "next sign-in") {
				t.Errorf("no date: %s", m.Text)
			}
			if contains(m.Text, "/not-me/") {
				t.Error("a reminder says that something has happened")
			}
		}
	})
}

// Another date is announced anew; who is ready meanwhile hears nothing more.
func TestRemind_AnotherDate(t *testing.T) {
	p := servertest.New(t, "")
	p.SetUp()
	p.Invite("gus")
	hal := p.Invite("hal")
	set := func(days int) {
		now := p.Clock.Now()
		p.SetPolicy(func(policy *auth.Policy) { policy.MandatorySet, policy.MandatoryFrom = now, now.AddDate(0, 0, days) })
	}
	set(30)
	remind(t, p, "gus@example.org")
	p.Clock.Advance(time.Hour)
	hal.SignIn().Enroll()
	set(3)
	before := len(remind(t, p, "hal@example.org"))
	if got := remind(t, p, "gus@example.org"); len(got) < 2 || got[len(got)-1] != got[len(got)-2] {
		t.Errorf("who is not ready: %q", got)
	}
	p.SetPolicy(func(policy *auth.Policy) { policy.MandatoryFrom, policy.MandatorySet = time.Time{}, time.Time{} })
	p.Clock.Advance(72 * time.Hour)
	if got := remind(t, p, "gus@example.org"); slices.Contains(got, "Two-factor authentication is mandatory now") {
		t.Errorf("after it was undone: %q", got)
	}
	if got := remind(t, p, "hal@example.org"); len(got) != before {
		t.Errorf("who is ready: %q", got)
	}
}

// Several processes that look at the same moment remind nobody twice.
func TestRemind_OnceAmongMany(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		here := p.SetUp().User().Organization
		for _, name := range []string{"gus", "hal", "kim", "lou"} {
			p.Add(name, auth.Member, here)
		}
		now := p.Clock.Now()
		p.SetPolicy(func(policy *auth.Policy) { policy.MandatorySet, policy.MandatoryFrom = now, now.AddDate(0, 1, 0) })
		var all sync.WaitGroup
		counts := make([]int, 10)
		for i := range counts {
			all.Go(func() {
				var err error
				if counts[i], err = p.Server.RemindDue(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		sum := 0
		for _, n := range counts {
			sum += n
		}
		if sum != 5 {
			t.Errorf("%d reminders for five people", sum)
		}
	})
}

func TestRemindAll_OnceADay(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	p.Invite("gus")
	if got := servertest.Must(t, ada, api.RemindAll, api.OrganizationRequest{}).People; got != 1 {
		t.Errorf("%d people", got)
	}
	if got := remind(t, p, "gus@example.org"); !slices.Contains(got, "Please set up two-factor authentication") {
		t.Errorf("got %q", got)
	}
	if got := servertest.Refused(t, ada, api.RemindAll, api.OrganizationRequest{}); got != check.RemindedToday {
		t.Errorf("at once again: %q", got)
	}
	p.Clock.Advance(24 * time.Hour)
	ada.SignIn().StepUp()
	servertest.Must(t, ada, api.RemindAll, api.OrganizationRequest{})
	if got := remind(t, p, "gus@example.org"); got[len(got)-1] != "Please set up two-factor authentication" || len(got) < 2 {
		t.Errorf("the next day: %q", got)
	}
}

func TestRemind_NotWithoutMail(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	p.Invite("gus")
	var mail func(context.Context, message.Mail) error
	p.Reconfigure(func(c *server.Config) { mail, c.Delivery.Mail = c.Delivery.Mail, nil })
	if got := servertest.Refused(t, ada, api.RemindAll, api.OrganizationRequest{}); got != check.MailUnavailable {
		t.Errorf("without mail: %q", got)
	}
	now := p.Clock.Now()
	p.SetPolicy(func(policy *auth.Policy) { policy.MandatorySet, policy.MandatoryFrom = now, now.AddDate(0, 1, 0) })
	remind(t, p, "gus@example.org")
	p.Reconfigure(func(c *server.Config) { c.Delivery.Mail = mail })
	if got := remind(t, p, "gus@example.org"); !slices.Contains(got, "Two-factor authentication becomes mandatory") {
		t.Errorf("once there is mail: %q", got)
	}
}

func TestAdoption(t *testing.T) {
	servertest.Each(t, func(t *testing.T, p *servertest.Portal) {
		ada := p.SetUp()
		here := ada.User().Organization
		p.Add("gus", auth.Member, here)
		p.Add("exempt", auth.Member, here)
		p.Change("exempt", func(u *auth.User) { u.ExemptUntil = p.Clock.Now().Add(time.Hour) })
		p.Add("asked", auth.Member, here)
		p.Change("asked", func(u *auth.User) { u.State = auth.Invited })
		p.Add("elsewhere", auth.Member, p.Organization("Zeta"))
		if err := p.Store.NoteAdoption(t.Context(), p.Clock.Now()); err != nil {
			t.Fatal(err)
		}
		p.Clock.Advance(24 * time.Hour)
		ada.SignIn().Enroll()
		got := servertest.Must(t, ada, api.Adoption, api.OrganizationRequest{})
		if got.People != 3 || got.Ready != 1 || got.Exempt != 0 || got.Invited != 1 || got.Methods[0].People != 1 || got.Methods[1].People != 0 || !got.HasTwo {
			t.Errorf("%+v", got)
		}
		if len(got.NotReady) != 2 || len(got.Line) != 2 || got.Line[0].People != 3 || got.Line[0].Ready != 0 || got.Line[1].Ready != 1 || got.Line[1].Day-got.Line[0].Day != 86400000 {
			t.Errorf("line: %+v; not ready: %+v", got.Line, got.NotReady)
		}
		from := p.Clock.Now().AddDate(0, 0, 21).UnixMilli()
		after := servertest.Must(t, ada, api.MakeMandatory, api.MakeMandatoryRequest{Version: got.Version, From: from})
		if after.MandatoryFrom != from || after.MandatoryBy != "Ada Lovelace" || after.MandatorySet != p.Clock.Now().UnixMilli() {
			t.Errorf("mandatory: %+v", after)
		}
		if got := servertest.Refused(t, ada, api.DisableMandatory, api.DisableMandatoryRequest{Version: got.Version}); got != check.PolicyChanged {
			t.Errorf("of an older version: %q", got)
		}
		if off := servertest.Must(t, ada, api.DisableMandatory, api.DisableMandatoryRequest{Version: after.Version}); off.MandatoryFrom != 0 || off.MandatoryBy != "" {
			t.Errorf("undone: %+v", off)
		}
		for name, at := range map[string]int64{"yesterday": p.Clock.Now().UnixMilli() - 86400000, "in two years": p.Clock.Now().AddDate(2, 0, 0).UnixMilli()} {
			if got := servertest.Refused(t, ada, api.MakeMandatory, api.MakeMandatoryRequest{Version: after.Version + 1, From: at}); got != check.TooSmall && got != check.TooLong {
				t.Errorf("%s: %q", name, got)
			}
		}
	})
}
