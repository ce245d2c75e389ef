//go:build !js

package app

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"doorward/app/words"
)

const testToken = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// everyPage is an address of each page.
func everyPage() []string {
	paths := []string{"/no/such/page"}
	for _, r := range pages() {
		paths = append(paths, strings.Replace(r.path, "*", testToken, 1))
	}
	return paths
}

// drawn prerenders the page at address and returns it parsed.
func drawn(t *testing.T, address string, personal Personal) (Shell, *html.Node) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	shell, _ := Prerender(u, &words.English, personal)
	root, err := html.Parse(strings.NewReader(shell.Body))
	if err != nil {
		t.Fatal(err)
	}
	return shell, root
}

// each calls see for every element below n.
func each(n *html.Node, see func(*html.Node)) {
	if n.Type == html.ElementNode {
		see(n)
	}
	for c := range n.ChildNodes() {
		each(c, see)
	}
}

func value(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// hostile are values that end an attribute, open an element, or carry what HTML
// and Go quote differently.
var hostile = []string{
	`"><script>alert(1)</script>`,
	`" onfocus="alert(1)" autofocus injected="`,
	`' onload='alert(1)`,
	`/ok" onmouseover=alert(1) "`,
	"/a\\\"><img src=x onerror=alert(1)>",
	"\x00\"><svg/onload=alert(1)>",
	`javascript:alert(1)`,
	`//evil.example/`,
	`/\evil.example`,
	"true",
	`&quot;><b>`,
}

func TestPrerender_NothingFromTheAddressBecomesMarkup(t *testing.T) {
	queries := []string{"next", "notice", "code", "retry", "p.name", "p.password", "p.passcode", "p.recovery_code", "p.token",
		"p.user_name", "p.email", "p.organization", "replace", "q", "sort", "page", "then"}
	for _, address := range everyPage() {
		for _, bad := range hostile {
			q := url.Values{}
			for _, name := range queries {
				q.Set(name, bad)
			}
			look := func(n *html.Node) {
				if n.Data == "script" || n.Data == "img" || n.Data == "iframe" || n.Data == "b" {
					t.Errorf("%s with %q draws a <%s>", address, bad, n.Data)
				}
				for _, a := range n.Attr {
					if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "injected" {
						t.Errorf("%s with %q draws the attribute %s", address, bad, a.Key)
					}
					leads := a.Key == "href" || a.Key == "action" || a.Key == "src"
					if leads && (strings.HasPrefix(a.Val, "//") || !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "#")) {
						t.Errorf("%s with %q leads to %q", address, bad, a.Val)
					}
				}
			}
			_, tree := drawn(t, address+"?"+q.Encode(), Personal{Replacement: bad, Left: 3})
			each(tree, look)
		}
	}
}

func TestPrerender_EveryPageIsWellMade(t *testing.T) {
	for _, address := range everyPage() {
		shell, root := drawn(t, address+"?code=throttled&retry=30&p.name=required&p.passcode=passcode_shape", Personal{})
		ids, heads, mains, fields := map[string]bool{}, 0, 0, []*html.Node{}
		var labels, refers []string
		each(root, func(n *html.Node) {
			if id, ok := value(n, "id"); ok {
				if ids[id] {
					t.Errorf("%s: the id %q is there twice", address, id)
				}
				ids[id] = true
			}
			switch n.Data {
			case "h1":
				heads++
			case "main":
				mains++
			case "input", "select", "textarea":
				kind, _ := value(n, "type")
				_, unseen := value(n, "aria-hidden")
				if kind != "hidden" && !unseen {
					fields = append(fields, n)
				}
			case "label":
				v, _ := value(n, "for")
				labels = append(labels, v)
			case "form":
				if v, _ := value(n, "method"); v != "post" {
					t.Errorf("%s: a form goes out by %q: what is typed would stand in the address", address, v)
				}
			}
			if v, ok := value(n, "aria-describedby"); ok {
				refers = append(refers, strings.Fields(v)...)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "aria-") && a.Val == "" || a.Val == "false" && !strings.HasPrefix(a.Key, "aria-") && a.Key != "spellcheck" && a.Key != "focusable" {
					t.Errorf("%s: <%s %s=%q>", address, n.Data, a.Key, a.Val)
				}
			}
		})
		if heads != 1 || mains != 1 {
			t.Errorf("%s: %d h1 and %d main", address, heads, mains)
		}
		for _, f := range fields {
			id, _ := value(f, "id")
			if !slices.Contains(labels, id) {
				t.Errorf("%s: the field %q has no label", address, id)
			}
		}
		for _, id := range refers {
			if !ids[id] {
				t.Errorf("%s: described by %q, which is not there", address, id)
			}
		}
		if !strings.HasSuffix(shell.Title, "Doorward") || strings.Contains(shell.Body, "\n") {
			t.Errorf("%s: title %q, or line breaks in the body", address, shell.Title)
		}
	}
}

func TestPrerender_SaysWhatTheAddressSays(t *testing.T) {
	for _, c := range []struct{ address, want string }{
		{"/sign-in?code=wrong_password&retry=30", "Try again in 30 seconds."},
		{"/sign-in?code=wrong_password", "Name and password do not match."},
		{"/sign-in?p.name=required", "Please fill this in."},
		{"/sign-in?notice=signed_out", "You are signed out."},
		{"/sign-in?notice=password_chosen", "Your password is set."},
		{"/sign-in?notice=password_link", "If there is such an account, we have mailed a link"},
		{"/sign-in?notice=two_factor_off", "set it up again on your new phone"},
		{"/forgot-password?p.name=required", "Please fill this in."},
		{"/turn-off/" + testToken + "?code=wrong_password", "That password is not right."},
		{"/sign-in/passcode?code=spent_passcode", "Please wait for the next one."},
		{"/invitation/" + testToken + "?code=link_dead", "This link does not open anything"},
		{"/setup/short", "This link does not open anything"},
	} {
		if shell, _ := drawn(t, c.address, Personal{}); !strings.Contains(shell.Body, c.want) {
			t.Errorf("%s does not say %q", c.address, c.want)
		}
	}
	for _, address := range []string{"/sign-in?code=no_such_code", "/sign-in?retry=9", "/sign-in?p.name=no_such_code", "/sign-in?notice=hello"} {
		if shell, _ := drawn(t, address, Personal{}); strings.Contains(shell.Body, "banner") || strings.Contains(shell.Body, "wrong") {
			t.Errorf("%s: something unknown is shown", address)
		}
	}
}

func TestPrerender_Recovered(t *testing.T) {
	shell, _ := drawn(t, "/sign-in/recovered", Personal{Replacement: "7KQ2-M9XF-0BTV-H4CE", Left: 10})
	for _, want := range []string{`data-replacement="7KQ2-M9XF-0BTV-H4CE"`, `data-left="10"`, "<span>H4CE</span>", "You have 10 recovery codes", `name="then"`} {
		if !strings.Contains(shell.Body, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
	shell, root := drawn(t, "/sign-in/recovered", Personal{ByPhone: true})
	if got := forms(root)["/sign-in/recovered"]; !slices.Equal(got, []string{"then=replace&then=continue"}) {
		t.Errorf("after a code by text message the form has %v", got)
	}
	for _, want := range []string{"data-by-phone", "The code from your recovery phone has let you in"} {
		if !strings.Contains(shell.Body, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
	if strings.Contains(shell.Body, "new recovery code") || strings.Contains(shell.Body, "There is no code to show") {
		t.Error("the page speaks of a code that nobody has used")
	}
}

func TestPrerender_NextGoesAlong(t *testing.T) {
	_, root := drawn(t, "/sign-in?next="+url.QueryEscape("/apps/wiki?page=a&b=1"), Personal{})
	found := false
	each(root, func(n *html.Node) {
		if name, _ := value(n, "name"); name == "next" {
			v, _ := value(n, "value")
			found = v == "/apps/wiki?page=a&b=1"
		}
	})
	if !found {
		t.Error("the form does not carry where the person was going")
	}
}
