package app

import (
	"slices"

	"doorward/shared/api"
)

// wizardStep is one step of setting up an authenticator app. It stands in the
// address behind the "#", so that the browser's Back and a reload work.
type wizardStep string

// The steps in their order. The empty step stands for the one that is due.
const (
	stepMethod wizardStep = "method"
	stepApp    wizardStep = "app"
	stepScan   wizardStep = "scan"
	stepCode   wizardStep = "code"
	stepCodes  wizardStep = "codes"
	stepDone   wizardStep = "done"
)

// replaceAny in wizard.replaces: the old phone is gone, whatever was on it.
const replaceAny = "any"

// wizard decides what is shown. It knows nothing of drawing.
type wizard struct {
	asked    wizardStep     // what the address names
	active   bool           // two-factor was on when the wizard began
	replaces string         // the authenticator to replace, replaceAny, or empty
	pending  api.Enrollment // as the server told last
	finished bool           // in this very visit
	expired  bool           // the secret ran out while the wizard was open
}

// take notes what the server says is pending. What belongs to another purpose (to
// replace another authenticator) is not taken up: the next start voids it.
func (w *wizard) take(e api.Enrollment) {
	if e.Stage == api.StagePending && e.Replaces != w.wanted() {
		e = api.Enrollment{}
	}
	w.pending = e
	w.expired = w.expired && e.Stage == api.StageNone
	w.finished = w.finished || e.Stage == api.StageFinished
}

// wanted is the authenticator to replace, as the server is asked.
func (w *wizard) wanted() string {
	if !w.active {
		return "" // there is none
	}
	return w.replaces
}

// lost notes that the pending secret is gone.
func (w *wizard) lost() {
	w.pending, w.expired = api.Enrollment{}, true
}

// step is the step to show: the one that was asked for, as far as what is pending
// allows it.
func (w *wizard) step() wizardStep {
	if w.finished {
		return stepDone
	}
	switch w.pending.Stage {
	case api.StageConfirmed:
		if slices.Contains([]wizardStep{stepMethod, stepApp, stepScan, stepCode}, w.asked) {
			return w.asked
		}
		return stepCodes
	case api.StagePending:
		switch w.asked {
		case stepMethod, stepApp, stepScan, stepCode:
			return w.asked
		case stepCodes, stepDone:
			return stepCode
		}
		return stepScan
	}
	switch w.asked {
	case stepMethod, stepApp, stepScan:
		return w.asked
	case stepCode, stepCodes:
		return stepScan
	case stepDone:
		if w.active {
			return stepDone // reloaded after it was finished
		}
	}
	return stepMethod
}

// steps are the steps that count. Whoever has two-factor already has recovery codes.
func (w *wizard) steps() []wizardStep {
	steps := []wizardStep{stepMethod, stepApp, stepScan, stepCode}
	if !w.active {
		steps = append(steps, stepCodes)
	}
	return steps
}

// number is where the shown step stands among the steps, from 1; 0 when it does
// not count.
func (w *wizard) number() int { return slices.Index(w.steps(), w.step()) + 1 }

// back is the step before the shown one; empty at the first.
func (w *wizard) back() wizardStep {
	i := w.number() - 2
	if i < 0 {
		return ""
	}
	return w.steps()[i]
}

// next is the step after the shown one.
func (w *wizard) next() wizardStep {
	if n := w.number(); n > 0 && n < len(w.steps()) {
		return w.steps()[n]
	}
	return stepDone
}

// naming reports whether the scan step still asks for a name: nothing is pending.
func (w *wizard) naming() bool {
	return w.step() == stepScan && w.pending.Stage == api.StageNone
}

// proved reports whether the shown step asks for something that has been done: the
// passcode was right and only the recovery codes are left.
func (w *wizard) proved() bool {
	s := w.step()
	return w.pending.Stage == api.StageConfirmed && (s == stepScan || s == stepCode)
}

// full reports whether there is room for no further authenticator.
func (w *wizard) full(info api.SecurityInfo) bool {
	return w.active && w.replaces == "" && !w.finished && w.pending.Stage == api.StageNone &&
		info.MaxAuthenticators > 0 && len(info.Authenticators) >= info.MaxAuthenticators
}
