package message

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"unicode"
)

// escapes are the functions of the templates of a custom gateway.
var escapes = template.FuncMap{
	// json returns a value as a JSON string, quotes and all.
	"json": func(v string) (string, error) {
		b, err := json.Marshal(v)
		return string(b), err
	},
	// query returns a value as it stands in an address or a form.
	"query": func(v string) string { return strings.ReplaceAll(url.QueryEscape(v), "+", "%20") },
	// base64 is for "Authorization: Basic {{base64 (print .User ":" .Password)}}".
	"base64": func(v string) string { return base64.StdEncoding.EncodeToString([]byte(v)) },
}

// What no header of an operator can be: the transport writes these.
var transportHeaders = []string{"Host", "Content-Length", "Transfer-Encoding", "Connection", "Trailer", "Upgrade", "Te"}

// token is the name of a header. (RFC 9110 §5.6.2)
var token = regexp.MustCompile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")

// parseCustom parses the templates of a custom gateway. An error names the setting, and of its value no more than the
// template's action that is wrong: around the actions there may be keys.
func parseCustom(g Gateway) (*custom, error) {
	c := &custom{method: g.Method, g: g}
	if c.method == "" {
		c.method = http.MethodPost
	}
	if !slices.Contains([]string{http.MethodGet, http.MethodPost, http.MethodPut}, c.method) {
		return nil, fmt.Errorf("DOORWARD_SMS_METHOD %q: GET, POST or PUT", g.Method)
	}
	var err error
	if c.url, err = parse("DOORWARD_SMS_URL", g.URL); err != nil {
		return nil, err
	}
	if body := strings.TrimSpace(g.Body); body != "" {
		if c.method == http.MethodGet {
			return nil, fmt.Errorf("DOORWARD_SMS_BODY: a GET has no body; set DOORWARD_SMS_METHOD to POST")
		}
		if c.body, err = parse("DOORWARD_SMS_BODY", body); err != nil {
			return nil, err
		}
	}
	for _, line := range g.Headers {
		name, value, ok := strings.Cut(line, ":")
		name = http.CanonicalHeaderKey(strings.TrimSpace(name))
		if !ok || !token.MatchString(name) {
			return nil, fmt.Errorf("DOORWARD_SMS_HEADERS: each is written \"Name: value\"")
		}
		if slices.Contains(transportHeaders, name) {
			return nil, fmt.Errorf("DOORWARD_SMS_HEADERS %q: this header cannot be set", name)
		}
		t, err := parse("DOORWARD_SMS_HEADERS", strings.TrimSpace(value))
		if err != nil {
			return nil, err
		}
		c.headers = append(c.headers, header{name, t})
	}
	if g.Success != "" {
		if c.success, err = regexp.Compile(g.Success); err != nil {
			return nil, fmt.Errorf("DOORWARD_SMS_SUCCESS %q: not a regular expression", g.Success)
		}
	}
	return c, nil
}

func parse(setting, text string) (*template.Template, error) {
	t, err := template.New(setting).Funcs(escapes).Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", setting, err)
	}
	return t, nil
}

// hostileValue is one that ends whatever it stands in unescaped.
const hostileValue = "a \"b\" & c=d + 100% <e> \\ #f?\n'g'"

// checkCustom parses the templates of a custom gateway and tries them, with values as they come and with hostile ones.
func checkCustom(g Gateway) error {
	c, err := parseCustom(g)
	if err != nil {
		return err
	}
	to, err := filled(c.url, c.fields(sample))
	if err != nil {
		return fmt.Errorf("DOORWARD_SMS_URL: %w", err)
	}
	worst := fields{To: hostileValue, Number: "4915123456789", Text: hostileValue, From: hostileValue, ID: sample.ID, User: hostileValue, Password: hostileValue}
	if stretched, err := filled(c.url, worst); err != nil || !escaped(stretched) {
		return fmt.Errorf("DOORWARD_SMS_URL: values in an address are escaped: {{query .Text}}")
	}
	if err := g.checkURL(to); err != nil {
		return err
	}
	kind, err := c.checkHeaders()
	if err != nil {
		return err
	}
	body, err := filled(c.body, worst)
	if err != nil {
		return fmt.Errorf("DOORWARD_SMS_BODY: %w", err)
	}
	if c.body != nil {
		if err := checkBody(kind, body); err != nil {
			return err
		}
	}
	if _, err := c.request(context.Background(), sample); err != nil {
		return fmt.Errorf("DOORWARD_SMS_URL %q: not an address", g.shown(to))
	}
	return nil
}

// checkHeaders tries the headers and returns the Content-Type among them.
func (c *custom) checkHeaders() (kind string, err error) {
	f := c.fields(sample)
	f.Text = hostileValue
	for _, h := range c.headers {
		value, err := filled(h.value, f)
		if err != nil {
			return "", fmt.Errorf("DOORWARD_SMS_HEADERS %q: %w", h.name, err)
		}
		if strings.ContainsFunc(value, unicode.IsControl) {
			return "", fmt.Errorf("DOORWARD_SMS_HEADERS %q: no line break fits into a header: {{query .Text}}", h.name)
		}
		if h.name == "Content-Type" {
			kind = value
		}
	}
	return kind, nil
}

// checkBody reports what is wrong with a body that hostile values were put into.
func checkBody(kind, body string) error {
	if kind == "" {
		kind = contentType(body)
	}
	kind, _, _ = strings.Cut(strings.ToLower(kind), ";")
	switch {
	case strings.HasSuffix(kind, "json") && !json.Valid([]byte(body)):
		return fmt.Errorf("DOORWARD_SMS_BODY: not JSON with every value; write {{json .Text}}, without quotes around it")
	case strings.HasSuffix(kind, "x-www-form-urlencoded") && !escaped(body):
		return fmt.Errorf("DOORWARD_SMS_BODY: values in a form are escaped: {{query .Text}}; for other text set a Content-Type in DOORWARD_SMS_HEADERS")
	case strings.HasSuffix(kind, "xml") && strings.Contains(body, hostileValue):
		return fmt.Errorf("DOORWARD_SMS_BODY: values in XML are escaped: {{html .Text}}")
	}
	return nil
}

// escaped reports whether s has none of the characters that an address or a form never has.
func escaped(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>\\", r) })
}
