package app

import (
	"strconv"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

// quietZone is the white border that scanners need, in modules.
const quietZone = 4

// qr draws the QR code of an authenticator from its rows, "1" being black. What it says to those who do not see it is the key,
// which stands on the same page with the id "key".
func qr(rows []string) goapp.UI { return qrPicture(say().Parts.QR, rows).Aria("describedby", "key") }

// qrCalled draws a QR code called name. It is black on white with its quiet zone in
// every theme: scanners fail on inverted ones.
func qrCalled(name string, rows []string) goapp.UI { return qrPicture(name, rows) }

func qrPicture(name string, rows []string) goapp.HTMLDiv {
	return goapp.Div().Class("qr").Role("img").Aria("label", name).Body(goapp.Raw(qrSVG(rows)))
}

// qrSVG returns the picture. Nothing of rows but the places of its ones gets into it.
func qrSVG(rows []string) string {
	side := strconv.Itoa(len(rows) + 2*quietZone)
	return `<svg viewBox="0 0 ` + side + ` ` + side + `" aria-hidden="true" focusable="false">` +
		`<rect class="qr-ground" width="` + side + `" height="` + side + `"/>` +
		`<path class="qr-dark" d="` + qrPath(rows) + `"/></svg>`
}

// qrPath returns one rectangle for each run of black modules.
func qrPath(rows []string) string {
	var b strings.Builder
	for y, row := range rows {
		for x := 0; x < len(row); x++ {
			run := 0
			for x+run < len(row) && row[x+run] == '1' {
				run++
			}
			if run == 0 {
				continue
			}
			b.WriteString("M" + strconv.Itoa(x+quietZone) + " " + strconv.Itoa(y+quietZone) +
				"h" + strconv.Itoa(run) + "v1h-" + strconv.Itoa(run) + "z")
			x += run
		}
	}
	return b.String()
}
