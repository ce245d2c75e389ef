package app

import (
	"slices"
	"strconv"
	"strings"

	"doorward/shared/api"
	"doorward/shared/check"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// phoneNumber asks for a telephone number: the country, and the number as its owner
// writes it.
type phoneNumber struct {
	form    form
	list    []api.Country // sorted by name
	names   map[string]string
	country string // the one chosen
	given   string // the number that was sent last, to correct it
}

// offer sets the countries to choose from. The one that the browser is set to is
// chosen, if it is among them.
func (n *phoneNumber) offer(list []api.Country) {
	if len(list) == len(n.list) {
		return
	}
	n.list, n.names = slices.Clone(list), map[string]string{}
	for _, c := range list {
		n.names[c.Code] = regionName(c.Code)
	}
	slices.SortFunc(n.list, func(a, b api.Country) int { return collate(n.names[a.Code], n.names[b.Code]) })
	n.country = ""
	if len(n.list) > 0 {
		n.country = n.list[0].Code
	}
	own := ownRegion()
	if slices.ContainsFunc(n.list, func(c api.Country) bool { return c.Code == own }) {
		n.country = own
	}
}

// typed returns what stands in the two fields.
func (n *phoneNumber) typed() (number, country string) {
	if v, ok := typed(n.form.id("country")); ok {
		n.country = v
	}
	n.given = n.form.value("number")
	return n.given, n.country
}

// draw draws the form around more, which stands above its button. submit is called
// when it is sent.
func (n *phoneNumber) draw(label string, submit func(), more ...goapp.UI) goapp.UI {
	w, f := &say().Phone, &n.form
	parts := []goapp.UI{
		f.notice(),
		n.picker(),
		f.field(field{Name: "number", Label: w.Number, Hint: w.NumberHint, Type: "tel", Value: n.given, Autocomplete: "tel-national", InputMode: "tel",
			MaxLength: 60, Focus: true, OnInput: n.follow}),
	}
	return f.post("", sent(submit), append(append(parts, more...), actions(f.submitButton(label)))...)
}

// picker draws the list of countries: the browser's own, which everyone knows how
// to use and which searches by the first letters.
func (n *phoneNumber) picker() goapp.UI {
	f := &n.form
	f.note("country")
	var options []goapp.UI
	for _, c := range n.list {
		o := goapp.Option().Value(c.Code).Text(n.names[c.Code] + " +" + strconv.Itoa(c.Calling))
		if c.Code == n.country {
			o = o.Selected(true)
		}
		options = append(options, o)
	}
	class := "field"
	e := goapp.Select().Class("input").ID(f.id("country")).Name("country").Attr("autocomplete", "country").
		Body(options...).OnChange(func(ctx goapp.Context, _ goapp.Event) {
		n.country = ctx.JSSrc().Get("value").String()
		delete(f.problems, "country")
	}, goapp.EventScope(f.ID, "country"))
	if f.problems["country"] != "" {
		class = "field wrong"
		e = e.Aria("invalid", "true").Aria("describedby", f.id("country")+"-problem")
	}
	return div(class, f.label("country", say().Phone.Country, false), e, f.problem("country"))
}

// follow tidies a number while it is typed, and chooses the country that it says.
// It changes nothing but at the end of the field, so that the caret stays where it is.
func (n *phoneNumber) follow(ctx goapp.Context, text string) {
	if code := countryOf(text, n.country, n.list); code != n.country {
		n.country = code
		if e := goapp.Window().GetElementByID(n.form.id("country")); e.Truthy() {
			e.Set("value", code)
		}
	}
	if strings.HasSuffix(text, " ") {
		return // what it parts is still to come
	}
	src := ctx.JSSrc()
	if caret := src.Get("selectionStart"); !caret.Truthy() || caret.Int() != len(text) {
		return // in the middle, or not plain digits
	}
	if tidy := grouped(text, n.list); tidy != text {
		src.Set("value", tidy)
		n.form.set("number", tidy)
	}
}

// abroad returns the digits of a number that says its country itself, by + or 00.
func abroad(text string) (digits string, ok bool) {
	plain := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", "/", "", ".", "").Replace(text)
	if digits, ok = strings.CutPrefix(plain, "+"); ok {
		return digits, true
	}
	return strings.CutPrefix(plain, "00")
}

// countryOf returns the country that a number says, where that is beyond doubt, and
// otherwise chosen.
func countryOf(text, chosen string, list []api.Country) string {
	digits, ok := abroad(text)
	if !ok {
		return chosen
	}
	found, length, several := "", 0, false
	for _, c := range list {
		calling := strconv.Itoa(c.Calling)
		if !strings.HasPrefix(digits, calling) || len(calling) < length {
			continue
		}
		if c.Code == chosen {
			return chosen
		}
		found, several, length = c.Code, len(calling) == length, len(calling)
	}
	if found == "" || several {
		return chosen
	}
	return found
}

// grouped returns a number with its digits in groups of three. Whatever holds more
// than digits, blanks and a leading + is left as it is: its writer knows better.
func grouped(text string, list []api.Country) string {
	digits := strings.ReplaceAll(text, " ", "")
	plus := strings.HasPrefix(digits, "+")
	digits = strings.TrimPrefix(digits, "+")
	if strings.Trim(digits, "0123456789") != "" {
		return text
	}
	var groups []string
	if plus {
		n := callingLength(digits, list)
		groups, digits = append(groups, "+"+digits[:n]), digits[n:]
		if n == 0 && digits != "" {
			groups, digits = []string{"+" + digits[:min(3, len(digits))]}, digits[min(3, len(digits)):]
		}
	}
	for ; len(digits) > 4; digits = digits[3:] {
		groups = append(groups, digits[:3])
	}
	if digits != "" {
		groups = append(groups, digits)
	}
	return strings.Join(groups, " ")
}

// callingLength returns how many of digits are the calling code of a country.
func callingLength(digits string, list []api.Country) int {
	n := 0
	for _, c := range list {
		if calling := strconv.Itoa(c.Calling); strings.HasPrefix(digits, calling) {
			n = max(n, len(calling))
		}
	}
	return n
}

// atNumber says which field each refusal of a number is about.
var atNumber = map[api.Code]string{
	check.PhoneShape: "number", check.PhoneExtension: "number", check.PhoneNotMobile: "number", check.PhonePremium: "number",
	check.PhoneImpossible: "number", check.PhoneSame: "number", check.PhoneCountry: "country",
}
