package server

import (
	"context"
	"errors"
	"slices"
	"time"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/check"
)

// What is done on the host, by whoever can run the binary beside its database.
// Each act is in the audit with "command line" as its actor.

// errSetUp is returned when there is an administrator already.
var errSetUp = errors.New("there is an administrator already: invite people with 'doorward user invite'")

// SetupLink makes a new setup link and voids the one before. It returns the
// address to open and when it runs out, or an error when there is an
// administrator.
func (s *Server) SetupLink(ctx context.Context) (address string, expires time.Time, err error) {
	now := s.now()
	token := s.newToken()
	link := auth.Link{ID: s.newID(), Digest: token.Digest(), Kind: auth.LinkSetup, Created: now, Expires: now.Add(auth.SetupFor)}
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		done, err := tx.HasAdministrator(ctx)
		if err != nil {
			return err
		}
		if done {
			return errSetUp
		}
		if err := tx.AddLink(ctx, link); err != nil {
			return err
		}
		return tx.Audit(ctx, auth.Event{Actor: auth.CommandLine, Kind: auth.EventSetupLinkMade, Outcome: auth.Allowed}, now)
	})
	if err != nil {
		return "", time.Time{}, err
	}
	return s.publicURL("/setup/" + string(token)), link.Expires, nil
}

// IsSetUp reports whether there is an administrator.
func (s *Server) IsSetUp(ctx context.Context) (bool, error) { return s.store.HasAdministrator(ctx) }

// Invitation is somebody to invite.
type Invitation struct {
	Organization auth.ID // empty: the oldest
	UserName     string
	Email        string
	DisplayName  string // empty: the user name
	Role         auth.Role
}

// check returns the first thing that is wrong with i.
func (i Invitation) check() error {
	for _, field := range []struct {
		name string
		code check.Code
	}{
		{"user_name", check.UserName(i.UserName)},
		{"email", check.Email(i.Email)},
		{"display_name", check.Text(i.DisplayName, check.MaxName)},
	} {
		if field.code != "" {
			return auth.RefuseField(field.name, field.code)
		}
	}
	return nil
}

// Invite adds a user to an organization and returns the one-time link with which they
// choose a password. The error is a Refusal about the field that
// is wrong, store.Taken, or a fault.
func (s *Server) Invite(ctx context.Context, i Invitation) (address string, expires time.Time, err error) {
	if i.DisplayName == "" {
		i.DisplayName = i.UserName
	}
	if err := i.check(); err != nil {
		return "", time.Time{}, err
	}
	now := s.now()
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		all, err := tx.Organizations(ctx)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return errors.New("nobody has set Doorward up yet: open the setup link first ('doorward setup-link' prints a new one)")
		}
		in := i.Organization
		if in == "" {
			in = slices.MinFunc(all, func(a, b auth.Organization) int { return a.Created.Compare(b.Created) }).ID
		}
		u := i.user(s.newID(), in, now)
		if address, err = s.admit(ctx, tx, u, ""); err != nil {
			return err
		}
		return tx.Audit(ctx, deskEvent(u, auth.EventInvited, map[string]string{"role": u.Role.String()}), now)
	})
	if err != nil {
		return "", time.Time{}, err
	}
	return address, now.Add(auth.InvitationFor), nil
}

// Users returns everybody, by user name.
func (s *Server) Users(ctx context.Context) ([]auth.User, error) { return s.store.Users(ctx) }

// KeysRotated notes in the audit that the keys have been rotated.
func (s *Server) KeysRotated(ctx context.Context) error {
	return s.store.Update(ctx, func(tx *store.Tx) error {
		return tx.Audit(ctx, auth.Event{Actor: auth.CommandLine, Kind: auth.EventKeysRotated, Outcome: auth.Allowed}, s.now())
	})
}

func deskEvent(u auth.User, kind auth.EventKind, details map[string]string) auth.Event {
	return auth.Event{Organization: u.Organization, Actor: auth.CommandLine, Subject: u.ID, Kind: kind, Outcome: auth.Allowed, Details: details}
}

// publicURL returns the public address of a path: always the configured host,
// never the one that a request claims.
func (s *Server) publicURL(path string) string { return s.config.URL.JoinPath(path).String() }
