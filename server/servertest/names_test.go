package servertest

import (
	"strings"
	"testing"
	"time"

	"doorward/server/auth"
	"doorward/shared/check"
)

// hardNames are what people may be called: one word as long as may be, every script, signs of several parts, and marks on marks.
var hardNames = []string{
	strings.Repeat("W", check.MaxName), "عبد الرحمن بن محمد الفاسي", "נועה בן־שלום (Noa)", "สมชายศักดิ์สิทธิ์วัฒนธรรมไทยแลนด์", "क्षितिज श्रीवास्तव",
	"王" + strings.Repeat("浩然", 40), "👩\u200d👩\u200d👧\u200d👦 🦊 🇫🇷", "Z\u0351\u0367\u0343a\u0300\u0301\u0302\u0303l\u0334g\u0335o\u0336", strings.Repeat("ﷺ", 60),
}

// namesake is a portal whose people have the hardest names, addresses and authenticators' names there can be.
func namesake(t *testing.T) (g guide, first *Person) {
	t.Helper()
	p, address := Serve(t)
	g = guide{Portal: p, address: address}
	boss := p.SetUp().SignIn().Enroll()
	home := boss.User().Organization
	for i, name := range hardNames {
		login := strings.Repeat("w", check.MaxUserName-1) + string(rune('a'+i))
		who := p.Add(login, auth.Member, home)
		p.Change(login, func(u *auth.User) {
			u.DisplayName, u.Email = name, login+"@"+strings.Repeat("mail"+string(rune('a'+i))+".", 36)+"example"
		})
		if i == 0 {
			first = who
		}
	}
	first.SignIn().StepUp()
	first.Start(strings.Repeat("M", check.MaxLabel), "")
	g.operator, g.member, g.somebody = boss.Browser, first.Browser, first.User()
	return g, boss
}

// strays finds a name in a list that does not begin where its address does, as one written from right to left might.
const strays = `[...document.querySelectorAll("td .cell-name")].filter(e => {
	const address = e.parentNode.querySelector(".address");
	return address && Math.abs(e.getBoundingClientRect().left - address.getBoundingClientRect().left) > 1;
}).map(e => e.textContent).join("; ")`

// TestNames_BreakNothing looks at every page that names people: none may scroll sideways, nor may anything stand out of a dialog.
func TestNames_BreakNothing(t *testing.T) {
	g, boss := namesake(t)
	person := "/admin/people/" + string(g.somebody.ID)
	stops := []stop{
		{"home", "/", g.member, ".welcome h2"},
		{"profile", "/profile", g.member, ".person dd"},
		{"wizard", "/profile/security/set-up#scan", g.member, ".key"},
		{"people", "/admin/people", g.operator, "td .cell-name"},
		{"person", person, g.operator, ".facts dd"},
		{"adoption", "/admin/two-factor", g.operator, ".not-ready .cell-name"},
		{"activity", "/admin/activity", g.operator, ".event"},
	}
	for _, look := range []look{{"phone", []ChromiumOption{Phone()}}, {"narrow", []ChromiumOption{Window(320, 640)}}, {"desktop", nil}} {
		t.Run(look.name, func(t *testing.T) {
			boss.StepUp()
			ctx := Chromium(t, append(look.opts, Within(4*time.Minute))...)
			for _, s := range stops {
				arrive(t, ctx, g.address, s)
				if stray := ask[string](t, ctx, strays); stray != "" {
					t.Errorf("%s: begins elsewhere than what is below it: %s", s.name, stray)
				}
				picture(t, ctx, "names-"+s.name+"-"+look.name)
			}
			arrive(t, ctx, g.address, stops[4])
			wide := ask[int](t, ctx, `new Promise(done => {
				[...document.querySelectorAll("main .button.danger")].pop().click();
				const look = () => { const d = document.querySelector("dialog[open]"); d ? done(d.scrollWidth - d.clientWidth) : setTimeout(look, 50); };
				look();
			})`)
			if wide > 0 {
				t.Errorf("the dialog scrolls sideways by %d pixels", wide)
			}
			picture(t, ctx, "names-dialog-"+look.name)
		})
	}
}
