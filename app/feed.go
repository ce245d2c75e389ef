package app

import (
	"time"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// How often a feed asks for what is new, and how often before it stops because nobody
// has pressed anything: a page that is left open must not keep a session from going idle.
const (
	feedEvery = 5 * time.Second
	feedMost  = 120
)

// feed is a list of events that grows at both ends: what is new comes by itself while
// one looks, what is older when it is asked for.
type feed struct {
	progress
	from    api.Endpoint[api.ActivityRequest, api.ActivityList]
	telling telling
	req     api.ActivityRequest
	first   []api.ActivityRow   // as asked for, and what is older
	came    [][]api.ActivityRow // since then, the newest last
	more    bool
	older   bool      // on its way
	wrong   api.Error // of asking for older ones
	turn    int       // counts the lists, so that an answer to an old question is dropped
	left    int       // how often it still asks for what is new
	waiting bool
	lost    bool // the last time it could not
}

// looked reports whether somebody can see the page.
var looked = func() bool {
	return !goapp.IsClient || goapp.Window().Get("document").Get("visibilityState").String() == "visible"
}

// open asks for the events that req is about, in the place of what was shown.
func (f *feed) open(a *account, req api.ActivityRequest) {
	f.turn++
	*f = feed{from: f.from, telling: f.telling, req: req, turn: f.turn, waiting: f.waiting, progress: progress{status: loading}}
	turn := f.turn
	perform(a, f.from, req, func(list api.ActivityList) {
		if turn != f.turn {
			return
		}
		f.status, f.first, f.more = ready, list.Events, list.More
		f.resume(a)
	}, func(e api.Error) {
		if turn == f.turn {
			f.status, f.failure = failed, e
		}
	})
}

// resume asks for what is new from now on.
func (f *feed) resume(a *account) {
	f.left = feedMost
	f.wait(a)
}

// wait asks again after a while, as long as somebody looks.
func (f *feed) wait(a *account) {
	if f.waiting {
		return
	}
	f.waiting = true
	later(a.page, feedEvery, func() {
		f.waiting = false
		switch {
		case f.status != ready || f.left <= 0:
		case !looked() || f.over():
			f.wait(a)
		default:
			f.left--
			f.ask(a)
		}
	})
}

// over reports whether nothing new can come, because the days looked for are past.
func (f *feed) over() bool { return f.req.To > 0 && int64(f.req.To) < time.Now().UnixMilli() }

// newest is the Seq of the newest event that is shown.
func (f *feed) newest() int64 {
	if n := len(f.came); n > 0 {
		return f.came[n-1][0].Seq
	}
	if len(f.first) > 0 {
		return f.first[0].Seq
	}
	return 0
}

// ask asks once for what is new. What came in such a number that a page cannot hold it
// takes the place of the list.
func (f *feed) ask(a *account) {
	req, turn, newest := f.req, f.turn, f.newest()
	req.Since = api.Number(newest)
	perform(a, f.from, req, func(list api.ActivityList) {
		if turn != f.turn {
			return
		}
		f.lost = false
		switch n := len(list.Events); {
		case n == 0:
		case newest == 0 || list.More:
			f.req.Since = 0
			f.open(a, f.req)
			announce(words.Many(n, say().Feed.NewOne, say().Feed.NewMany))
			return
		default:
			f.came = append(f.came, list.Events)
			announce(words.Many(n, say().Feed.NewOne, say().Feed.NewMany))
		}
		f.wait(a)
	}, func(api.Error) {
		if turn == f.turn {
			f.lost = true
			f.wait(a)
		}
	})
}

// reach asks for the page behind the oldest event that is shown.
func (f *feed) reach(a *account) {
	if f.older || len(f.first) == 0 {
		return
	}
	f.older, f.wrong, f.left = true, api.Error{}, feedMost
	req, turn := f.req, f.turn
	req.Before = api.Number(f.first[len(f.first)-1].Seq)
	perform(a, f.from, req, func(list api.ActivityList) {
		if turn != f.turn {
			return
		}
		f.older, f.more = false, list.More
		f.first = append(f.first, list.Events...)
		f.wait(a)
	}, func(e api.Error) {
		if turn == f.turn {
			f.older, f.wrong = false, e
		}
	})
}
