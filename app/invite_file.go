package app

import (
	"strings"

	"doorward/shared/api"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// read fills the list from a file.
func (p *invitePage) read(ctx goapp.Context, file goapp.Value) {
	w := &say().Invite
	if !file.Truthy() {
		return
	}
	name := file.Get("name").String()
	if file.Get("size").Int() > api.MaxBody {
		p.unread(w.FileTooLarge)
		return
	}
	readText(file, func(text string, ok bool) {
		ctx.Dispatch(func(goapp.Context) {
			if !ok {
				p.unread(w.FileUnread)
				return
			}
			p.fill(name, text)
		})
	})
}

// readText reads a file and tells got its text. A file that is not UTF-8 is read as
// what spreadsheets on Windows write.
var readText = func(file goapp.Value, got func(text string, ok bool)) {
	readAs(file, "utf-8", func(text string, ok bool) {
		if ok && strings.ContainsRune(text, '\uFFFD') {
			readAs(file, "windows-1252", got)
			return
		}
		got(text, ok)
	})
}

func readAs(file goapp.Value, encoding string, got func(text string, ok bool)) {
	reader := goapp.Window().Get("FileReader").New()
	var end goapp.Func
	end = goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
		end.Release()
		if reader.Get("error").Truthy() {
			got("", false)
			return nil
		}
		got(reader.Get("result").String(), true)
		return nil
	})
	reader.Set("onloadend", end)
	reader.Call("readAsText", file, encoding)
}

// unread says why a file was not taken.
func (p *invitePage) unread(why string) {
	p.trouble, p.file = why, ""
	announce(why)
}

// fill puts the text of a file into the list.
func (p *invitePage) fill(name, text string) {
	p.write(text)
	p.list.show("text", text)
	p.file = with(say().Invite.FileTaken, "name", name)
	announce(p.file)
}
