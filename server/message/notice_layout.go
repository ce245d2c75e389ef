package message

import (
	_ "embed"
	"html/template"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// layout is a mail in words, before it becomes text or HTML. Nothing in it is markup.
type layout struct {
	Lang, Subject string
	House         string // whose mail this is
	Greeting      string
	Said          []string
	Facts         []row
	Action        *action // of Link
	Ours          string
	NotMe         *action
	NotMeTitle    string
	NotMeText     string
	NotMeDoes     string
	Why           []string
}

// row is a line of the table of facts.
type row struct{ Label, Value string }

// action is a link and what stands around it.
type action struct{ Label, URL, InFull, Below, Expires string }

// lay puts cleaned facts into the words of a language.
func (w *Words) lay(m manner, f Facts) layout {
	n := w.Notices[m.kind]
	house := f.Product
	if f.Organization == "" {
		f.Organization = f.Product
	} else if f.Organization != f.Product {
		house += " · " + f.Organization
	}
	fill := w.filler(f)
	l := layout{Lang: w.Lang, Subject: n.Subject, House: house, Greeting: w.HelloNobody}
	if f.Name != "" && m.to != toStranger && m.to != toInvited { // whoever has us write to strangers says nothing of their own
		l.Greeting = strings.NewReplacer("{name}", f.Name).Replace(w.Hello)
	}
	for _, sentence := range n.Said {
		l.Said = append(l.Said, fill.Replace(sentence))
	}
	if n.Counted != nil {
		l.Said = append(l.Said, fill.Replace(n.Counted.of(f.Count)))
	}
	l.Facts = w.rows(m, f)
	if m.linked {
		l.Action = &action{Label: n.Link, URL: f.Link, InFull: w.LinkInFull, Below: w.LinkBelow}
		if !f.Expires.IsZero() {
			l.Action.Expires = strings.NewReplacer("{moment}", w.at(w.Moment, f.Expires)).Replace(w.Expires)
		}
	}
	l.Ours = fill.Replace(n.Ours)
	switch {
	case f.NotMe != "" && m.to == toOwner:
		l.NotMeTitle, l.NotMeText, l.NotMeDoes = w.NotMeTitle, w.NotMe, w.NotMeDoes
		l.NotMe = &action{Label: w.NotMeLink, URL: f.NotMe, InFull: w.LinkInFull, Below: w.LinkBelow}
	case n.Ours == "":
		l.NotMeTitle, l.NotMeText = w.NotMeTitle, fill.Replace(w.NoNotMe)
	}
	l.Why = []string{fill.Replace(w.Reasons.of(m.to)), w.Never}
	return l
}

// filler puts facts into sentences, once: what it puts in is not looked at again.
func (w *Words) filler(f Facts) *strings.Replacer {
	from := ""
	if !f.From.IsZero() {
		from = w.at(w.Moment, f.From)
	}
	thing := f.Thing
	if thing == "" {
		thing = w.Nameless
	}
	return strings.NewReplacer("{product}", f.Product, "{organization}", f.Organization, "{portal}", f.Portal,
		"{thing}", thing, "{from}", from, "{count}", strconv.Itoa(f.Count))
}

// rows returns the table of facts, without those that are not known.
func (w *Words) rows(m manner, f Facts) (rows []row) {
	if m.to == toStranger || m.to == toInvited {
		f.Place, f.Device = "", ""
	}
	if !f.At.IsZero() {
		rows = append(rows, row{w.When, w.at(w.Moment, f.At)})
	}
	for _, r := range []row{{w.Place, f.Place}, {w.Device, f.Device}, {w.By, f.By}} {
		if r.Value != "" {
			rows = append(rows, r)
		}
	}
	return rows
}

// at says a moment, in UTC.
func (w *Words) at(format string, t time.Time) string {
	t = t.UTC()
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = w.FirstDay
	}
	return strings.NewReplacer("{day}", day, "{month}", w.Months[t.Month()-1], "{year}", strconv.Itoa(t.Year()),
		"{time}", t.Format("15:04")).Replace(format)
}

func (c *Counted) of(n int) string {
	switch n {
	case 0:
		return c.None
	case 1:
		return c.One
	}
	return c.Many
}

//go:embed notice.html
var noticeHTML string

var noticePage = template.Must(template.New("notice").Parse(noticeHTML))

// html returns the mail as an HTML document that loads nothing.
func (l layout) html() (string, error) {
	var b strings.Builder
	err := noticePage.Execute(&b, l)
	return b.String(), err
}

// columns is how wide the text part is. Links alone are wider, on lines of their own.
const columns = 72

// text returns the mail as plain text.
func (l layout) text() string {
	var b strings.Builder
	paragraph := func(v string) {
		if v != "" {
			b.WriteString(inColumns(v, "", "") + "\n\n")
		}
	}
	link := func(a *action) {
		if a != nil {
			b.WriteString(strings.Replace(a.Below, "{label}", a.Label, 1) + "\n" + a.URL + "\n\n")
			paragraph(a.Expires)
		}
	}
	paragraph(l.Greeting)
	for _, said := range l.Said {
		paragraph(said)
	}
	wide := 0
	for _, r := range l.Facts {
		wide = max(wide, utf8.RuneCountInString(r.Label)+2)
	}
	for _, r := range l.Facts {
		label := "  " + r.Label + strings.Repeat(" ", wide-utf8.RuneCountInString(r.Label))
		b.WriteString(inColumns(r.Value, label, strings.Repeat(" ", wide+2)) + "\n")
	}
	if len(l.Facts) > 0 {
		b.WriteString("\n")
	}
	link(l.Action)
	paragraph(l.Ours)
	if l.NotMeTitle != "" {
		b.WriteString(l.NotMeTitle + "\n" + strings.Repeat("-", utf8.RuneCountInString(l.NotMeTitle)) + "\n")
		paragraph(l.NotMeText)
		link(l.NotMe)
		paragraph(l.NotMeDoes)
	}
	b.WriteString("-- \n")
	for _, why := range l.Why {
		b.WriteString(inColumns(why, "", "") + "\n")
	}
	return b.String()
}

// inColumns breaks v into lines of at most 72 columns, the first behind one indent and the others behind another. A word that is
// longer than a line is broken, unless it is a link.
func inColumns(v, first, others string) string {
	var lines []string
	line, empty := first, true
	for word := range strings.FieldsSeq(v) {
		for {
			room := columns - utf8.RuneCountInString(line)
			if !empty {
				room--
			}
			long := utf8.RuneCountInString(word)
			if long <= room || empty && strings.Contains(word, "://") {
				break
			}
			if empty {
				head := string([]rune(word)[:room])
				line, word = line+head, word[len(head):]
			}
			lines = append(lines, line)
			line, empty = others, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	return strings.Join(append(lines, line), "\n")
}
