package app

import (
	"maps"
	"strconv"
	"strings"
	"time"

	"doorward/app/words"
	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// activity draws what has happened to one person, a sentence each. More, when not nil,
// leads to the rest.
func activity(list []api.ActivityRow, more goapp.UI) goapp.UI {
	w := &say().People
	if len(list) == 0 {
		return section{Title: w.Activity, End: more, Flush: true}.draw(para("fine card-foot quiet-end", w.NoActivity))
	}
	return section{Title: w.Activity, Text: w.ActivityText, End: more, Flush: true}.draw(ul("items events", happenings(list, ofOne)...))
}

// toActivity leads administrators to all that has happened to the person.
func (p *personPage) toActivity(i api.PersonInfo) goapp.UI {
	if !isAdmin(p.account.info()) {
		return nil
	}
	return button{Label: say().Feed.ToActivity, Small: true, Href: seeking{person: i.ID}.path(p.area)}.draw()
}

// telling is whose events are told.
type telling bool

const (
	ofOne  telling = false // of one person, who need not be named
	ofMany telling = true  // of many: the name is the subject of each sentence
)

// happenings draws events, those that came several times in a row as one.
func happenings(list []api.ActivityRow, t telling) []goapp.UI {
	var rows []goapp.UI
	for i := 0; i < len(list); {
		n := 1
		for i+n < len(list) && alike(list[i], list[i+n]) {
			n++
		}
		rows = append(rows, happening(list[i], n, t))
		i += n
	}
	return rows
}

// alike reports whether two events differ in their time only: they are told as one.
func alike(a, b api.ActivityRow) bool {
	return a.Kind == b.Kind && a.Outcome == b.Outcome && a.Person == b.Person && a.Name == b.Name && a.By == b.By &&
		a.Address == b.Address && a.Device == b.Device && maps.Equal(a.Details, b.Details)
}

// happening draws an event that came n times: what it was, who did it, from where and
// when for the last time.
func happening(e api.ActivityRow, n int, t telling) goapp.UI {
	w, i := &say().Activity, iconHistory
	refused := e.Outcome == "denied"
	if refused {
		i = iconAlert
	}
	var note []string
	sentence := goapp.UI(span("event", eventSentence(e, refused)))
	if t == ofOne {
		note = whoDid(e)
	} else {
		sentence = spanOf("event", about(e, refused)...)
	}
	if where := whereFrom(e); where != "" {
		note = append(note, where)
	}
	body := []goapp.UI{div("", sentence)}
	if n > 1 {
		body[0] = div("", sentence, goapp.Text(" "), span("fine", with(w.Times, "n", strconv.Itoa(n))))
	}
	when := []goapp.UI{moment(e.At, time.Now())}
	if len(note) > 0 {
		when = []goapp.UI{goapp.Text(strings.Join(note, ", ") + " · "), when[0]}
	}
	body = append(body, spanOf("cell-note", when...))
	if r := e.Details["reason"]; r != "" {
		body = append(body, span("cell-note", with(w.Reason, "reason", r)))
	}
	for _, line := range w.Lines(e.Details, day) {
		body = append(body, span("cell-note", line))
	}
	return li("", spanOf("item-icon", i.draw()), div("item-body", body...))
}

// about says of whom an event was and what it was, as one sentence that leads to the
// person while they are still there.
func about(e api.ActivityRow, refused bool) []goapp.UI {
	w := &say().Activity
	did := whoDid(e)
	text := fill(w.SentenceOf(e.Kind, refused), e)
	who := goapp.UI(span("strong", w.Somebody))
	if e.Name != "" {
		who = span("strong", e.Name)
	}
	if e.Person != "" && e.Name != "" {
		who = goapp.A().Class("strong").Href(attr(personPath(e.Person))).Text(e.Name)
	}
	if !strings.Contains(text, "{who}") && e.By == "" && e.Name != "" {
		did = append([]string{with(w.By, "by", e.Name)}, did...) // about no person: whoever it was did it
	}
	if len(did) > 0 {
		text += " " + strings.Join(did, " ")
	}
	return phrase(text+".", "who", who)
}

// eventSentence says what happened to the person whom the reader has in mind.
func eventSentence(e api.ActivityRow, refused bool) string {
	return fill(say().Activity.Sentence(e.Kind, refused), e)
}

// fill puts what an event was about into its sentence.
func fill(sentence string, e api.ActivityRow) string {
	name, n := say().Activity.Nameless, e.Details["hours"]
	for _, key := range []string{"number", "role", "name"} {
		if v := e.Details[key]; v != "" {
			name = v
		}
	}
	if e.Kind == "role_changed" {
		name = say().People.RoleName(name)
	}
	if e.Kind == "device_trusted" {
		name = say().Parts.Browser(name)
	}
	if count := e.Details["count"]; count != "" {
		n = count
	}
	return words.With(sentence, "n", n, "name", name)
}

// whereFrom says which device it was, and from which address.
func whereFrom(e api.ActivityRow) string {
	if e.Address == "" {
		return say().Parts.Browser(e.Device)
	}
	return strings.TrimSpace(say().Parts.Browser(e.Device) + " " + with(say().Activity.From, "address", e.Address))
}

// whoDid says who did it when it was not the person, and by what way.
func whoDid(e api.ActivityRow) (parts []string) {
	w := &say().Activity
	switch by := e.By; {
	case by == "command line":
		parts = append(parts, w.ByHost)
	case by != "":
		parts = append(parts, with(w.By, "by", by))
	}
	switch e.Details["way"] {
	case "link":
		parts = append(parts, w.ByLink)
	case "recovery code by telephone":
		parts = append(parts, w.ByTelephone)
	}
	return parts
}
