package message

import "fmt"

// Code returns the text message that carries a one-time code. Its last line ties
// the code to host, so that phones fill it in there and nowhere else.
func Code(code, host string) string {
	return fmt.Sprintf("%s is your Doorward code. It works for 10 minutes. Nobody will ever ask you for it.\n\n@%s #%s", code, host, code)
}
