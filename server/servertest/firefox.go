package servertest

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/websocket"
)

// Firefox is a Firefox with one page, driven by WebDriver BiDi. What fails in it fails the test.
type Firefox struct {
	t       testing.TB
	ctx     context.Context
	page    string
	session *websocket.Conn

	mu         sync.Mutex
	calls      int
	waiting    map[int]chan said
	complaints []string
}

// said is what the browser says: the answer to a call, or an event.
type said struct {
	ID     int             `json:"id"`
	Type   string          `json:"type"`
	Result json.RawMessage `json:"result"`
	Error  string          `json:"error"`
	Reason string          `json:"message"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
}

// preferences keep Firefox to itself: whatever is not on this machine goes to a proxy that is not there, and what it would do
// on its own account is off.
const preferences = `user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1"); user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1"); user_pref("network.proxy.ssl_port", 9);
user_pref("network.proxy.no_proxies_on", "localhost, 127.0.0.1");
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.trr.mode", 5);
user_pref("app.update.auto", false); user_pref("app.update.disabledForTesting", true);
user_pref("app.normandy.enabled", false);
user_pref("browser.discovery.enabled", false);
user_pref("browser.region.update.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false); user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.safebrowsing.downloads.enabled", false); user_pref("browser.safebrowsing.update.enabled", false);
user_pref("browser.search.update", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.page", 0); user_pref("browser.startup.homepage", "about:blank");
user_pref("datareporting.healthreport.uploadEnabled", false); user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);
user_pref("dom.push.connection.enabled", false);
user_pref("extensions.getAddons.cache.enabled", false); user_pref("extensions.update.enabled", false);
user_pref("extensions.systemAddon.update.enabled", false);
user_pref("media.gmp-manager.updateEnabled", false);
user_pref("messaging-system.rsexperimentloader.enabled", false);
user_pref("services.settings.server", "data:,#nowhere");
user_pref("signon.rememberSignons", false);
user_pref("toolkit.telemetry.enabled", false); user_pref("toolkit.telemetry.unified", false);
user_pref("toolkit.telemetry.server", "data:,nowhere");
`

// StartFirefox starts a browser without a window, with a fresh profile and a page of 1280×800. It reaches this machine only.
// The browser ends with the test, which fails when there is no Firefox: it never skips.
func StartFirefox(t testing.TB, within time.Duration) *Firefox {
	t.Helper()
	path, err := exec.LookPath("firefox-esr")
	if err != nil {
		if path, err = exec.LookPath("firefox"); err != nil {
			t.Fatal("Firefox is not installed: apt-get install firefox-esr")
		}
	}
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, "user.js"), []byte(preferences), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), within)
	t.Cleanup(cancel)
	const origin = "http://localhost"
	run := exec.Command(path, "--headless", "--no-remote", "--profile", home, "--remote-debugging-port", "0", "--remote-allow-origins", origin)
	run.Env = append(os.Environ(), "HOME="+home, "XDG_RUNTIME_DIR="+home, "MOZ_CRASHREPORTER_DISABLE=1", "LANG=en_US.UTF-8")
	// A group of its own, so that its helpers end with it; none outlives the test.
	run.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	says, err := run.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	stop := context.AfterFunc(ctx, func() { syscall.Kill(-run.Process.Pid, syscall.SIGKILL) })
	f := &Firefox{t: t, ctx: ctx, waiting: map[int]chan said{}}
	t.Cleanup(func() { f.end(run, stop) })
	var address string
	for lines := bufio.NewScanner(says); address == "" && lines.Scan(); {
		_, address, _ = strings.Cut(lines.Text(), "BiDi listening on ")
	}
	go io.Copy(io.Discard, says)
	if f.session, err = websocket.Dial(address+"/session", "", origin); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	go f.listen()
	f.begin()
	return f
}

// begin finds the page and has the browser tell what it complains of.
func (f *Firefox) begin() {
	f.t.Helper()
	f.Call("session.new", map[string]any{"capabilities": map[string]any{}}, nil)
	var tree struct{ Contexts []struct{ Context string } }
	f.Call("browsingContext.getTree", map[string]any{}, &tree)
	if len(tree.Contexts) == 0 {
		f.t.Fatal("Firefox has no page")
	}
	f.page = tree.Contexts[0].Context
	f.Call("browsingContext.setViewport", map[string]any{"context": f.page, "viewport": map[string]int{"width": 1280, "height": 800}}, nil)
	f.Call("session.subscribe", map[string]any{"events": []string{"log.entryAdded", "network.responseCompleted", "network.fetchError"}}, nil)
	f.Call("script.addPreloadScript", map[string]any{"functionDeclaration": `() => {
		document.addEventListener("securitypolicyviolation", e => console.error("violates", e.violatedDirective, e.blockedURI));
	}`}, nil)
}

// end has the browser close, and ends what has not ended by then.
func (f *Firefox) end(run *exec.Cmd, stop func() bool) {
	if f.session != nil {
		f.send("browser.close", map[string]any{}) // its answer may be lost with the connection
	}
	ended := make(chan error, 1)
	go func() { ended <- run.Wait() }()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		f.t.Error("Firefox does not close")
		syscall.Kill(-run.Process.Pid, syscall.SIGKILL)
		<-ended
	}
	stop()
	if f.session != nil {
		f.session.Close()
	}
}

// listen takes in what the browser says until the connection ends.
func (f *Firefox) listen() {
	for from := json.NewDecoder(f.session); ; {
		var m said
		if err := from.Decode(&m); err != nil {
			return
		}
		f.mu.Lock()
		if m.Type == "event" {
			f.see(m)
		} else if waits := f.waiting[m.ID]; waits != nil {
			waits <- m
			delete(f.waiting, m.ID)
		}
		f.mu.Unlock()
	}
}

// interrupted is what Firefox says when it can no longer hand on what the service worker answered with. For a worker that refuses, or
// fails, it has other words.
const interrupted = "A ServiceWorker intercepted the request and encountered an unexpected error."

// see takes in one event.
func (f *Firefox) see(m said) {
	var e struct {
		Level, Text, ErrorText string
		Request                struct{ Method, URL string }
		Response               struct{ Status int }
	}
	if err := json.Unmarshal(m.Params, &e); err != nil {
		f.complaints = append(f.complaints, "an event that cannot be read: "+err.Error())
		return
	}
	switch {
	case m.Method == "log.entryAdded" && e.Level == "error" && strings.HasSuffix(e.Text, interrupted): // the page was left
	case m.Method == "log.entryAdded" && e.Level == "error":
		f.complaints = append(f.complaints, "console: "+e.Text)
	case m.Method == "network.fetchError" && e.ErrorText != "NS_BINDING_ABORTED": // the page was left
		f.complaints = append(f.complaints, e.ErrorText+" "+e.Request.Method+" "+e.Request.URL)
	case e.Response.Status >= 400:
		f.complaints = append(f.complaints, fmt.Sprintf("%d %s %s", e.Response.Status, e.Request.Method, e.Request.URL))
	}
}

// Complaints returns what the browser has complained of so far, as Troubles does for Chromium.
func (f *Firefox) Complaints() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.complaints...)
}

// Alive reports whether the browser may still be asked.
func (f *Firefox) Alive() bool { return f.ctx.Err() == nil }

// send makes a call and returns where its answer comes.
func (f *Firefox) send(method string, params any) <-chan said {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls++
	answer := make(chan said, 1)
	f.waiting[f.calls] = answer
	if err := websocket.JSON.Send(f.session, map[string]any{"id": f.calls, "method": method, "params": params}); err != nil {
		answer <- said{Error: "not sent", Reason: err.Error()}
	}
	return answer
}

// Call makes one call of the protocol and reads its result into result, unless that is nil.
func (f *Firefox) Call(method string, params map[string]any, result any) {
	f.t.Helper()
	if err := f.try(method, params, result); err != nil {
		f.t.Fatalf("%s: %v", method, err)
	}
}

func (f *Firefox) try(method string, params map[string]any, result any) error {
	select {
	case m := <-f.send(method, params):
		if m.Error != "" {
			return errors.New(m.Error + ": " + m.Reason)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(m.Result, result)
	case <-f.ctx.Done():
		return f.ctx.Err()
	}
}
