package server_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"doorward/server/servertest"
	"doorward/shared/api"
	"doorward/shared/check"
)

// open are the calls that work without a session. A call that is not here and
// answers anything but 401 to a stranger fails the test.
var open = []string{"/api/sign-in", "/api/sign-in/cancel", "/api/sign-out", "/api/link", "/api/setup", "/api/invitation",
	"/api/email", "/api/not-me", "/api/new-password", "/api/forgot-password", "/api/turn-off", "/api/suggest-password"}

func TestRoutes_EveryDeclaredCallIsServedOnce(t *testing.T) {
	p := servertest.New(t, "")
	var served []string
	for _, c := range p.Server.Calls() {
		served = append(served, c.Method+" "+c.Path)
	}
	declared := declaredCalls(t)
	slices.Sort(served)
	slices.Sort(declared)
	if !slices.Equal(served, declared) {
		t.Errorf("served:   %v\ndeclared: %v", served, declared)
	}
}

// declaredCalls reads the Endpoint variables out of the source of shared/api.
func declaredCalls(t *testing.T) []string {
	t.Helper()
	var calls []string
	dir := "../shared/api"
	files, err := fs.Glob(os.DirFS(dir), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), dir+"/"+name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 {
				return true
			}
			method := ""
			switch f := call.Fun.(type) {
			case *ast.IndexExpr:
				if id, ok := f.X.(*ast.Ident); ok && id.Name == "get" {
					method = "GET"
				}
			case *ast.IndexListExpr:
				if id, ok := f.X.(*ast.Ident); ok && id.Name == "post" {
					method = "POST"
				}
			}
			if path, ok := call.Args[0].(*ast.BasicLit); ok && method != "" {
				value, err := strconv.Unquote(path.Value)
				if err != nil {
					t.Fatal(err)
				}
				calls = append(calls, method+" "+value)
			}
			return true
		})
	}
	return calls
}

func TestRoutes_StrangersAreTurnedAway(t *testing.T) {
	p := servertest.New(t, "")
	p.SetUp()
	for _, c := range p.Server.Calls() {
		status, body, err := p.Browser().Send(t.Context(), c.Method, c.Path, []byte("{}"))
		if err != nil {
			t.Fatal(err)
		}
		if isOpen := slices.Contains(open, c.Path); isOpen == (status == 401) {
			t.Errorf("%s %s answers a stranger with %d %s; on the short list: %v", c.Method, c.Path, status, body, isOpen)
		}
		if c.Anyone != slices.Contains(open, c.Path) {
			t.Errorf("%s: the table and the short list disagree", c.Path)
		}
	}
}

// Somebody who has only proved the password reaches the second step and nothing
// else (requirement 61).
func TestRoutes_HalfSignedInReachesOnlyTheSecondStep(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().SignIn().Enroll()
	half := p.Browser()
	servertest.Must(t, half, api.SignIn, api.SignInRequest{Name: ada.Name, Password: ada.Password})
	for _, c := range p.Server.Calls() {
		if c.Anyone || c.SigningIn {
			continue
		}
		if status, body, _ := half.Send(t.Context(), c.Method, c.Path, []byte("{}")); status != 401 || !strings.Contains(string(body), string(check.SignedOut)) {
			t.Errorf("%s answers somebody half signed in with %d %s", c.Path, status, body)
		}
	}
}

// A step-up is asked for by each of these (requirement 104), and by nothing less
// than the table says.
func TestRoutes_StepUpIsAskedFor(t *testing.T) {
	p := servertest.New(t, "")
	ada := p.SetUp().Equip().SignIn()
	want := []string{"/api/sessions/end", "/api/sessions/end-others", "/api/password", "/api/enrollment", "/api/enrollment/start",
		"/api/enrollment/confirm", "/api/enrollment/finish", "/api/authenticators/rename", "/api/authenticators/remove",
		"/api/recovery-codes/regenerate", "/api/two-factor/turn-off", "/api/enrollment/resend",
		"/api/profile/email", "/api/profile/notice-address", "/api/profile/notice-address/remove", "/api/recovery-phone",
		"/api/recovery-phone/start", "/api/recovery-phone/resend", "/api/recovery-phone/confirm", "/api/recovery-phone/remove",
		"/api/person/reset-link", "/api/person/revoke-link", "/api/person/recovery-code", "/api/person/lock-down", "/api/person/end-sessions",
		"/api/person/lift-throttle", "/api/people/act", "/api/invitations", "/api/policy/change", "/api/adoption/mandatory", "/api/adoption/disable",
		"/api/adoption/remind", "/api/organizations/add", "/api/organizations/rename", "/api/organizations/suspend",
		"/api/organizations/reinstate", "/api/person/move"}
	for _, c := range p.Server.Calls() {
		if c.Proved != slices.Contains(want, c.Path) {
			t.Errorf("%s: proved is %v", c.Path, c.Proved)
		}
		if !c.Proved {
			continue
		}
		status, body, _ := ada.Send(t.Context(), c.Method, c.Path, []byte("{}"))
		if status != 403 || !strings.Contains(string(body), string(check.StepUpRequired)) {
			t.Errorf("%s without a step-up: %d %s", c.Path, status, body)
		}
	}
}
