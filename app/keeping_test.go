//go:build !js

package app

import (
	"strings"
	"testing"
	"time"
)

func TestKeeping_SavedOnlyAfterTaking(t *testing.T) {
	k := keeping{id: "k", codes: []string{"AAAA"}}
	k.tick(true)
	if k.saved() {
		t.Error("ticked before they were taken, they count as saved")
	}
	k.take()
	if k.saved() {
		t.Error("taken alone is not saved")
	}
	k.tick(true)
	if !k.saved() {
		t.Error("taken and ticked, they are not saved")
	}
	k.tick(false)
	if k.saved() {
		t.Error("the tick was taken back")
	}
}

func TestKeeping_File(t *testing.T) {
	codes := []string{"AAAA-BBBB-CCCC-0000", "AAAA-BBBB-CCCC-0001", "2", "3", "4", "5", "6", "7", "8", "AAAA-BBBB-CCCC-0009"}
	got := codesFile(ada, "https://auth.example.org", "21 Nov 2026", codes)
	for _, want := range []string{"ada (Ada Lovelace)", "Doorward, Engines", "https://auth.example.org", "21 Nov 2026",
		"\r\n[ ]  1. AAAA-BBBB-CCCC-0000\r\n", "\r\n[ ] 10. AAAA-BBBB-CCCC-0009\r\n", "Ask your administrator"} {
		if !strings.Contains(got, want) {
			t.Errorf("the file does not say %q:\n%s", want, got)
		}
	}
	if name := codesFileName("ada"); name != "doorward-ada-recovery-codes.txt" {
		t.Errorf("the file is called %q", name)
	}
}

func TestKeeping_Paper(t *testing.T) {
	k := keeping{codes: []string{"AAAA-BBBB-CCCC-0000"}, made: time.Unix(0, 0)}
	reads(t, k.paper(ada), []string{"Recovery codes", "Doorward, Engines", "ada (Ada Lovelace)", "1970-01-01", "AAAA-BBBB-CCCC-0000", "Ask your administrator"})
}
