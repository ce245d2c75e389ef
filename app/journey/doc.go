// Package journey holds the tests that go through the portal as people do: in a
// real Chromium, with the mouse or the keyboard alone, with the client and
// without it. Each test is one journey and reads as what somebody does and sees;
// the pages themselves are opened one by one in server/servertest.
//
// They need Chromium and the packed client (go run ./web/pack), and fail in one
// line without. Nothing in them sleeps or counts on speed: they wait for what is
// to be seen, and fail with what is seen in its place.
package journey
