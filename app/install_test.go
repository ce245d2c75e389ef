//go:build !js

package app

import "testing"

func TestInstall_OfferedWhereItCanBeDoneAndHasNotBeen(t *testing.T) {
	for _, c := range []struct {
		name     string
		says     installing
		possible bool
	}{
		{"a browser that cannot", installing{}, false},
		{"a browser that asks", installing{offers: true}, true},
		{"Safari of a phone", installing{byHand: true}, true},
		{"the installed app", installing{there: true}, false},
		{"just now", installing{there: true, offers: true}, false},
		{"the app of Safari", installing{there: true, byHand: true}, false},
	} {
		offer := &installOffer{says: c.says}
		if got := text(t, offer) == "Install the app"; got != c.possible {
			t.Errorf("%s: offered %v", c.name, got)
		}
	}
}

func TestInstall_HelpNamesEveryStep(t *testing.T) {
	reads(t, &installHelp{}, nil, "Put Doorward on your home screen")
	reads(t, &installHelp{open: true}, append([]string{"Put Doorward on your home screen"}, say().Frame.InstallSteps...))
}
