package words

import "strconv"

// Moment is how long ago something was.
type Moment struct {
	JustNow                  string
	OneMinute, Minutes       string // {n}
	OneHour, Hours           string
	Yesterday, Days          string
	Never                    string
	SecondsLeft, MinutesLeft string // {n}, of the time to finish something
	OneMinuteLeft            string
}

var englishMoment = Moment{
	JustNow:       "just now",
	OneMinute:     "1 minute ago",
	Minutes:       "{n} minutes ago",
	OneHour:       "1 hour ago",
	Hours:         "{n} hours ago",
	Yesterday:     "yesterday",
	Days:          "{n} days ago",
	Never:         "never",
	SecondsLeft:   "less than a minute left",
	MinutesLeft:   "{n} minutes left",
	OneMinuteLeft: "1 minute left",
}

// Ago says how long ago seconds are, and whether that is recent enough for words:
// after a week a date says more. A clock that runs ahead is forgiven.
func (m Moment) Ago(seconds int64) (string, bool) {
	const minute, hour, day = 60, 60 * 60, 24 * 60 * 60
	switch {
	case seconds < -5*minute:
		return "", false
	case seconds < minute:
		return m.JustNow, true
	case seconds < hour:
		return Many(int(seconds/minute), m.OneMinute, m.Minutes), true
	case seconds < day:
		return Many(int(seconds/hour), m.OneHour, m.Hours), true
	case seconds < 2*day:
		return m.Yesterday, true
	case seconds < 7*day:
		return With(m.Days, "n", strconv.FormatInt(seconds/day, 10)), true
	}
	return "", false
}

// Left says roughly how long seconds are, for a deadline that need not hurry anyone.
func (m Moment) Left(seconds int) string {
	if seconds < 60 {
		return m.SecondsLeft
	}
	return Many(seconds/60, m.OneMinuteLeft, m.MinutesLeft)
}
