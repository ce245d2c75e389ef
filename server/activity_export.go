package server

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
)

// exportedEvents is how many events of an export are read at once.
const exportedEvents = 500

// exportActivity sends what is looked for, the oldest first. It reads page by page, and
// keeps nothing of the database while the browser takes its time. That it was asked for
// is in the audit before anything is sent.
func (s *Server) exportActivity(ctx context.Context, c *caller, req api.ExportActivityRequest) (*file, error) {
	o, err := s.organizationOf(ctx, c, req.Organization)
	if err != nil {
		return nil, err
	}
	e := c.did(o, auth.EventExported, map[string]string{"kind": "activity", "format": req.Format})
	if err := s.store.Update(ctx, func(tx *store.Tx) error { return tx.Audit(ctx, e, c.now) }); err != nil {
		return nil, err
	}
	f, begin := &file{name: "activity.jsonl", media: "application/jsonl; charset=utf-8"}, activityLines
	if req.Format == "csv" {
		f.name, f.media, begin = "activity.csv", "text/csv; charset=utf-8", activityTable
	}
	q := activityOf(c, o, req.ActivityRequest)
	f.write = func(w io.Writer) error { return s.writeActivity(ctx, c, q, o.ID, begin(w)) }
	return f, nil
}

// writeActivity writes the events that q looks for.
func (s *Server) writeActivity(ctx context.Context, c *caller, q store.EventQuery, organization auth.ID, write func([]exportedEvent) error) error {
	q.OldestFirst = true
	for {
		list, err := s.store.Events(ctx, q, exportedEvents)
		if err != nil {
			return err
		}
		rows, err := s.activityRows(ctx, c, list, organization)
		if err != nil {
			return err
		}
		page := make([]exportedEvent, len(rows))
		for i, row := range rows {
			page[i] = exportedEvent{Seq: row.Seq, Time: list[i].At.UTC().Format(time.RFC3339), Kind: row.Kind, Outcome: row.Outcome, Person: row.Person,
				Name: row.Name, By: row.By, Address: row.Address, Device: row.Device, Details: row.Details}
		}
		if err := write(page); err != nil {
			return err
		}
		if len(list) < exportedEvents {
			return nil
		}
		q.Since = list[len(list)-1].Seq
	}
}

// exportedEvent is one event of an export.
type exportedEvent struct {
	Seq     int64             `json:"seq"`
	Time    string            `json:"time"` // RFC 3339, UTC
	Kind    string            `json:"kind"`
	Outcome string            `json:"outcome"`
	Person  string            `json:"person,omitempty"`
	Name    string            `json:"name,omitempty"`
	By      string            `json:"by,omitempty"`
	Address string            `json:"address,omitempty"`
	Device  string            `json:"device,omitempty"`
	Details map[string]string `json:"details,omitempty"`
}

// activityLines writes events as JSON Lines.
func activityLines(w io.Writer) func([]exportedEvent) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return func(page []exportedEvent) error {
		for _, e := range page {
			if err := enc.Encode(e); err != nil {
				return err
			}
		}
		return nil
	}
}

// activityTable writes events as CSV with a line of titles.
func activityTable(w io.Writer) func([]exportedEvent) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true // RFC 4180
	titles := []string{"seq", "time", "kind", "outcome", "person", "name", "by", "address", "device", "details"}
	return func(page []exportedEvent) error {
		if titles != nil {
			if err := out.Write(titles); err != nil {
				return err
			}
			titles = nil
		}
		for _, e := range page {
			details, err := json.Marshal(e.Details)
			if err != nil {
				return err
			}
			if len(e.Details) == 0 {
				details = nil
			}
			cells := []string{strconv.FormatInt(e.Seq, 10), e.Time, e.Kind, e.Outcome, e.Person, e.Name, e.By, e.Address, e.Device, string(details)}
			for i := range cells {
				cells[i] = harmlessCell(cells[i])
			}
			if err := out.Write(cells); err != nil {
				return err
			}
		}
		out.Flush()
		return out.Error()
	}
}

// formulas are what a formula begins with.
const formulas = "=+-@\t\r\n＝＋－＠"

// harmlessCell returns v so that no spreadsheet takes it, or a part of it, for a formula:
// what begins like one gets an apostrophe before it. A spreadsheet may take a semicolon
// or a tab for the end of a cell, and a quotation mark for the beginning of one.
func harmlessCell(v string) string {
	if !strings.ContainsAny(v, formulas) {
		return v
	}
	var b strings.Builder
	begins := true
	for _, r := range v {
		if begins && strings.ContainsRune(formulas, r) {
			b.WriteByte('\'')
			begins = false
		}
		b.WriteRune(r)
		begins = strings.ContainsRune(";\t\r\n", r) || begins && (r == '"' || r == ' ')
	}
	return b.String()
}
