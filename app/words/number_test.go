package words

import "testing"

func TestGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 12: "12", 999: "999", 1000: "1,000", 50_000: "50,000", 1_234_567: "1,234,567"} {
		if got := Grouped(n); got != want {
			t.Errorf("Grouped(%d) = %q, want %q", n, got, want)
		}
	}
	spanish := Numbers{Group: "\u00a0", GroupFrom: 5}
	for n, want := range map[int]string{999: "999", 1000: "1000", 9999: "9999", 12_345: "12\u00a0345"} {
		if got := spanish.grouped(n); got != want {
			t.Errorf("in Spanish, %d is %q, want %q", n, got, want)
		}
	}
}
