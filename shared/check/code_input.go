package check

import "strings"

// Passcode takes the six digits of a passcode out of what somebody typed or
// pasted: "123456", "123 456", "123-456", or a sentence with one run of digits
// in it. It returns PasscodeShape when there are not exactly six of them. It
// accepts the digits of other scripts that phones type (Arabic-Indic, Persian,
// Devanagari, full width).
func Passcode(v string) (string, Code) {
	if strings.TrimSpace(v) == "" {
		return "", Required
	}
	if len(v) > 200 || !printable(blanks.Replace(v)) {
		return "", PasscodeShape
	}
	var groups []string
	var group strings.Builder
	flush := func() {
		if group.Len() > 0 {
			groups = append(groups, group.String())
			group.Reset()
		}
	}
	joined := true // only separators between digits so far
	for _, r := range v {
		if d, ok := digit(r); ok {
			group.WriteByte(d)
			continue
		}
		flush()
		if !strings.ContainsRune(" -\u00a0\u2009\u202f.\t\r\n", r) {
			joined = false
		}
	}
	flush()
	if joined {
		if all := strings.Join(groups, ""); len(all) == 6 {
			return all, ""
		}
		return "", PasscodeShape
	}
	return sixOf(groups)
}

// blanks are the control characters that come along when something is pasted.
var blanks = strings.NewReplacer("\t", " ", "\r", " ", "\n", " ")

// sixOf finds the one passcode among the runs of digits of a sentence: one run
// of six, or two neighbours of three.
func sixOf(groups []string) (string, Code) {
	found := ""
	for i, g := range groups {
		switch {
		case len(g) == 6:
		case len(g) == 3 && i+1 < len(groups) && len(groups[i+1]) == 3:
			g += groups[i+1]
		default:
			continue
		}
		if found != "" && found != g {
			return "", PasscodeShape
		}
		found = g
	}
	if found == "" {
		return "", PasscodeShape
	}
	return found, ""
}

func digit(r rune) (byte, bool) {
	for _, zero := range []rune{'0', 0x0660, 0x06F0, 0x0966, 0xFF10} {
		if r >= zero && r <= zero+9 {
			return byte('0' + r - zero), true
		}
	}
	return 0, false
}

// Crockford is the alphabet of recovery codes: no I, L, O or U.
const Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// RecoveryCode returns what somebody typed as the sixteen characters of a
// recovery code, upper case and without separators. O is read as 0, I and L as
// 1, as Crockford's base32 asks for. It returns RecoveryCodeShape for anything
// else.
func RecoveryCode(v string) (string, Code) {
	if strings.TrimSpace(v) == "" {
		return "", Required
	}
	if len(v) > 100 {
		return "", RecoveryCodeShape
	}
	var b strings.Builder
	for _, r := range strings.ToUpper(v) {
		switch {
		case strings.ContainsRune(" -\t\r\n\u00a0\u2010\u2011\u2012\u2013\u2014_.", r):
			continue
		case r == 'O':
			r = '0'
		case r == 'I' || r == 'L':
			r = '1'
		}
		if !strings.ContainsRune(Crockford, r) {
			return "", RecoveryCodeShape
		}
		b.WriteRune(r)
	}
	if b.Len() != 16 {
		return "", RecoveryCodeShape
	}
	return b.String(), ""
}

// Groups returns v in groups of four joined by sep, the way keys and recovery
// codes are shown.
func Groups(v, sep string) string {
	var b strings.Builder
	for i := range len(v) {
		if i > 0 && i%4 == 0 {
			b.WriteString(sep)
		}
		b.WriteByte(v[i])
	}
	return b.String()
}
