package auth

import (
	"maps"
	"testing"
	"time"
)

func chain(n int) []Entry {
	entries := []Entry{{}}
	for i := range n {
		e := Event{Organization: "o", Actor: "ada", Subject: "ada", Kind: EventSignedIn, Outcome: Allowed, Address: "203.0.113.7",
			Device: "Firefox", Details: map[string]string{"factors": "pwd otp", "z": "1"}}
		entries = append(entries, entries[i].Chain(e, noon.Add(time.Duration(i)*time.Second+1234567*time.Nanosecond)))
	}
	return entries
}

func TestChain_CountsFromOneAndFollows(t *testing.T) {
	entries := chain(5)
	for i, e := range entries[1:] {
		if e.Seq != int64(i+1) || !e.Follows(entries[i]) {
			t.Errorf("entry %d: %+v", i+1, e)
		}
		if e.At.Location() != time.UTC || !e.At.Equal(e.At.Truncate(time.Millisecond)) {
			t.Errorf("entry %d is at %v", i+1, e.At)
		}
	}
}

// The place of a clock does not change the hash: what the store gives back, in
// milliseconds and UTC, is what was hashed.
func TestChain_IsTheSameInEveryTimeZone(t *testing.T) {
	e := Event{Actor: "ada", Kind: EventSignedIn, Outcome: Allowed}
	if (Entry{}).Chain(e, noon).Hash != (Entry{}).Chain(e, noon.In(time.FixedZone("", 3600))).Hash {
		t.Error("the hash depends on the time zone")
	}
}

func TestFollows_NoticesEveryTampering(t *testing.T) {
	entries := chain(3)
	first, second, third := entries[1], entries[2], entries[3]
	changed := func(change func(*Entry)) Entry {
		e := second
		e.Event.Details = maps.Clone(e.Event.Details)
		change(&e)
		return e
	}
	for name, e := range map[string]Entry{
		"organization": changed(func(e *Entry) { e.Event.Organization = "p" }),
		"actor":        changed(func(e *Entry) { e.Event.Actor = "eve" }),
		"subject":      changed(func(e *Entry) { e.Event.Subject = "eve" }),
		"kind":         changed(func(e *Entry) { e.Event.Kind = EventSignedOut }),
		"outcome":      changed(func(e *Entry) { e.Event.Outcome = Denied }),
		"address":      changed(func(e *Entry) { e.Event.Address = "" }),
		"device":       changed(func(e *Entry) { e.Event.Device = "Safari" }),
		"detail":       changed(func(e *Entry) { e.Event.Details["factors"] = "pwd" }),
		"detail gone":  changed(func(e *Entry) { delete(e.Event.Details, "z") }),
		"detail new":   changed(func(e *Entry) { e.Event.Details["new"] = "" }),
		"all details":  changed(func(e *Entry) { e.Event.Details = nil }),
		"moved text":   changed(func(e *Entry) { e.Event.Actor, e.Event.Subject = "adaada", "" }),
		"time":         changed(func(e *Entry) { e.At = e.At.Add(time.Millisecond) }),
		"number":       changed(func(e *Entry) { e.Seq++ }),
		"previous":     changed(func(e *Entry) { e.Previous[0]++ }),
		"hash":         changed(func(e *Entry) { e.Hash[31]++ }),
		"no hash":      changed(func(e *Entry) { e.Hash = Digest{} }),
		"one left out": third,
		"one again":    first,
	} {
		if e.Follows(first) {
			t.Errorf("%s: not noticed", name)
		}
	}
	if !second.Follows(first) {
		t.Error("the untouched entry does not follow")
	}
	// A changed entry whose hash was made anew fits, but the next one then does not.
	forged := first.Chain(Event{Actor: "eve", Kind: EventSignedIn, Outcome: Allowed}, noon)
	if third.Follows(forged) {
		t.Error("the entry behind a forged one follows it")
	}
}
