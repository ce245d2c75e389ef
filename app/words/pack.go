package words

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Pack returns w as a client is sent it: its texts alone, a line each, in the order of
// the fields of Words, the entries of a map by their keys. It is good for a client of
// the same build only. It returns an error when a text has a line break.
func Pack(w *Words) (string, error) {
	p := packer{}
	p.value(reflect.ValueOf(w).Elem())
	return p.text.String(), p.err
}

type packer struct {
	text strings.Builder
	err  error
}

func (p *packer) line(s string) {
	if strings.Contains(s, "\n") {
		p.err = fmt.Errorf("a text has a line break: %q", s)
	}
	p.text.WriteString(s + "\n")
}

func (p *packer) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			p.value(v.Field(i))
		}
	case reflect.Slice:
		p.line(strconv.Itoa(v.Len()))
		for i := range v.Len() {
			p.value(v.Index(i))
		}
	case reflect.Map:
		p.line(strconv.Itoa(v.Len()))
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(plain(a), plain(b)) })
		for _, k := range keys {
			p.value(k)
			p.value(v.MapIndex(k))
		}
	default:
		p.line(plain(v))
	}
}

// plain returns a text, a number or a truth as text.
func plain(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	}
	return strconv.FormatInt(v.Int(), 10)
}

var errPacked = errors.New("these words are of another build")

// Unpack returns the words that Pack made packed of. It returns an error when they are
// not of this build.
func Unpack(packed string) (*Words, error) {
	u := unpacker{rest: packed}
	w := new(Words)
	u.value(reflect.ValueOf(w).Elem())
	if u.failed || u.rest != "" {
		return nil, errPacked
	}
	return w, nil
}

type unpacker struct {
	rest   string
	failed bool
}

func (u *unpacker) line() string {
	line, rest, ok := strings.Cut(u.rest, "\n")
	u.rest, u.failed = rest, u.failed || !ok
	return line
}

// number reads how many there are. There are never more than lines that are left.
func (u *unpacker) number() int {
	n, err := strconv.Atoi(u.line())
	if err != nil || n < 0 || n > len(u.rest) {
		u.failed = true
		return 0
	}
	return n
}

func (u *unpacker) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			u.value(v.Field(i))
		}
	case reflect.Slice:
		n := u.number()
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			u.value(v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range u.number() {
			k, e := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			u.value(k)
			u.value(e)
			v.SetMapIndex(k, e)
		}
	case reflect.String:
		v.SetString(u.line())
	case reflect.Bool:
		v.SetBool(u.line() == "true")
	default:
		n, err := strconv.ParseInt(u.line(), 10, 64)
		u.failed = u.failed || err != nil
		v.SetInt(n)
	}
}
