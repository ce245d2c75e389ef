package app

import (
	"slices"

	"doorward/shared/api"
)

// wizardStep is one step of setting up an authenticator. It stands in the address
// behind the "#", so that the browser's Back and a reload work.
type wizardStep string

// The steps. An authenticator app and text messages each have some of them; the
// empty step stands for the one that is due.
const (
	stepMethod wizardStep = "method"
	stepApp    wizardStep = "app"
	stepPhone  wizardStep = "phone" // the recovery phone
	stepScan   wizardStep = "scan"
	stepNumber wizardStep = "number" // the phone that codes are sent to
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
	method   api.Method     // the one that was chosen; empty is an authenticator app
	phone    bool           // a recovery phone is among the steps
	demanded bool           // the server does not finish without one
	pending  api.Enrollment // as the server told last
	finished bool           // in this very visit
	expired  bool           // the secret ran out while the wizard was open
}

// ask notes the step that the address names, and the method that goes with it.
func (w *wizard) ask(s wizardStep) {
	w.asked = s
	switch s {
	case stepNumber:
		w.method = api.MethodText
	case stepApp, stepScan:
		w.method = api.MethodTOTP
	}
}

// text reports whether codes are to come by text message.
func (w *wizard) text() bool {
	if w.pending.Stage == api.StageConfirmed {
		return w.pending.Method == api.MethodText
	}
	return w.method == api.MethodText
}

// take notes what the server says is pending. What belongs to another purpose (to
// replace another authenticator) is not taken up: the next start voids it.
func (w *wizard) take(e api.Enrollment) {
	if e.Stage == api.StagePending && e.Replaces != w.wanted() {
		e = api.Enrollment{}
	}
	w.pending = e
	if e.Method != "" && !slices.Contains([]wizardStep{stepNumber, stepApp, stepScan}, w.asked) {
		w.method = e.Method
	}
	w.expired = w.expired && e.Stage == api.StageNone
	w.finished = w.finished || e.Stage == api.StageFinished
}

// stage is how far the chosen method has come: what is pending for the other one
// does not count.
func (w *wizard) stage() api.Stage {
	if w.pending.Stage == api.StagePending && (w.pending.Method == api.MethodText) != w.text() {
		return api.StageNone
	}
	return w.pending.Stage
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
	known := slices.Contains(w.steps(), w.asked)
	switch w.stage() {
	case api.StageConfirmed:
		if known {
			return w.asked
		}
		return stepCodes
	case api.StagePending:
		switch {
		case w.asked == stepCodes || w.asked == stepDone || !known && w.text():
			return stepCode
		case known:
			return w.asked
		}
		return stepScan
	}
	switch {
	case w.asked == stepCode, w.asked == stepCodes, w.asked == "" && w.expired:
		return w.first()
	case w.asked == stepDone && w.active:
		return stepDone // reloaded after it was finished
	case known:
		return w.asked
	}
	return stepMethod
}

// first is the step that begins the binding.
func (w *wizard) first() wizardStep {
	if w.text() {
		return stepNumber
	}
	return stepScan
}

// steps are the steps that count. Whoever has two-factor already has recovery codes.
func (w *wizard) steps() []wizardStep {
	steps := []wizardStep{stepMethod}
	switch {
	case w.text():
		steps = append(steps, stepNumber, stepCode)
		if w.demanded {
			steps = append(steps, stepPhone)
		}
	case w.phone || w.demanded:
		steps = append(steps, stepApp, stepPhone, stepScan, stepCode)
	default:
		steps = append(steps, stepApp, stepScan, stepCode)
	}
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

// next is the step after the shown one. From a recovery phone that was asked for at
// the very end it leads back there.
func (w *wizard) next() wizardStep {
	if w.step() == stepPhone && w.pending.Stage == api.StageConfirmed {
		return stepCodes
	}
	if n := w.number(); n > 0 && n < len(w.steps()) {
		return w.steps()[n]
	}
	return stepDone
}

// naming reports whether the scan step still asks for a name: nothing is pending.
func (w *wizard) naming() bool {
	return w.step() == stepScan && w.stage() == api.StageNone
}

// proved reports whether the shown step asks for something that has been done: the
// code was right and only the recovery codes are left.
func (w *wizard) proved() bool {
	s := w.step()
	return w.pending.Stage == api.StageConfirmed && (s == stepScan || s == stepNumber || s == stepCode)
}

// full reports whether there is room for no further authenticator.
func (w *wizard) full(info api.SecurityInfo) bool {
	return w.active && w.replaces == "" && !w.finished && w.pending.Stage == api.StageNone &&
		info.MaxAuthenticators > 0 && len(info.Authenticators) >= info.MaxAuthenticators
}
