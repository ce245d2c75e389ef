package message

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"text/template"
)

// custom is a gateway that an operator describes. The address, the values of the headers and the body are templates of
// text/template over fields, with the functions of escapes. Values in the address and in a form are written with query, in
// JSON with json. A message is taken when the status is 2xx and the answer matches success, where there is one.
type custom struct {
	method  string
	url     *template.Template
	headers []header
	body    *template.Template // nil when none is sent
	success *regexp.Regexp     // nil when any 2xx will do
	g       Gateway
}

// header is a header of a custom gateway.
type header struct {
	name  string
	value *template.Template
}

// fields are what the templates of a custom gateway may use.
type fields struct {
	To             string // +4915123456789
	Number         string // 4915123456789
	Text, From, ID string
	User, Password string
}

func (c *custom) fields(text Text) fields {
	return fields{
		To: text.To, Number: strings.TrimPrefix(text.To, "+"), Text: text.Body, From: c.g.From, ID: text.ID,
		User: c.g.User, Password: c.g.Password,
	}
}

func openCustom(g Gateway) (dialect, error) {
	c, err := parseCustom(g)
	if err != nil {
		return nil, err
	}
	return c, nil
}

func (c *custom) request(ctx context.Context, text Text) (*http.Request, error) {
	f := c.fields(text)
	to, err := filled(c.url, f)
	if err != nil {
		return nil, err
	}
	body, err := filled(c.body, f)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, c.method, to, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	if c.body != nil {
		r.Header.Set("Content-Type", contentType(body))
	}
	for _, h := range c.headers {
		value, err := filled(h.value, f)
		if err != nil {
			return nil, err
		}
		r.Header.Set(h.name, value)
	}
	return r, nil
}

func (c *custom) verdict(a answer) *Failure {
	if f := refusal(a); f != nil {
		return f
	}
	if c.success != nil && !c.success.Match(a.body) {
		return &Failure{Cause: "the gateway's answer does not match DOORWARD_SMS_SUCCESS"}
	}
	return nil
}

// filled returns what t makes of f; nothing when t is nil.
func filled(t *template.Template, f fields) (string, error) {
	if t == nil {
		return "", nil
	}
	var b strings.Builder
	if err := t.Execute(&b, f); err != nil {
		return "", err
	}
	return b.String(), nil
}

// contentType returns what a body is when no header says so.
func contentType(body string) string {
	switch {
	case strings.HasPrefix(body, "{"), strings.HasPrefix(body, "["):
		return "application/json"
	case strings.HasPrefix(body, "<"):
		return "application/xml; charset=utf-8"
	}
	return "application/x-www-form-urlencoded"
}
