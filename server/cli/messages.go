package cli

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"doorward/server"
	"doorward/server/message"
)

// Messages are the settings of how a portal reaches people, for the commands that
// send something or leave something to be sent.
type Messages struct {
	SMTP             string `group:"E-mail:" name:"smtp" help:"Mail server: smtp://user@host:587 (STARTTLS) or smtps://user@host:465 (TLS). Empty: mail waits in the outbox." env:"DOORWARD_SMTP" placeholder:"URL"`
	SMTPPassword     string `group:"E-mail:" name:"smtp-password" help:"Its password." env:"DOORWARD_SMTP_PASSWORD" placeholder:"TEXT"`
	SMTPPasswordFile string `group:"E-mail:" name:"smtp-password-file" help:"File that holds it." env:"DOORWARD_SMTP_PASSWORD_FILE" placeholder:"FILE"`
	MailFrom         string `group:"E-mail:" name:"mail-from" help:"Who mail is from. Empty: Doorward <doorward@HOST> with the host of --url." env:"DOORWARD_MAIL_FROM" placeholder:"MAILBOX"`

	SMSGateway      string   `group:"Text messages:" name:"sms-gateway" help:"Gateway: twilio, vonage, kannel, android or custom. Empty: no text messages." env:"DOORWARD_SMS_GATEWAY" placeholder:"NAME"`
	SMSURL          string   `group:"Text messages:" name:"sms-url" help:"Its address. Empty: the provider's own, where it has one." env:"DOORWARD_SMS_URL" placeholder:"URL"`
	SMSUser         string   `group:"Text messages:" name:"sms-user" help:"User, account or key there." env:"DOORWARD_SMS_USER" placeholder:"NAME"`
	SMSPassword     string   `group:"Text messages:" name:"sms-password" help:"Password, token or secret there." env:"DOORWARD_SMS_PASSWORD" placeholder:"TEXT"`
	SMSPasswordFile string   `group:"Text messages:" name:"sms-password-file" help:"File that holds it." env:"DOORWARD_SMS_PASSWORD_FILE" placeholder:"FILE"`
	SMSFrom         string   `group:"Text messages:" name:"sms-from" help:"Number or name that messages are from." env:"DOORWARD_SMS_FROM" placeholder:"SENDER"`
	SMSMethod       string   `group:"Text messages:" name:"sms-method" help:"Of custom: GET, POST or PUT." env:"DOORWARD_SMS_METHOD" placeholder:"VERB"`
	SMSBody         string   `group:"Text messages:" name:"sms-body" help:"Of custom: template of the body." env:"DOORWARD_SMS_BODY" placeholder:"TEXT"`
	SMSSuccess      string   `group:"Text messages:" name:"sms-success" help:"Of custom: regular expression that a good answer matches." env:"DOORWARD_SMS_SUCCESS" placeholder:"REGEXP"`
	SMSHeaders      string   `group:"Text messages:" name:"sms-headers" help:"Of custom: headers, one a line, such as 'Authorization: Bearer TOKEN'." env:"DOORWARD_SMS_HEADERS" placeholder:"LINES"`
	SMSCountries    []string `group:"Text messages:" name:"sms-countries" help:"Countries that messages may go to, such as DE,AT. Required with a gateway." env:"DOORWARD_SMS_COUNTRIES" placeholder:"CODES"`
	SMSDailyMax     int      `group:"Text messages:" name:"sms-daily-max" help:"The most codes that are sent in a day (${default})." env:"DOORWARD_SMS_DAILY_MAX" default:"200" placeholder:"N"`

	Development bool `group:"Development:" help:"Let messages arrive in this terminal and at /dev/outbox, on this machine only." env:"DOORWARD_DEVELOPMENT"`
}

// reach is an open way to people.
type reach struct {
	server.Delivery
	close func()
}

// open opens the way to people that the settings describe, for the portal at p. What
// arrives in development mode is printed to out. An error names the setting that is
// unsafe or impossible, and its value unless that is a secret.
func (m *Messages) open(p *Place, out io.Writer) (reach, error) {
	address, err := p.publicURL(p.Listen)
	if err != nil {
		return reach{}, err
	}
	if m.SMSDailyMax < 1 {
		return reach{}, fmt.Errorf("DOORWARD_SMS_DAILY_MAX %d: must be at least 1; to send no text messages, leave DOORWARD_SMS_GATEWAY empty", m.SMSDailyMax)
	}
	if m.Development {
		return m.openTerminal(p, address, out)
	}
	r := reach{close: func() {}}
	if err := m.openMail(&r, address); err != nil {
		return reach{}, err
	}
	return r, m.openTexts(&r)
}

// openTerminal opens development mode, which shows codes and links in full and so is
// for this machine alone.
func (m *Messages) openTerminal(p *Place, address *url.URL, out io.Writer) (reach, error) {
	const mode = "DOORWARD_DEVELOPMENT true"
	host, _, err := net.SplitHostPort(p.Listen)
	switch {
	case err != nil || !loopback(host):
		return reach{}, fmt.Errorf("%s with DOORWARD_LISTEN %q: would show everybody's codes to other machines; listen on %s, or set DOORWARD_DEVELOPMENT=0", mode, p.Listen, defaultListen)
	case !loopback(address.Hostname()):
		return reach{}, fmt.Errorf("%s with DOORWARD_URL %q: would show everybody's codes to other machines; leave DOORWARD_URL empty, or set DOORWARD_DEVELOPMENT=0", mode, address)
	case m.SMTP != "":
		return reach{}, fmt.Errorf("%s with DOORWARD_SMTP: mail either arrives in the terminal or leaves by a server; set DOORWARD_DEVELOPMENT=0 to use the server", mode)
	case m.SMSGateway != "":
		return reach{}, fmt.Errorf("%s with DOORWARD_SMS_GATEWAY %q: text messages either arrive in the terminal or leave by a gateway; set DOORWARD_DEVELOPMENT=0 to use the gateway", mode, m.SMSGateway)
	}
	terminal := message.NewTerminal(out, time.Now)
	return reach{close: func() {}, Delivery: server.Delivery{Mail: terminal.SendMail, Texts: terminal.SendText, Countries: everywhere(), TextsPerDay: m.SMSDailyMax,
		Development: true, Arrivals: terminal.Arrivals}}, nil
}

func everywhere() []string {
	var codes []string
	for _, c := range message.Countries() {
		codes = append(codes, c.Code)
	}
	return codes
}

func (m *Messages) openMail(r *reach, address *url.URL) error {
	password, err := secret("DOORWARD_SMTP_PASSWORD", m.SMTPPassword, m.SMTPPasswordFile)
	if err != nil {
		return err
	}
	if m.SMTP == "" {
		if password != "" {
			return errors.New("DOORWARD_SMTP_PASSWORD: there is no server that it is for: set DOORWARD_SMTP")
		}
		return nil
	}
	from := m.MailFrom
	if from == "" {
		from = "Doorward <doorward@" + address.Hostname() + ">"
	}
	config, err := message.ParseSMTP(m.SMTP, password, from)
	if err != nil {
		return err
	}
	mailer, err := message.NewMailer(config)
	if err != nil {
		return err
	}
	r.Mail, r.close = mailer.Send, mailer.Close
	return nil
}

func (m *Messages) openTexts(r *reach) error {
	password, err := secret("DOORWARD_SMS_PASSWORD", m.SMSPassword, m.SMSPasswordFile)
	if err != nil {
		return err
	}
	settings := []struct{ name, value string }{
		{"URL", m.SMSURL}, {"USER", m.SMSUser}, {"PASSWORD", password}, {"FROM", m.SMSFrom}, {"METHOD", m.SMSMethod}, {"BODY", m.SMSBody},
		{"SUCCESS", m.SMSSuccess}, {"HEADERS", m.SMSHeaders}, {"COUNTRIES", strings.Join(m.SMSCountries, "")},
	}
	custom := []string{"METHOD", "BODY", "SUCCESS", "HEADERS"}
	for _, s := range settings {
		switch {
		case s.value == "":
		case m.SMSGateway == "":
			return fmt.Errorf("DOORWARD_SMS_%s: there is no gateway that it is for: set DOORWARD_SMS_GATEWAY", s.name)
		case m.SMSGateway != "custom" && slices.Contains(custom, s.name):
			return fmt.Errorf("DOORWARD_SMS_%s with DOORWARD_SMS_GATEWAY %q: goes with custom only", s.name, m.SMSGateway)
		}
	}
	if m.SMSGateway == "" {
		return nil
	}
	if !slices.Contains([]string{"twilio", "vonage", "kannel", "android", "custom"}, m.SMSGateway) {
		return fmt.Errorf("DOORWARD_SMS_GATEWAY %q: must be twilio, vonage, kannel, android or custom, or empty for no text messages", m.SMSGateway)
	}
	countries, err := allowed(m.SMSCountries)
	if err != nil {
		return err
	}
	texter, err := message.NewTexter(message.Gateway{Preset: m.SMSGateway, URL: m.SMSURL, User: m.SMSUser, Password: password, From: m.SMSFrom,
		Method: m.SMSMethod, Body: m.SMSBody, Success: m.SMSSuccess, Headers: lines(m.SMSHeaders)})
	if err != nil {
		return err
	}
	r.Texts, r.Countries, r.TextsPerDay = texter.Send, countries, m.SMSDailyMax
	return nil
}

// allowed reads the countries that text messages may go to.
func allowed(codes []string) ([]string, error) {
	var list []string
	known := everywhere()
	for _, raw := range codes {
		code := strings.ToUpper(strings.TrimSpace(raw))
		if code == "" || slices.Contains(list, code) {
			continue
		}
		if !slices.Contains(known, code) {
			return nil, fmt.Errorf("DOORWARD_SMS_COUNTRIES %q: no such country; each is a code of two letters (ISO 3166), such as DE or GB", raw)
		}
		list = append(list, code)
	}
	if len(list) == 0 {
		return nil, errors.New("DOORWARD_SMS_COUNTRIES: say which countries text messages may go to, such as DE,AT: every one more is a way to spend your money")
	}
	return list, nil
}

// lines returns the lines of v that have something on them.
func lines(v string) []string {
	var list []string
	for line := range strings.Lines(v) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// secret returns a secret that is given by itself or in a file.
func secret(name, value, file string) (string, error) {
	if file == "" {
		return value, nil
	}
	if value != "" {
		return "", fmt.Errorf("%s and %s_FILE: set one of them", name, name)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("%s_FILE %q: %w", name, file, errors.Unwrap(err))
	}
	if value = strings.TrimRight(string(b), "\r\n"); value == "" {
		return "", fmt.Errorf("%s_FILE %q: is empty", name, file)
	}
	return value, nil
}
