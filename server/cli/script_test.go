package cli

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/uptrace/bun/driver/sqliteshim"

	"doorward/shared/api"
)

// Each file in testdata/script is one story, told as it is typed. Beside what
// testscript has, a story may say:
//
//	portal start [FLAG…], portal stop   serve in the background; its address is $URL
//	setup-page                          $LINK is the link that the portal printed
//	link FILE                           $LINK is the one-time link in FILE
//	[!] live LINK                       whether a link can be used
//	setup LINK NAME, accept LINK NAME   use it, as somebody in a browser
//	[!] signin NAME, recover NAME, enroll NAME, [!] session NAME
//	mode MODE FILE…                     the permissions
//	tamper SQL                          behind the portal's back
//	chained FILE, keys FILE N           look into an export, into a keyring
//	post open, phone open               a mail server, a gateway; see post and phone
//	message FILE KIND                   $ID is that of a message in a list
//	said PATTERN                        wait until the portal has printed it
//	page PATH STATUS PATTERN            ask the portal for a page
//	outbox-has N STATE                  wait until so many messages are in a state
//	[!] ask-code NAME NUMBER            by text message, to set it up; enroll-text goes on to the end
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("DOORWARD_DATA", filepath.Join(e.WorkDir, "data"))
			e.Setenv("DOORWARD_LISTEN", "127.0.0.1:0")
			s := &story{people: map[string]*person{}}
			e.Values[storyKey{}] = s
			e.Defer(func() {
				if s.portal != nil {
					if err := s.portal.stop(); err != nil {
						t.Error(err)
					}
				}
			})
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"portal": portalCommand, "setup-page": setupPage, "link": linkIn, "live": live, "setup": setup, "accept": accept,
			"signin": does((*person).signIn), "recover": does((*person).recover), "enroll": does((*person).enroll), "session": does((*person).session),
			"mode": mode, "tamper": tamper, "chained": chained, "keys": keys,
			"post": post, "phone": phone, "message": messageIn, "ask-code": askForCode, "enroll-text": enrollText, "outbox-has": outboxHas, "said": said, "page": page,
		},
	})
}

// story is what a script has made so far.
type story struct {
	portal *process
	people map[string]*person
	post   *postOffice
	phone  *phoneGateway
}

type storyKey struct{}

func of(ts *testscript.TestScript) *story { return ts.Value(storyKey{}).(*story) }

// environment returns what the processes of a script see of the environment.
func environment(ts *testscript.TestScript) (env []string) {
	for _, name := range []string{"PATH", "HOME", "DOORWARD_DATA", "DOORWARD_LISTEN", "DOORWARD_DATABASE", "DOORWARD_KEYRING", "DOORWARD_URL",
		"DOORWARD_SMTP", "DOORWARD_SMTP_PASSWORD", "DOORWARD_SMS_GATEWAY", "DOORWARD_SMS_URL", "DOORWARD_SMS_USER", "DOORWARD_SMS_PASSWORD", "DOORWARD_SMS_COUNTRIES"} {
		env = append(env, name+"="+ts.Getenv(name))
	}
	return env
}

func portalCommand(ts *testscript.TestScript, _ bool, args []string) {
	s := of(ts)
	if args[0] == "stop" {
		p := s.portal
		s.portal = nil
		ts.Check(p.stop())
		return
	}
	var err error
	s.portal, err = startProcess(environment(ts), append([]string{"serve"}, args[1:]...)...)
	ts.Check(err)
	ts.Setenv("URL", s.portal.url)
	for name, p := range s.people { // browsers that were open before
		s.people[name].Visitor = p.Copy(s.portal.url)
	}
}

func setupPage(ts *testscript.TestScript, _ bool, _ []string) {
	link, err := of(ts).portal.setupLink()
	ts.Check(err)
	ts.Setenv("LINK", link)
}

func linkIn(ts *testscript.TestScript, _ bool, args []string) {
	found := linkLine.FindStringSubmatch(ts.ReadFile(args[0]))
	if found == nil {
		ts.Fatalf("no one-time link in %s", args[0])
	}
	ts.Setenv("LINK", found[1])
}

// expect ends a script unless err is there when, and only when, neg says so.
func expect(ts *testscript.TestScript, neg bool, err error) {
	if refusal, ok := err.(*api.Error); ok {
		err = fmt.Errorf("%+v", *refusal)
	}
	if neg && err == nil {
		ts.Fatalf("succeeded, and should not have")
	}
	if !neg {
		ts.Check(err)
	}
}

func live(ts *testscript.TestScript, neg bool, args []string) {
	kind := api.LinkInvitation
	if filepath.Base(filepath.Dir(args[0])) == "setup" {
		kind = api.LinkSetup
	}
	_, err := api.CheckLink.Call(context.Background(), newPerson(of(ts).portal.url, ""), api.CheckLinkRequest{Token: tokenOf(args[0]), Kind: kind})
	expect(ts, neg, err)
}

func newcomer(ts *testscript.TestScript, name string) *person {
	s := of(ts)
	s.people[name] = newPerson(s.portal.url, name)
	return s.people[name]
}

func setup(ts *testscript.TestScript, neg bool, args []string) {
	expect(ts, neg, newcomer(ts, args[1]).setUp(context.Background(), args[0]))
}

func accept(ts *testscript.TestScript, neg bool, args []string) {
	expect(ts, neg, newcomer(ts, args[1]).accept(context.Background(), args[0]))
}

// does is the command by which somebody does something in their browser.
func does(act func(*person, context.Context) error) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		who, ok := of(ts).people[args[0]]
		if !ok {
			ts.Fatalf("nobody is called %q", args[0])
		}
		expect(ts, neg, act(who, context.Background()))
	}
}

func mode(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.ParseUint(args[0], 8, 32)
	ts.Check(err)
	for _, file := range args[1:] {
		info, err := os.Stat(ts.MkAbs(file))
		ts.Check(err)
		if got := info.Mode().Perm(); got != os.FileMode(want) {
			ts.Fatalf("%s has mode %04o", file, got)
		}
	}
}

func tamper(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(onDatabase(ts.Getenv("DOORWARD_DATA"), func(db *sql.DB) error {
		done, err := db.Exec(args[0])
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); n != 1 || err != nil {
			return fmt.Errorf("%q changed %d rows, %w", args[0], n, err)
		}
		return nil
	}))
}

// onDatabase does something with the SQLite file of a data folder.
func onDatabase(data string, do func(*sql.DB) error) error {
	db, err := sql.Open(sqliteshim.ShimName, "file:"+filepath.Join(data, "doorward.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	defer db.Close()
	return do(db)
}
