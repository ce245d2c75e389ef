package auth

import (
	"errors"
	"fmt"
	"image"
	"image/color"

	"github.com/pquerna/otp"
)

// qrWidth is the width of the largest QR code, in modules.
const qrWidth = 177

// QR returns the QR code of an otpauth:// link as rows of "1" (black) and "0",
// without the quiet zone. Its errors do not wrap the library's, which repeat the
// link and with it the secret.
func QR(uri string) ([]string, error) {
	key, err := otp.NewKeyFromURL(uri)
	if err != nil {
		return nil, errors.New("otpauth link: not a link")
	}
	img, err := key.Image(qrWidth, qrWidth)
	if err != nil {
		return nil, fmt.Errorf("otpauth link of %d bytes does not fit a QR code", len(uri))
	}
	origin, scale := corner(img)
	rows := make([]string, (qrWidth-2*origin)/scale)
	for y := range rows {
		row := make([]byte, len(rows))
		for x := range row {
			row[x] = '0'
			if black(img, origin+x*scale, origin+y*scale) {
				row[x] = '1'
			}
		}
		rows[y] = string(row)
	}
	return rows, nil
}

// corner returns where in img, which is square, the first module is and how many
// pixels wide. A QR code is drawn in the middle, and begins with the seven black
// modules of the square in its corner.
func corner(img image.Image) (origin, scale int) {
	for !black(img, origin, origin) {
		origin++
	}
	run := 0
	for black(img, origin+run, origin) {
		run++
	}
	return origin, run / 7
}

func black(img image.Image, x, y int) bool {
	return color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y < 128
}
