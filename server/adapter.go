package server

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"unicode/utf8"

	"doorward/shared/api"
	"doorward/shared/check"
)

// route is one line of the route table.
type route struct {
	method string
	path   string
	who    who
	limit  *limit // of refusals from one address; nil: none that count
	serve  func(ctx context.Context, c *caller, body []byte) (any, error)
	wizard bool  // also for whom the gate keeps to the wizard
	form   *form // the plain form of the call; nil: there is none
}

// form is a call as a plain HTML form: it is posted to action and answered with a
// 303 to the next step, or back to page with the Code in the query. Nothing that
// was typed is ever in a URL but the token of a one-time link, which came in one.
type form struct {
	action string
	page   string
	token  bool // the page has the link's token in its path
}

// on declares who may make a call and what serves it.
func on[Req api.Request, Resp any](e api.Endpoint[Req, Resp], w who, limit *limit, serve func(context.Context, *caller, Req) (Resp, error)) route {
	return route{method: e.Method, path: e.Path, who: w, limit: limit,
		serve: func(ctx context.Context, c *caller, body []byte) (any, error) {
			req, err := e.Decode(body)
			if err != nil {
				return nil, err
			}
			return serve(ctx, c, req)
		}}
}

// file is an answer that the browser saves.
type file struct {
	name  string // such as people.csv
	media string
	write func(io.Writer) error
}

// onFile is on for a call that sends a file.
func onFile[Req api.Request](e api.Endpoint[Req, api.Download], w who, serve func(context.Context, *caller, Req) (*file, error)) route {
	return route{method: e.Method, path: e.Path, who: w,
		serve: func(ctx context.Context, c *caller, body []byte) (any, error) {
			req, err := e.Decode(body)
			if err != nil {
				return nil, err
			}
			return serve(ctx, c, req)
		}}
}

// alsoForm makes the call a plain form on page as well, posted to action.
func (r route) alsoForm(action, page string) route {
	r.form = &form{action: action, page: page}
	return r
}

// alsoLinkForm is alsoForm for the page of a one-time link.
func (r route) alsoLinkForm(action, page string) route {
	r.form = &form{action: action, page: page, token: true}
	return r
}

// call runs one call for the request: identify, gate, require, limit, decode, serve.
func (s *Server) call(rt route, r *http.Request, body []byte) (*caller, any, error) {
	ctx := r.Context()
	c, err := s.identify(ctx, r, rt.who)
	if err != nil {
		return &caller{}, nil, err
	}
	if err := c.gate(rt); err != nil {
		return c, nil, err
	}
	if err := c.require(rt.who); err != nil {
		return c, nil, err
	}
	if r.Method == http.MethodPost {
		c.origin.Device = device(r.UserAgent())
		c.familiar = s.familiarOf(r)
	}
	if rt.limit != nil {
		if err := s.limited(ctx, c, rt.limit); err != nil {
			return c, nil, err
		}
	}
	answer, err := rt.serve(ctx, c, body)
	if rt.limit != nil {
		if counted := s.countRefusal(ctx, c, rt.limit, err); counted != nil {
			return c, nil, counted
		}
	}
	return c, answer, err
}

// api answers a call as JSON.
func (s *Server) api(rt route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		body, err := readBody(w, r, "application/json")
		var c *caller
		var answer any
		if err == nil {
			c, answer, err = s.call(rt, r, body)
		}
		if err != nil {
			status, refusal := s.describe(r.Context(), err)
			retryAfter(w, refusal)
			s.write(w, status, refusal)
			return
		}
		c.setCookies(w)
		if f, ok := answer.(*file); ok {
			s.sendFile(w, r, f)
			return
		}
		s.write(w, http.StatusOK, answer)
	}
}

// form answers a call that came as a plain form.
func (s *Server) form(rt route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		body, err := readBody(w, r, "application/x-www-form-urlencoded")
		var fields url.Values
		if err == nil {
			fields, body, err = formAsJSON(body)
		}
		var c *caller
		var answer any
		if err == nil {
			c, answer, err = s.call(rt, r, body)
		}
		if err != nil {
			_, refusal := s.describe(r.Context(), err)
			http.Redirect(w, r, rt.form.back(fields, refusal), http.StatusSeeOther)
			return
		}
		c.setCookies(w)
		if f, ok := answer.(*file); ok {
			s.sendFile(w, r, f)
			return
		}
		next, ok := answer.(api.NextStep)
		if !ok {
			next.Path = "/"
		}
		http.Redirect(w, r, next.Path, http.StatusSeeOther)
	}
}

// back returns the page of the form with what went wrong in the query. A person
// whose sign-in has run out begins anew.
func (f form) back(fields url.Values, e *api.Error) string {
	page, q := f.page, url.Values{}
	if e.Code == check.SignInExpired || e.Code == check.SignedOut {
		page = "/sign-in"
	} else if f.token {
		page += "/" + url.PathEscape(fields.Get("token"))
	}
	if e.Code != "" {
		q.Set("code", string(e.Code))
	}
	if e.Retry > 0 {
		q.Set("retry", strconv.Itoa(e.Retry))
	}
	for field, code := range e.Problems {
		q.Set("p."+field, string(code))
	}
	if next := fields.Get("next"); check.Path(next) {
		q.Set("next", next)
	}
	return page + "?" + q.Encode()
}

// formAsJSON returns a posted form as the JSON object of its fields, so that it
// is decoded and checked as strictly as any call. A field that comes twice, or is
// not UTF-8, is malformed.
func formAsJSON(body []byte) (url.Values, []byte, error) {
	fields, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, nil, &api.Error{Code: check.Malformed}
	}
	object := map[string]string{}
	for name, values := range fields {
		if len(values) != 1 || !utf8.ValidString(values[0]) {
			return fields, nil, &api.Error{Code: check.Malformed}
		}
		object[name] = values[0]
	}
	if object["next"] == "" {
		delete(object, "next")
	}
	b, err := json.Marshal(object)
	if err != nil {
		return fields, nil, &api.Error{Code: check.Malformed}
	}
	return fields, b, nil
}

// readBody reads a request's body of at most api.MaxBody bytes, of the media type
// that was asked for.
func readBody(w http.ResponseWriter, r *http.Request, media string) ([]byte, error) {
	if r.Method != http.MethodPost {
		return nil, nil
	}
	if got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || got != media {
		return nil, &api.Error{Code: check.Malformed}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, api.MaxBody))
	if _, over := errors.AsType[*http.MaxBytesError](err); over {
		return nil, &api.Error{Code: check.TooLarge}
	}
	if err != nil {
		return nil, &api.Error{Code: check.Malformed}
	}
	return body, nil
}

func (s *Server) write(w http.ResponseWriter, status int, answer any) {
	body, err := json.Marshal(answer)
	if err != nil { // our own types always encode
		s.config.Log.Error("encode answer", "error", err)
		status, body = http.StatusInternalServerError, []byte(`{"code":"internal"}`)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body)
}

// sendFile sends f as it is written. What breaks midway ends the connection, so that
// half a file does not look whole.
func (s *Server) sendFile(w http.ResponseWriter, r *http.Request, f *file) {
	w.Header().Set("Content-Type", f.media)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.name}))
	if err := f.write(w); err != nil {
		s.describe(r.Context(), err)
		panic(http.ErrAbortHandler)
	}
}

func (c *caller) setCookies(w http.ResponseWriter) {
	for _, k := range c.cookies {
		http.SetCookie(w, k)
	}
}
