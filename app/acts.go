package app

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"doorward/shared/api"
	"doorward/shared/check"
)

// exemptDays are the lengths of an exemption that are offered, in days.
var exemptDays = []int{7, 14, 30, 90, 180, api.MaxExemptDays}

// acting is an act for one or many people: the dialog that asks for what it needs, and
// what became of it.
type acting struct {
	act    api.Act // empty: nothing is asked
	people []api.PersonRow
	form   form
	times  int // counts the dialogs: each has inputs of its own
	role   string
	hours  int // that a reset link works
	days   int // that an exemption lasts
	result *api.ActResult
	home   string // what gets the focus once it is over; empty: the page's title
	taken  bool   // the links were copied
	hurry  bool   // the caller wanted out before
	after  func(api.ActResult)
}

// open reports whether there is anything that a new drawing must not take away.
func (t *acting) open() bool { return t.act != "" || t.result != nil }

// begin asks for a step-up if one is due, and then opens the dialog of act. After is
// told what became of it.
func (t *acting) begin(a *account, act api.Act, people []api.PersonRow, after func(api.ActResult)) {
	if len(people) == 0 {
		return
	}
	a.prove(a.who.value.ProvedUntil, func() {
		*t = acting{act: act, people: people, times: t.times + 1, role: "member", hours: api.DefaultLinkHours, days: 30, home: t.home, after: after}
		if len(people) == 1 {
			t.role = people[0].Role
		}
		t.form = form{ID: "act-" + string(act) + "-" + strconv.Itoa(t.times)}
	}, nil)
}

// close leaves the dialog without doing anything.
func (t *acting) close() {
	if !t.form.busy {
		t.act = ""
	}
}

// confirmation is what has to be typed before somebody is deleted.
func (t *acting) confirmation() string {
	if len(t.people) == 1 {
		return t.people[0].UserName
	}
	return strconv.Itoa(len(t.people))
}

// request returns what to ask for, and what both sides can see is wrong with it.
func (t *acting) request(now time.Time) (api.ActRequest, api.Problems) {
	req := api.ActRequest{Act: t.act}
	for _, r := range t.people {
		req.IDs = append(req.IDs, r.ID)
	}
	if t.act.NeedsReason() {
		req.Reason = t.form.value("reason")
	}
	switch t.act {
	case api.ActChangeRole:
		req.Role = t.role
	case api.ActResetLink:
		req.Hours = t.hours
	case api.ActExempt:
		req.Until = now.AddDate(0, 0, t.days).UnixMilli()
	case api.ActDelete:
		req.Confirm = strings.TrimSpace(t.form.value("confirm"))
	}
	p := req.Problems()
	if t.act == api.ActDelete && p["confirm"] == "" && check.Fold(req.Confirm) != check.Fold(t.confirmation()) {
		p.Add("confirm", check.ConfirmMismatch)
	}
	return req, p
}

// submit does it.
func (t *acting) submit(a *account) {
	if t.form.busy {
		return
	}
	req, problems := t.request(time.Now())
	if len(problems) > 0 {
		t.form.refuse(a.page, api.Error{Problems: problems})
		return
	}
	send(a, &t.form, api.ActOnPeople, req, func(r api.ActResult) { t.done(a, r) })
}

// done tells what became of it: one refusal in the dialog, a plain success in passing,
// and anything else in a list.
func (t *acting) done(a *account, r api.ActResult) {
	if len(r.People) == 1 && r.People[0].Code != "" {
		t.form.refuse(a.page, api.Error{Code: r.People[0].Code, Retry: r.People[0].Retry})
		return
	}
	for i, o := range r.People {
		if o.Name == "" { // somebody who is not there any more
			r.People[i].Name = t.nameOf(o.ID)
		}
	}
	words := say().Acts.Act(string(t.act))
	t.act = ""
	announce("")
	if links, refused := sorted(r); len(links) > 0 || len(refused) > 0 {
		t.result = &r
		holdPage(len(links) > 0)
	} else {
		toast(a.page, words.Done)
		t.over(a)
	}
	if t.after != nil {
		t.after(r)
	}
}

// nameOf returns what the person called id was called when the dialog opened.
func (t *acting) nameOf(id string) string {
	for _, r := range t.people {
		if r.ID == id {
			return personName(r)
		}
	}
	return ""
}

// sorted returns those outcomes that have a link to hand over, and those refused.
func sorted(r api.ActResult) (links, refused []api.ActOutcome) {
	for _, o := range r.People {
		switch {
		case o.Code != "":
			refused = append(refused, o)
		case o.Link != "":
			links = append(links, o)
		}
	}
	return links, refused
}

// leave closes the list: at once when nothing in it is lost, and else when asked twice.
func (t *acting) leave(a *account) {
	links, _ := sorted(*t.result)
	if len(links) > 0 && !t.taken && !t.hurry {
		t.hurry = true
		announce(say().Help.LinkOnce)
		return
	}
	t.result = nil
	holdPage(false)
	t.over(a)
}

// over gives the focus to where what became of it can be seen.
func (t *acting) over(a *account) {
	if t.home == "" {
		focusOn(a.page, "title")
		return
	}
	focusOn(a.page, t.home)
}

// fits reports whether an act makes sense for somebody as the account stands.
func fits(act api.Act, r api.PersonRow, now time.Time) bool {
	active, two := r.State == "active", r.TwoFactorSince > 0
	switch act {
	case api.ActInviteAgain, api.ActRevokeInvitation:
		return r.State == "invited"
	case api.ActSuspend:
		return r.State != "suspended"
	case api.ActReinstate:
		return r.State == "suspended"
	case api.ActRemind:
		return active && !two
	case api.ActResetLink:
		return active && two
	case api.ActEndSessions:
		return active
	case api.ActExempt:
		return !two && !exempt(r, now)
	case api.ActEndExemption:
		return exempt(r, now)
	}
	return true
}

// helpersActs are those that helpers may do as well.
var helpersActs = []api.Act{api.ActRemind, api.ActResetLink, api.ActEndSessions}

// offered returns the acts that who may do and that make sense for at least one of rows.
func offered(who *api.SessionInfo, rows []api.PersonRow, now time.Time) (list []api.Act) {
	for _, act := range api.Acts() {
		if !isAdmin(who) && !slices.Contains(helpersActs, act) {
			continue
		}
		if slices.ContainsFunc(rows, func(r api.PersonRow) bool { return fits(act, r, now) }) {
			list = append(list, act)
		}
	}
	return list
}

// rolesFor returns the roles that who may give.
func rolesFor(who *api.SessionInfo) []choice {
	w := &say().People
	list := []choice{{"member", w.RoleName("member")}, {"helper", w.RoleName("helper")}, {"admin", w.RoleName("admin")}}
	if isOperator(who) {
		list = append(list, choice{"operator", w.RoleName("operator")})
	}
	return list
}

// actIcon is the picture of an act.
func actIcon(act api.Act) icon {
	switch act {
	case api.ActInviteAgain:
		return iconInvite
	case api.ActRevokeInvitation, api.ActEndExemption:
		return iconClose
	case api.ActSuspend:
		return iconBan
	case api.ActReinstate:
		return iconGood
	case api.ActChangeRole:
		return iconUsers
	case api.ActRemind:
		return iconRemind
	case api.ActResetLink:
		return iconMail
	case api.ActEndSessions:
		return iconSignOut
	case api.ActExempt:
		return iconClock
	}
	return iconRemove
}
