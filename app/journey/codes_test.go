package journey_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	settings "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"

	"doorward/server/servertest"
	"doorward/shared/api"
)

// atTheCodes opens the wizard where the recovery codes are to be saved.
func (h *house) atTheCodes(t *testing.T, who *servertest.Person) *browser {
	t.Helper()
	b := h.atTheCodesOn(t, who)
	b.page("Save your recovery codes")
	return b
}

// atTheCodesOn is atTheCodes on a screen of its own, in whatever language.
func (h *house) atTheCodesOn(t *testing.T, who *servertest.Person, screen ...servertest.ChromiumOption) *browser {
	t.Helper()
	who.SignIn().StepUp()
	secret := who.Start("Phone", "")
	servertest.Must(t, who, api.ConfirmEnrollment, api.ConfirmEnrollmentRequest{Passcode: h.passcode(secret)})
	b := h.inWizard(t, who, "", screen...)
	b.wait("the codes", `document.querySelectorAll(".main ol.codes li").length >= 10`)
	return b
}

// downloads presses a button and returns the file that comes of it.
func (b *browser) downloads(button, name string) string {
	b.Helper()
	folder := b.TempDir()
	b.do(command(settings.SetDownloadBehavior, settings.SetDownloadBehaviorParams{
		Behavior: settings.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder}))
	b.press(button)
	var content []byte
	b.until("the file "+name, func() bool {
		var err error
		content, err = os.ReadFile(filepath.Join(folder, name))
		return err == nil && len(content) > 0
	})
	return string(content)
}

var codeShape = regexp.MustCompile(`\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b`)

func TestCodes_Download(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	b := h.atTheCodes(t, ada)
	shown := b.codes()
	b.cannot("Turn on two-factor authentication")
	file := b.downloads("Download", "doorward-ada-recovery-codes.txt")
	for _, words := range append(shown, "ada (Ada Lovelace)", "Analytical Engines", h.address, "Ask your administrator.") {
		if !strings.Contains(file, words) {
			t.Errorf("the file lacks %q:\n%s", words, file)
		}
	}
	if n := len(codeShape.FindAllString(file, -1)); n != 10 {
		t.Errorf("the file has %d codes", n)
	}
	b.cannot("Turn on two-factor authentication")
	b.press("I have saved them")
	b.press("I have saved them") // and takes it back
	b.cannot("Turn on two-factor authentication")
	b.press("I have saved them")
	b.press("Turn on two-factor authentication")
	b.page("Two-factor authentication is on")
	ada.Secret, ada.Codes = nil, shown
	half := h.Browser()
	servertest.Must(t, half, api.SignIn, api.SignInRequest{Name: ada.Name, Password: ada.Password})
	servertest.Must(t, half, api.UseRecoveryCode, api.UseRecoveryCodeRequest{RecoveryCode: codeShape.FindString(file)})
}

func TestCodes_CopyAndPrint(t *testing.T) {
	t.Parallel()
	h, ada := newHouse(t)
	b := h.atTheCodes(t, ada)
	shown := b.codes()
	ask[bool](b, "(window.print = () => { window.journeyPrinted = true }, true)")
	b.press("Print")
	b.wait("the print dialog", "window.journeyPrinted")
	b.press("I have saved them")
	b.wait("the way on", `usable(pressable("Turn on two-factor authentication"))`)
	b.press("Copy")
	b.sees("Copied")
	b.do(command(settings.SetPermission, settings.SetPermissionParams{
		Permission: &settings.PermissionDescriptor{Name: "clipboard-read"}, Setting: settings.PermissionSettingGranted}))
	if copied := ask[string](b, "await navigator.clipboard.readText()"); copied != strings.Join(shown, "\n") {
		t.Errorf("copied: %q", copied)
	}

	b.do(command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
	paper := ask[string](b, "tidy(document.body.innerText)")
	for _, words := range append(shown, "Recovery codes", "ada (Ada Lovelace)", h.address, "Ask your administrator.") {
		if strings.Count(paper, words) < 1 {
			t.Errorf("the paper lacks %q: %s", words, paper)
		}
	}
	if n := len(codeShape.FindAllString(paper, -1)); n != 10 {
		t.Errorf("the paper has %d codes", n)
	}
	for _, words := range []string{"Download", "Cancel", "Step 5", "Colours", "I have saved them", "When your phone is lost"} {
		if strings.Contains(paper, words) {
			t.Errorf("the paper has %q: %s", words, paper)
		}
	}
}
