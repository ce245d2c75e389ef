package servertest

import (
	"encoding/json"
	"errors"
)

// Open opens a page as a new document and waits until it has loaded.
func (f *Firefox) Open(address string) {
	f.t.Helper()
	f.Call("browsingContext.navigate", map[string]any{"context": f.page, "url": address, "wait": "complete"}, nil)
}

// Look evaluates an expression in the page and reads what it, or its promise, gives into result. A page that is being left
// answers with an error.
func (f *Firefox) Look(expression string, result any) error {
	var answer struct {
		Type   string
		Result struct{ Value string }
		Told   struct{ Text string } `json:"exceptionDetails"`
	}
	err := f.try("script.evaluate", map[string]any{"expression": "Promise.resolve(" + expression + ").then(v => JSON.stringify(v === undefined ? null : v))",
		"target": map[string]any{"context": f.page}, "awaitPromise": true, "userActivation": true}, &answer)
	if err != nil {
		return err
	}
	if answer.Type != "success" {
		return errors.New(answer.Told.Text)
	}
	return json.Unmarshal([]byte(answer.Result.Value), result)
}

// Click presses the main button of the mouse at a point of the page.
func (f *Firefox) Click(x, y float64) {
	f.t.Helper()
	f.act("pointer", map[string]any{"type": "pointerMove", "x": int(x), "y": int(y)},
		map[string]any{"type": "pointerDown", "button": 0}, map[string]any{"type": "pointerUp", "button": 0})
}

// Keys presses the key of each character, one after another.
func (f *Firefox) Keys(typed string) {
	f.t.Helper()
	var actions []map[string]any
	for _, key := range typed {
		actions = append(actions, map[string]any{"type": "keyDown", "value": string(key)}, map[string]any{"type": "keyUp", "value": string(key)})
	}
	f.act("key", actions...)
}

func (f *Firefox) act(device string, actions ...map[string]any) {
	f.t.Helper()
	f.Call("input.performActions", map[string]any{"context": f.page,
		"actions": []any{map[string]any{"type": device, "id": device, "actions": actions}}}, nil)
}
