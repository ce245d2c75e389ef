// Command wasm is the client: what the browser runs.
package main

import (
	"doorward/app"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

func main() {
	app.Speak()
	app.Routes()
	goapp.RunWhenOnBrowser()
}
