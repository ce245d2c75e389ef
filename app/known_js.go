package app

import (
	"encoding/json"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// brought takes what the document brought along out of it; nil when it brought nothing.
func brought() *Known {
	e := goapp.Window().GetElementByID("known")
	if !e.Truthy() {
		return nil
	}
	text := e.Get("textContent").String()
	e.Call("remove")
	var k Known
	if json.Unmarshal([]byte(text), &k) != nil {
		return nil
	}
	return &k
}
