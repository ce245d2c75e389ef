package journey_test

import (
	"bufio"
	"bytes"
	"image/png"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"doorward/server/auth"
	"doorward/server/servertest"
)

var (
	addressLine = regexp.MustCompile(`Doorward is at (\S+) `)
	setupLine   = regexp.MustCompile(`(http\S+/setup/\S+)`)
)

// startBinary builds doorward as people get it, runs it on an empty folder and
// returns what it prints: where it is, and the link that sets it up.
func startBinary(t *testing.T) (address, setupLink string) {
	t.Helper()
	needsClient(t)
	folder := t.TempDir()
	binary := filepath.Join(folder, "doorward")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "doorward")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	serve := exec.Command(binary, "serve")
	serve.Env = append(os.Environ(), "DOORWARD_LISTEN=127.0.0.1:0", "DOORWARD_DATA="+filepath.Join(folder, "data"),
		"DOORWARD_URL=", "DOORWARD_DATABASE=")
	serve.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // it does not outlive the test
	out, err := serve.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var complaints bytes.Buffer
	serve.Stderr = &complaints
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		serve.Process.Signal(os.Interrupt)
		if err := serve.Wait(); err != nil {
			t.Errorf("the server ended with %v\n%s", err, &complaints)
		}
	})
	lines := bufio.NewScanner(out)
	for (address == "" || setupLink == "") && lines.Scan() {
		if m := addressLine.FindStringSubmatch(lines.Text()); m != nil {
			address = m[1]
		}
		if m := setupLine.FindStringSubmatch(lines.Text()); m != nil {
			setupLink = m[1]
		}
	}
	if address == "" || setupLink == "" {
		t.Fatalf("it printed no address or no link: %v", lines.Err())
	}
	go io.Copy(io.Discard, out)
	return address, setupLink
}

// scanned reads the QR code from pictures of it, as a phone does that is moved
// nearer and away: at one size this reader misses 3 codes in 100, at another 0.
func (b *browser) scanned() *url.URL {
	b.Helper()
	b.wait("the QR code", `all(".qr").length === 1`)
	var read *gozxing.Result
	var err error
	tries := 0
	b.until("a QR code that a scanner reads", func() bool {
		read, err = b.scan([]float64{3, 1.5, 1, 2}[tries%4])
		tries++
		return err == nil
	})
	u, err := url.Parse(read.GetText())
	if err != nil {
		b.Fatal(err)
	}
	return u
}

func (b *browser) scan(scale float64) (*gozxing.Result, error) {
	shot, err := chromedp.Run(b.ctx, chromedp.ScreenshotScale(chromedp.CSS(".qr"), scale))
	if err != nil {
		return nil, err
	}
	picture, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		return nil, err
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		return nil, err
	}
	return qrcode.NewQRCodeReader().Decode(bits, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
}

// key returns the key as the page shows it to be typed.
func (b *browser) key() string {
	b.Helper()
	b.wait("the key", `all(".key").length === 1`)
	return ask[string](b, `[...all(".key span")].map(e => e.textContent).join("")`)
}

// phone is an authenticator app that goes by the clock on the wall.
type phone struct {
	secret auth.Secret
	last   int64
}

// newPhone scans the QR code, which must say what the page shows in words.
func (b *browser) newPhone(account string) *phone {
	b.Helper()
	u, key := b.scanned(), b.key()
	if u.Scheme != "otpauth" || u.Host != "totp" || u.Query().Get("secret") != key {
		b.Errorf("the QR code says %s, and the page the key %s", u, key)
	}
	if !strings.HasPrefix(u.Query().Get("issuer"), "Doorward") || !strings.HasSuffix(u.Path, ":"+account) {
		b.Errorf("the QR code is not for %s at Doorward: %s", account, u)
	}
	return &phone{secret: servertest.SecretOf(b.T, key)}
}

// passcode returns one that the app has not shown before. The server takes one that
// is a step ahead, so it need not be waited for.
func (p *phone) passcode() string {
	p.last = max(auth.TimeStep(time.Now()), p.last+1)
	return p.secret.Passcode(p.last)
}
