package app

import "syscall/js"

// hearText waits for a text message that is meant for this site, where the browser
// can read one (WebOTP), and calls got with its code; never more than once. It
// returns what ends the waiting. Elsewhere nothing happens.
func hearText(got func(code string)) (stop func()) {
	credentials := js.Global().Get("navigator").Get("credentials")
	if !credentials.Truthy() || !js.Global().Get("OTPCredential").Truthy() {
		return func() {}
	}
	abort := js.Global().Get("AbortController").New()
	var then, catch js.Func
	release := func() { then.Release(); catch.Release() }
	then = js.FuncOf(func(_ js.Value, args []js.Value) any {
		release()
		if len(args) > 0 && args[0].Truthy() {
			got(args[0].Get("code").String())
		}
		return nil
	})
	catch = js.FuncOf(func(js.Value, []js.Value) any { // ended, or forbidden: the field is still there
		release()
		return nil
	})
	credentials.Call("get", map[string]any{
		"otp":    map[string]any{"transport": []any{"sms"}},
		"signal": abort.Get("signal"),
	}).Call("then", then, catch)
	return func() { abort.Call("abort") }
}
