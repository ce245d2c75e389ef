package auth

import (
	"fmt"
	"image/color"

	"github.com/pquerna/otp"
)

// QR returns the QR code of an otpauth:// link as rows of "1" (black) and "0",
// without the quiet zone.
func QR(uri string) ([]string, error) {
	key, err := otp.NewKeyFromURL(uri)
	if err != nil {
		return nil, fmt.Errorf("otpauth link: %w", err)
	}
	// Scaling to one pixel a module needs the number of modules, which depends on
	// the length: the versions of QR codes are 21, 25, 29 … modules wide.
	for size := 21; size <= 177; size += 4 {
		img, err := key.Image(size, size)
		if err != nil {
			continue // the code has more modules than that
		}
		rows := make([]string, size)
		for y := range size {
			row := make([]byte, size)
			for x := range size {
				row[x] = '0'
				if gray := color.GrayModel.Convert(img.At(x, y)).(color.Gray); gray.Y < 128 {
					row[x] = '1'
				}
			}
			rows[y] = string(row)
		}
		return rows, nil
	}
	return nil, fmt.Errorf("otpauth link of %d bytes does not fit a QR code", len(uri))
}
