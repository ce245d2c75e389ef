package app

import (
	"testing"

	"doorward/shared/api"
)

func TestWizard_Step(t *testing.T) {
	pending := api.Enrollment{Stage: api.StagePending}
	confirmed := api.Enrollment{Stage: api.StageConfirmed}
	finished := api.Enrollment{Stage: api.StageFinished}
	for _, c := range []struct {
		name   string
		asked  wizardStep
		active bool
		e      api.Enrollment
		want   wizardStep
	}{
		{"a fresh start", "", false, api.Enrollment{}, stepMethod},
		{"nothing is pending, the app step asked for", stepApp, false, api.Enrollment{}, stepApp},
		{"nothing is pending, the name is due", stepScan, false, api.Enrollment{}, stepScan},
		{"nothing to confirm", stepCode, false, api.Enrollment{}, stepScan},
		{"no codes to save", stepCodes, false, api.Enrollment{}, stepScan},
		{"done is not for those without", stepDone, false, api.Enrollment{}, stepMethod},
		{"reloaded when done", stepDone, true, api.Enrollment{}, stepDone},
		{"a step that is none", "nonsense", false, api.Enrollment{}, stepMethod},
		{"comes back to the key", "", false, pending, stepScan},
		{"reloaded at the code", stepCode, false, pending, stepCode},
		{"back from the code", stepScan, false, pending, stepScan},
		{"cannot skip the code", stepCodes, false, pending, stepCode},
		{"cannot skip to the end", stepDone, true, pending, stepCode},
		{"comes back to the codes", "", false, confirmed, stepCodes},
		{"cannot leave the codes behind", stepDone, false, confirmed, stepCodes},
		{"back from the codes", stepCode, false, confirmed, stepCode},
		{"back to the beginning", stepMethod, false, confirmed, stepMethod},
		{"added", stepCode, true, finished, stepDone},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := wizard{asked: c.asked, active: c.active}
			w.take(c.e)
			if got := w.step(); got != c.want {
				t.Errorf("step %q, want %q", got, c.want)
			}
		})
	}
}

func TestWizard_Order(t *testing.T) {
	w := wizard{pending: api.Enrollment{Stage: api.StagePending}}
	if len(w.steps()) != 5 {
		t.Errorf("a first authenticator takes %d steps, want 5", len(w.steps()))
	}
	for i, s := range []wizardStep{stepMethod, stepApp, stepScan, stepCode} {
		w.asked = s
		if w.number() != i+1 {
			t.Errorf("step %q is number %d, want %d", s, w.number(), i+1)
		}
	}
	if w.back() != stepScan || w.next() != stepCodes {
		t.Errorf("around the code are %q and %q", w.back(), w.next())
	}
	w.asked = stepMethod
	if w.back() != "" || w.next() != stepApp {
		t.Errorf("around the first step are %q and %q", w.back(), w.next())
	}
	w = wizard{active: true, asked: stepCode, pending: api.Enrollment{Stage: api.StagePending}}
	if len(w.steps()) != 4 || w.next() != stepDone {
		t.Errorf("a further authenticator takes %d steps and the code leads to %q", len(w.steps()), w.next())
	}
}

func TestWizard_PendingForAnotherPurpose(t *testing.T) {
	w := wizard{active: true, replaces: "one"}
	w.take(api.Enrollment{Stage: api.StagePending, Replaces: "two"})
	if w.pending.Stage != api.StageNone {
		t.Error("what replaces another authenticator was taken up")
	}
	w.take(api.Enrollment{Stage: api.StagePending, Replaces: "one"})
	if w.pending.Stage != api.StagePending {
		t.Error("what was begun here was not taken up")
	}
	// Whoever has none to replace enrolls a first one, whatever the address says.
	w = wizard{replaces: replaceAny}
	w.take(api.Enrollment{Stage: api.StagePending})
	if w.pending.Stage != api.StagePending {
		t.Error("a first one was not taken up")
	}
}

func TestWizard_Lost(t *testing.T) {
	w := wizard{asked: stepCode, pending: api.Enrollment{Stage: api.StagePending}}
	w.lost()
	if !w.expired || !w.naming() {
		t.Errorf("after the key ran out: expired %v, naming %v", w.expired, w.naming())
	}
	w.take(api.Enrollment{Stage: api.StagePending})
	if w.expired {
		t.Error("a new key is still called lost")
	}
}

func TestWizard_Proved(t *testing.T) {
	w := wizard{asked: stepCode, pending: api.Enrollment{Stage: api.StageConfirmed}}
	if !w.proved() {
		t.Error("the code is asked for again after it was right")
	}
	w.asked = stepCodes
	if w.proved() {
		t.Error("the codes are not shown")
	}
}

func TestWizard_Full(t *testing.T) {
	five := api.SecurityInfo{Active: true, MaxAuthenticators: 5, Authenticators: make([]api.AuthenticatorRow, 5)}
	w := wizard{active: true}
	if !w.full(five) {
		t.Error("a sixth is offered")
	}
	w.replaces = "one"
	if w.full(five) {
		t.Error("replacing one of five is refused")
	}
}
