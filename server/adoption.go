package server

import (
	"context"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// lineDays is how many days back the line of adoption goes.
const lineDays = 366

// adoption tells how far two-factor has come in an organization.
func (s *Server) adoption(ctx context.Context, c *caller, req api.OrganizationRequest) (api.AdoptionInfo, error) {
	o, err := s.organizationOf(ctx, c, req.Organization)
	if err != nil {
		return api.AdoptionInfo{}, err
	}
	return s.adoptionOf(ctx, c, o)
}

func (s *Server) adoptionOf(ctx context.Context, c *caller, o auth.Organization) (api.AdoptionInfo, error) {
	p := o.Policy
	info := api.AdoptionInfo{MandatoryFrom: millis(p.MandatoryFrom), MandatorySet: millis(p.MandatorySet), MandatoryBy: p.MandatoryBy,
		RemindedAt: millis(o.Nudged), Version: o.Version, Mail: s.config.Delivery.Mail != nil, HasTwo: c.user.TwoFactor(), Line: []api.AdoptionPoint{}}
	st, err := s.store.Standing(ctx, o.ID, c.now)
	if err != nil {
		return info, err
	}
	info.People, info.Ready, info.Exempt, info.Invited = st.People, st.Ready, st.Exempt, st.Invited
	for _, m := range auth.Methods() {
		info.Methods = append(info.Methods, api.MethodCount{Method: api.Method(m), People: st.Methods[m]})
	}
	first, err := s.firstPage(ctx, store.PeopleQuery{Organization: o.ID, State: auth.Active, NotReady: true})
	if err != nil {
		return info, err
	}
	info.NotReady = personRows(first, p)
	today := c.now.Truncate(24 * time.Hour)
	line, err := s.store.Adoption(ctx, o.ID, today.AddDate(0, 0, -lineDays))
	for _, point := range line {
		if point.Day.Before(today) {
			info.Line = append(info.Line, api.AdoptionPoint{Day: millis(point.Day), People: point.People, Ready: point.Ready})
		}
	}
	info.Line = append(info.Line, api.AdoptionPoint{Day: millis(today), People: info.People, Ready: info.Ready})
	return info, err
}

// makeMandatory makes two-factor mandatory from a moment on. Whoever does has it
// themselves: see administersNow.
func (s *Server) makeMandatory(ctx context.Context, c *caller, req api.MakeMandatoryRequest) (api.AdoptionInfo, error) {
	from := c.now
	if req.From > 0 {
		from = time.UnixMilli(req.From).UTC()
	}
	if from.Before(c.now.Add(-time.Minute)) {
		return api.AdoptionInfo{}, auth.RefuseField("from", check.TooSmall)
	}
	if from.After(c.now.AddDate(0, 0, api.MaxMandatoryDays)) {
		return api.AdoptionInfo{}, auth.RefuseField("from", check.TooLong)
	}
	return s.mandatory(ctx, c, req.Organization, req.Version, from, auth.EventMandatoryOn)
}

// disableMandatory undoes it at once.
func (s *Server) disableMandatory(ctx context.Context, c *caller, req api.DisableMandatoryRequest) (api.AdoptionInfo, error) {
	return s.mandatory(ctx, c, req.Organization, req.Version, time.Time{}, auth.EventMandatoryOff)
}

func (s *Server) mandatory(ctx context.Context, c *caller, id string, version int64, from time.Time, kind auth.EventKind) (api.AdoptionInfo, error) {
	o, err := s.administer(ctx, c, id, version, func(tx *store.Tx, o auth.Organization) error {
		before := o.Policy.MandatoryFrom
		if from.Equal(before) {
			return nil
		}
		o.Policy.MandatoryFrom, o.Policy.MandatorySet, o.Policy.MandatoryBy = from, c.now, c.user.DisplayName
		if from.IsZero() {
			o.Policy.MandatorySet, o.Policy.MandatoryBy = time.Time{}, ""
		}
		if err := tx.SavePolicy(ctx, o); err != nil {
			return err
		}
		return tx.Audit(ctx, c.did(o, kind, map[string]string{"from_before": dated(before), "from_after": dated(from)}), c.now)
	})
	if err != nil {
		return api.AdoptionInfo{}, err
	}
	s.remindSoon()
	return s.adoptionOf(ctx, c, o)
}

// dated returns t as the audit and files have it: RFC 3339, UTC; nothing for never.
func dated(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// remindAll has everybody who is not ready reminded, once a day at most.
func (s *Server) remindAll(ctx context.Context, c *caller, req api.OrganizationRequest) (api.Reminded, error) {
	if s.config.Delivery.Mail == nil {
		return api.Reminded{}, auth.Refuse(check.MailUnavailable)
	}
	o, err := s.administer(ctx, c, req.Organization, anyVersion, func(tx *store.Tx, o auth.Organization) error {
		if again := o.Nudged.Add(24 * time.Hour); c.now.Before(again) {
			return &auth.Refusal{Code: check.RemindedToday, Retry: again.Sub(c.now)}
		}
		o.Nudged = c.now
		if err := tx.SaveOrganization(ctx, o); err != nil {
			return err
		}
		return tx.Audit(ctx, c.did(o, auth.EventReminded, map[string]string{"all": "true"}), c.now)
	})
	if err != nil {
		return api.Reminded{}, err
	}
	s.remindSoon()
	st, err := s.store.Standing(ctx, o.ID, c.now)
	return api.Reminded{People: st.People - st.Ready - st.Exempt}, err
}
