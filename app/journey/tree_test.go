package journey_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"doorward/server/servertest"
)

// tree is what assistive technology gets of a page.
type tree []*accessibility.Node

// tree asks the browser for it.
func (b *browser) tree() (nodes tree) {
	b.Helper()
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		all, err := cdp.Call(ctx, target, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
		if err != nil {
			return err
		}
		nodes = all.Nodes
		return nil
	}))
	return nodes
}

// text returns a value of the tree as text.
func text(v *accessibility.Value) string {
	var plain any
	if v == nil || json.Unmarshal(v.Value, &plain) != nil || plain == nil {
		return ""
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(fmt.Sprint(plain), "\u2060", "")), " ")
}

// line says what is heard of a node: its role, its name, its description and its states; nothing of one that is passed over.
func line(n *accessibility.Node) string {
	if n.Ignored {
		return ""
	}
	said := text(n.Role) + " " + fmt.Sprintf("%q", text(n.Name))
	if d := text(n.Description); d != "" {
		said += " about " + fmt.Sprintf("%q", d)
	}
	for _, p := range n.Properties {
		if v := text(p.Value); v != "" {
			said += " " + string(p.Name) + "=" + v
		}
	}
	return said
}

// hears waits for a node whose line begins with begins and holds every one of the words.
func (b *browser) hears(begins string, words ...string) {
	b.Helper()
	var near []string
	found := func() bool {
		near = nil
		for _, n := range b.tree() {
			said := line(n)
			if strings.HasPrefix(said, strings.Fields(begins)[0]) || strings.Contains(said, begins[strings.Index(begins, " ")+1:]) {
				near = append(near, said)
			}
			if strings.HasPrefix(said, begins) && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(said+" ", w+" ") && !strings.Contains(said, w+`"`) }) {
				return true
			}
		}
		return false
	}
	defer func() {
		if b.Failed() {
			b.Logf("near to it is heard: %q", near)
		}
	}()
	b.until(fmt.Sprintf("%s %q to be heard", begins, words), found)
}

// hearsNot fails when a node is heard whose line begins so.
func (b *browser) hearsNot(begins string) {
	b.Helper()
	for _, n := range b.tree() {
		if said := line(n); strings.HasPrefix(said, begins) {
			b.Errorf("is heard: %s", said)
		}
	}
}

// hearsAlert waits for words within an alert.
func (b *browser) hearsAlert(words string) {
	b.Helper()
	b.until("the alert "+words+" to be heard", func() bool {
		nodes := b.tree()
		parents, alerts := map[accessibility.NodeID]accessibility.NodeID{}, map[accessibility.NodeID]bool{}
		for _, n := range nodes {
			parents[n.NodeID], alerts[n.NodeID] = n.ParentID, text(n.Role) == "alert"
		}
		return slices.ContainsFunc(nodes, func(n *accessibility.Node) bool {
			at := n.NodeID
			for at != "" && !alerts[at] {
				at = parents[at]
			}
			return at != "" && strings.Contains(text(n.Name), words)
		})
	})
}

func TestTree_SignIn(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	h.again(ada.SignIn().Enroll())
	b := newBrowser(t, h.address)
	b.expect("401 POST")
	b.open("/sign-in")
	b.page("Sign in")
	for _, landmark := range []string{"banner", "main", "contentinfo"} {
		b.hears(landmark + " ")
	}
	b.hears(`RootWebArea "Sign in`)
	b.hears(`heading "Sign in"`, "level=1")
	b.hears(`textbox "User name or e-mail"`, "required=true", "focused=true", "invalid=false")
	b.hears(`textbox "Password"`, "required=true")
	b.hears(`button "Show the password"`)
	b.hears(`alert ""`, "live=assertive")
	b.keys(kb.Enter)
	b.hears(`textbox "User name or e-mail" about "Please fill this in."`, "invalid=true", "focused=true")
	b.keys(ada.Name + kb.Tab + "not the password" + kb.Enter)
	b.hearsAlert("Name and password do not match.")
	b.hears(`textbox "Password"`, "focused=true")
	b.types(ada.Password + kb.Enter)
	b.page("Enter your code")
	b.hears(`heading "Enter your code"`, "level=1")
	b.hears(`textbox "Six-digit code"`, "required=true", "focused=true")
	b.hears(`link "Another way"`)
	b.hears(`link "Lost your phone?"`)
	b.keys("12" + kb.Enter)
	b.hears(`textbox "Six-digit code" about "`, "invalid=true", "focused=true")
	b.types(ada.Passcode())
	b.page("Welcome, Ada Lovelace")
	b.hears(`DisclosureTriangle "AL Your account" about "Ada Lovelace"`, "expanded=false")
	b.tabTo("Your account")
	b.keys(kb.Enter)
	b.hears(`DisclosureTriangle "AL Your account"`, "expanded=true", "focused=true")
	b.hears(`link "Security"`)
	b.hears(`button "Sign out"`)
}

func TestTree_SecurityAndItsDialogs(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	h.again(ada.SignIn().Enroll()).StepUp()
	b := h.signedIn(t, ada)
	b.expect("422 POST")
	b.open("/profile/security")
	b.page("Security")
	b.hears(`heading "Security"`, "level=1")
	b.hears(`heading "Two-factor authentication"`, "level=2")
	b.hears(`navigation "Your account"`)
	b.hears(`link "Security"`)
	b.hears(`StaticText "Active"`)
	b.chooses("Rename Phone")
	b.hears(`dialog "Rename this authenticator app"`, "modal=true")
	b.hears(`heading "Rename this authenticator app"`, "level=2")
	b.hears(`textbox "Name" about "So that you can tell your devices apart."`, "focused=true", "required=true")
	b.hears(`button "Close"`)
	b.hearsNot(`heading "Security"`) // what is behind is not there
	b.keys("a", kb.ModifierCtrl)
	b.keys(kb.Delete + kb.Enter)
	b.hears(`textbox "Name" about "So that you can tell your devices apart. Please fill this in."`, "invalid=true", "focused=true")
	b.hears(`paragraph ""`, "live=polite")
	b.hears(`StaticText "Please fill this in."`)
	b.keys(kb.Escape)
	b.hears(`button "Rename Phone"`, "focused=true")
	b.chooses("Remove Phone")
	b.hears(`dialog "This is your only authenticator app"`, "modal=true")
}

func TestTree_Wizard(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	b := h.signedIn(t, ada.SignIn().StepUp())
	b.open("/profile/security/set-up")
	b.page("Choose a method")
	b.hears(`StaticText "Step 1 of `)
	b.chooses("Continue")
	b.page("Get an authenticator app")
	b.hears(`heading "Get an authenticator app"`, "level=1", "focused=true")
	b.hears(`group "Where the app shall run"`)
	b.hears(`button "Computer"`, "pressed=false")
	b.chooses("I already have one")
	b.page("Name your device")
	b.hears(`textbox "Name of the device" about "Only you and your administrator see it."`, "focused=true", "required=true")
	b.keys(kb.Enter)
	b.page("Connect your app")
	key := ask[string](b, `[...document.querySelectorAll("#key > span")].map(e => e.textContent).join(" ")`)
	b.hears(`image "QR code to scan with your authenticator app" about ` + fmt.Sprintf("%q", key))
	b.hears(`button "Copy the key"`)
	b.hears(`heading "Or type the key"`, "level=2")
	secret := servertest.SecretOf(t, b.key())
	b.chooses("My app shows a code")
	b.page("Enter the code")
	b.hears(`textbox "Six-digit code" about "It changes every 30 seconds. The one it shows now is right."`, "focused=true", "required=true")
	b.keys(h.passcode(secret))
	b.page("Save your recovery codes")
	b.hears(`heading "Save your recovery codes"`, "level=1", "focused=true")
	b.hears(`list "`)
	b.hears(`button "Turn on two-factor authentication"`, "disabled=true")
	b.hears(`checkbox "I have saved them"`, "checked=false")
	b.chooses("Copy")
	b.hears(`StaticText "Copied"`)
	b.tabTo("I have saved them")
	b.keys(" ")
	b.hears(`checkbox "I have saved them"`, "checked=true", "focused=true")
	b.chooses("Turn on two-factor authentication")
	b.page("Two-factor authentication is on")
	b.hears(`heading "Two-factor authentication is on"`, "level=1", "focused=true")
}

// Tables become blocks on phones: they have to stay tables for those who hear them.
func TestTree_TablesOnAPhone(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	h.Invite("mary")
	h.again(ada.SignIn().Enroll()).StepUp()
	b := h.signedIn(t, ada, servertest.Phone())
	b.open("/admin/people")
	b.page("People")
	b.hears(`table "People"`)
	b.hears(`columnheader "Two-factor"`)
	b.hears(`cell "`, "Member")
	b.hears(`checkbox "Choose mary (mary)"`, "checked=false")
	b.hears(`searchbox "Find somebody" about "Part of a name, user name or address."`)
	b.hears(`status ""`, "live=polite")
	b.hears(`StaticText "2 people"`)
}
