package app

import (
	"strconv"
	"strings"
	"time"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// keeping is a set of recovery codes that its owner has still to save. It is told
// once, so nothing goes on before one of the ways to save it has been used and the
// box is ticked.
type keeping struct {
	id     string // prefixes the ids of its parts
	codes  []string
	made   time.Time
	taken  bool // downloaded, copied or printed
	ticked bool
}

// take notes that one of the ways to save the codes has been used.
func (k *keeping) take() { k.taken = true }

// tick notes what the box says. It says nothing while the codes have not been taken.
func (k *keeping) tick(on bool) { k.ticked = on && k.taken }

// saved reports whether it may go on.
func (k *keeping) saved() bool { return k.taken && k.ticked }

// draw draws the codes, the ways to save them and the box to tick.
func (k *keeping) draw(who api.SessionInfo) []goapp.UI {
	w := &say().Wizard
	return []goapp.UI{
		codeGrid(k.codes),
		div("actions ways-to-save",
			button{Label: w.Download, Icon: iconDownload, ID: k.id + "-download", On: func(goapp.Context, goapp.Event) {
				download(codesFileName(who.UserName), codesFile(who, address(), day(k.made.UnixMilli()), k.codes))
				k.take()
			}}.draw(),
			&copyButton{Text: strings.Join(k.codes, "\n"), OnCopied: func(goapp.Context) { k.take() }},
			button{Label: w.Print, Icon: iconPrint, ID: k.id + "-print", On: func(goapp.Context, goapp.Event) {
				k.take()
				printPage()
			}}.draw(),
		),
		k.box(),
	}
}

// box draws the box to tick.
func (k *keeping) box() goapp.UI {
	w := &say().Wizard
	id := k.id + "-saved"
	box := goapp.Input().Type("checkbox").ID(id).Name("saved").OnChange(func(ctx goapp.Context, _ goapp.Event) {
		k.tick(ctx.JSSrc().Get("checked").Truthy())
	}, goapp.EventScope(id))
	hint := goapp.P().Class("fine").ID(id+"-hint").Aria("live", "polite")
	if !k.taken {
		box = box.Disabled(true).Aria("describedby", id+"-hint")
		hint = hint.Text(w.SavedFirst)
	}
	return div("field",
		goapp.Label().Class("check").For(id).Body(box, goapp.Span().Text(w.Saved)), hint)
}

// paper draws the sheet that printing gives. It must stand in the page itself, not
// in a dialog.
func (k *keeping) paper(who api.SessionInfo) goapp.UI {
	w := &say().Wizard
	return codePaper{
		Title: w.PaperTitle,
		Facts: [][2]string{
			{w.PaperProduct, say().Frame.Product + of(who)}, {w.PaperAccount, holder(who)},
			{w.PaperAddress, address()}, {w.PaperDate, day(k.made.UnixMilli())},
		},
		Codes: k.codes,
		Note:  w.PaperNote,
	}.draw()
}

// of returns the organization behind the product's name.
func of(who api.SessionInfo) string {
	if who.Organization == "" {
		return ""
	}
	return ", " + who.Organization
}

// holder returns whose account it is, in full.
func holder(who api.SessionInfo) string {
	if who.DisplayName == "" || who.DisplayName == who.UserName {
		return who.UserName
	}
	return with("{user} ({name})", "user", who.UserName, "name", who.DisplayName)
}

// codesFileName returns what the file with the codes is called. User names have no
// characters that a file name could not have.
func codesFileName(user string) string { return with(say().Wizard.FileName, "name", user) }

// codesFile returns the file with the codes.
func codesFile(who api.SessionInfo, address, date string, codes []string) string {
	w := &say().Wizard
	var b strings.Builder
	b.WriteString(w.FileHead + "\r\n\r\n")
	for _, line := range [][2]string{{w.PaperAccount, holder(who)}, {w.PaperProduct, say().Frame.Product + of(who)},
		{w.PaperAddress, address}, {w.PaperDate, date}} {
		b.WriteString(labelled(line[0], line[1]) + "\r\n")
	}
	b.WriteString("\r\n")
	for i, c := range codes {
		n := strconv.Itoa(i + 1)
		b.WriteString("[ ] " + strings.Repeat(" ", 2-min(len(n), 2)) + n + ". " + c + "\r\n")
	}
	b.WriteString("\r\n" + w.FileNote + "\r\n")
	return b.String()
}

// address returns the address of this portal.
func address() string {
	if !goapp.IsClient {
		return ""
	}
	return goapp.Window().Get("location").Get("origin").String()
}

// download hands text to the browser as a file.
func download(name, text string) {
	if !goapp.IsClient {
		return
	}
	window := goapp.Window()
	blob := window.Get("Blob").New([]any{text}, map[string]any{"type": "text/plain;charset=utf-8"})
	href := window.Get("URL").Call("createObjectURL", blob)
	a := window.Get("document").Call("createElement", "a")
	a.Set("href", href)
	a.Set("download", name)
	a.Call("click")
	time.AfterFunc(time.Minute, func() { window.Get("URL").Call("revokeObjectURL", href) })
}

// printPage opens the browser's print dialog once what is due has been drawn.
func printPage() {
	if goapp.IsClient {
		goapp.Window().Call("setTimeout", goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
			goapp.Window().Call("print")
			return nil
		}), 50)
	}
}
