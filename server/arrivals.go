package server

import (
	"bytes"
	"html/template"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"doorward/app"
	"doorward/server/languages"
	"doorward/server/message"
)

// arrivalRoutes serves the development outbox, where there is one.
func (s *Server) arrivalRoutes(mux *http.ServeMux) {
	if s.config.Delivery.Development && s.config.Delivery.Arrivals != nil {
		mux.HandleFunc("GET /dev/outbox", s.arrivals)
	}
}

// arrivals shows what has "arrived" in development mode, codes and links in full, to
// whoever sits at this machine. To all others there is no such page. A proxy's word
// for where a request comes from does not count; and the host must be this machine's
// as well, or any web site that lets its name lead here could read along.
func (s *Server) arrivals(w http.ResponseWriter, r *http.Request) {
	if !fromLoopback(r.RemoteAddr) || !onLoopback(r.Host) {
		s.pages.write(w, r, r.URL, languages.Preferred(r.Header.Get("Accept-Language")), app.Personal{})
		return
	}
	shown := arrivalsShown{Style: s.pages.path("style.css"), Theme: s.pages.path("theme.js"), Icon: s.pages.path("icons/icon.svg")}
	for _, a := range s.config.Delivery.Arrivals() {
		shown.List = append(shown.List, showArrival(a))
	}
	var b bytes.Buffer
	if err := arrivalsPage.Execute(&b, shown); err != nil {
		s.describe(r.Context(), err)
		http.Error(w, "Doorward could not answer. Please try again in a moment.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	if r.Method != http.MethodHead {
		w.Write(b.Bytes())
	}
}

// fromLoopback reports whether the connection of a request comes from this machine.
func fromLoopback(remote string) bool {
	at, err := netip.ParseAddrPort(remote)
	return err == nil && at.Addr().Unmap().IsLoopback()
}

// onLoopback reports whether the host that a request names is this machine.
func onLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	at, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || err == nil && at.IsLoopback()
}

// arrivalsShown is what the page draws.
type arrivalsShown struct {
	Style, Theme, Icon string
	List               []arrivalShown
}

// arrivalShown is one message on the page.
type arrivalShown struct {
	Time, Moment string
	Mail         bool
	To, Subject  string
	Lines        [][]arrivalPart
	Code         string // of a text message, to be selected at once
}

// arrivalPart is a piece of a line: plain text, or a link to follow.
type arrivalPart struct {
	Text string
	Link bool
}

var (
	linksInText = regexp.MustCompile(`https?://[^\s<>"]+`)
	codeInText  = regexp.MustCompile(`#([0-9]{6})\s*$`)
)

func showArrival(a message.Arrival) arrivalShown {
	shown := arrivalShown{Time: a.At.Local().Format("15:04:05"), Moment: a.At.UTC().Format(time.RFC3339), Mail: a.Channel == "mail", To: a.To, Subject: a.Subject}
	for line := range strings.SplitSeq(unfolded(strings.TrimSpace(a.Body)), "\n") {
		shown.Lines = append(shown.Lines, partsOf(line))
	}
	if found := codeInText.FindStringSubmatch(a.Body); found != nil && !shown.Mail {
		shown.Code = found[1]
	}
	return shown
}

// foldedAt is the width that the text of mails is written in.
const foldedAt = 72

// unfolded joins the lines of a body that were broken only because they were full, so
// that a narrow page breaks them where it must.
func unfolded(body string) string {
	var b strings.Builder
	before := ""
	for i, line := range strings.Split(body, "\n") {
		word, _, _ := strings.Cut(line, " ")
		switch {
		case i == 0:
		case before != "" && word != "" && utf8.RuneCountInString(before+" "+word) > foldedAt:
			b.WriteString(" ")
		default:
			b.WriteString("\n")
		}
		b.WriteString(line)
		before = line
	}
	return b.String()
}

// partsOf splits a line into text and links. What ends a sentence ends no link.
func partsOf(line string) []arrivalPart {
	var parts []arrivalPart
	at := 0
	for _, found := range linksInText.FindAllStringIndex(line, -1) {
		link := strings.TrimRight(line[found[0]:found[1]], ".,;:!?)")
		if u, err := url.Parse(link); err != nil || u.Host == "" {
			continue
		}
		if found[0] > at {
			parts = append(parts, arrivalPart{Text: line[at:found[0]]})
		}
		parts = append(parts, arrivalPart{Text: link, Link: true})
		at = found[0] + len(link)
	}
	if at < len(line) {
		parts = append(parts, arrivalPart{Text: line[at:]})
	}
	return parts
}

// arrivalsPage is drawn by the server alone: it works whatever the client does.
var arrivalsPage = template.Must(template.New("arrivals").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>What has arrived · Doorward</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" content="#FAF9F6" media="(prefers-color-scheme: light)"><meta name="theme-color" content="#11161B" media="(prefers-color-scheme: dark)">
<link rel="stylesheet" href="{{.Style}}"><script src="{{.Theme}}"></script><link rel="icon" href="{{.Icon}}" type="image/svg+xml"></head>
<body><div class="page">
<a class="skip" href="#main">To the main part</a>
<header class="top lined"><a class="brand" href="/" aria-label="Doorward, home"><svg class="glyph" width="24" height="24" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" d="M3 14V6.5a5 5 0 0 1 10 0V14M1.25 14.25h13.5"/><path class="mark" d="M4.9 13.4V6.5C4.9 5 5.7 4 7 3.6L10 5.4V15.6z"/></svg><span>Doorward</span></a></header>
<main id="main" class="main wide" tabindex="-1">
<div class="head"><div><h1 class="title">What has arrived</h1>
<p class="lead">This portal runs in development mode. Every message that it sends arrives here, in the terminal, and nowhere else.</p></div>
<div class="row"><a class="button" href="/dev/outbox">Look again</a></div></div>
{{range .List}}<article class="card">
<div class="card-head"><h2 class="heading">{{if .Mail}}{{.Subject}}{{else}}Text message{{end}}</h2>{{if .Mail}}<span class="badge off">E-mail</span>{{end}}</div>
<div class="stack"><dl class="facts"><dt>To</dt><dd>{{.To}}</dd><dt>Arrived</dt><dd><time class="number-words" datetime="{{.Moment}}">{{.Time}}</time></dd></dl>
<p class="text address">{{range $i, $line := .Lines}}{{if $i}}<br>{{end}}{{range $line}}{{if .Link}}<a href="{{.Text}}">{{.Text}}</a>{{else}}{{.Text}}{{end}}{{end}}{{end}}</p>
{{with .Code}}<p class="key center">{{.}}</p>{{end}}</div>
</article>
{{else}}<section class="card"><div class="none"><h2 class="heading">Nothing has arrived yet</h2>
<p class="text">Set two-factor authentication up, or change a password: what is sent then stands here, until Doorward stops.</p></div></section>
{{end}}</main>
<footer class="foot"><button class="button quiet with-script" type="button" data-theme-switch="yes"><span class="theme-system">Colours: as the system</span><span class="theme-light">Colours: light</span><span class="theme-dark">Colours: dark</span></button></footer>
</div></body></html>
`))
