package servertest

import (
	"context"
	"crypto/sha256"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
)

// Organization adds an organization called name, with the default policy.
func (p *Portal) Organization(name string) auth.ID {
	p.T.Helper()
	o := auth.Organization{ID: idOf("organization " + name), Name: name, Policy: auth.DefaultPolicy(), Created: p.Clock.Now()}
	p.update(func(ctx context.Context, tx *store.Tx) error { return tx.AddOrganization(ctx, o) })
	return o.ID
}

// Add adds an active user called name to an organization and returns them, not
// signed in. Who is more than a member is equipped.
func (p *Portal) Add(name string, role auth.Role, organization auth.ID) *Person {
	p.T.Helper()
	who := &Person{Browser: p.Browser(), Name: name, Password: "sonnet marble lantern " + name, t: p.T}
	u := auth.User{ID: idOf("user " + name), Organization: organization, UserName: name, Email: name + "@example.org", DisplayName: "The " + name,
		Role: role, State: auth.Active, PasswordChanged: p.Clock.Now(), Created: p.Clock.Now(), Password: auth.NewHash(who.Password, [16]byte{1}, Cost)}
	p.update(func(ctx context.Context, tx *store.Tx) error { return tx.AddUser(ctx, u) })
	if role > auth.Member {
		who.Equip()
	}
	return who
}

// Equip gives the person two-factor with an app, as if they had always had it: nobody
// is told, and what they have proved stays proved.
func (w *Person) Equip() *Person {
	w.t.Helper()
	u := w.User()
	secret := sha256.Sum256([]byte("secret of " + w.Name))
	w.Secret = auth.Secret(secret[:auth.SecretSize])
	u.TwoFactorSince = w.portal.Clock.Now()
	w.portal.update(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveUser(ctx, u); err != nil {
			return err
		}
		return tx.AddAuthenticator(ctx, auth.Authenticator{ID: idOf("app of " + w.Name), User: u.ID, Method: auth.MethodTOTP, Name: "App",
			Secret: w.Secret, Added: u.TwoFactorSince})
	})
	return w
}

// Change changes a user as nothing else in the portal can yet.
func (p *Portal) Change(name string, change func(u *auth.User)) {
	p.T.Helper()
	p.update(func(ctx context.Context, tx *store.Tx) error {
		u, err := tx.UserByLogin(ctx, name)
		if err != nil {
			return err
		}
		change(&u)
		return tx.SaveUser(ctx, u)
	})
}

func (p *Portal) update(decide func(context.Context, *store.Tx) error) {
	p.T.Helper()
	if err := p.Store.Update(p.T.Context(), func(tx *store.Tx) error { return decide(p.T.Context(), tx) }); err != nil {
		p.T.Fatal(err)
	}
}

// idOf returns the same ID for the same name.
func idOf(name string) auth.ID {
	d := sha256.Sum256([]byte(name))
	return auth.NewID([16]byte(d[:16]))
}

// User returns the person's account as it is now.
func (w *Person) User() auth.User {
	w.t.Helper()
	u, err := w.portal.Store.UserByLogin(w.t.Context(), w.Name)
	if err != nil {
		w.t.Fatal(err)
	}
	return u
}

// ID returns the person's ID as calls have it.
func (w *Person) ID() string { w.t.Helper(); return string(w.User().ID) }

// Elsewhere returns the person in another browser, not signed in.
func (w *Person) Elsewhere() *Person {
	other := *w
	other.Browser = w.portal.Browser()
	return &other
}

// Halfway proves the password in another browser, and no more.
func (w *Person) Halfway() *Browser {
	w.t.Helper()
	b := w.portal.Browser()
	Must(w.t, b, api.SignIn, api.SignInRequest{Name: w.Name, Password: w.Password})
	return b
}

// AddPhone verifies a number as a recovery phone of the person, who is signed in.
func (w *Person) AddPhone(number string) *Person {
	w.t.Helper()
	w.StepUp()
	Must(w.t, w, api.StartRecoveryPhone, api.StartRecoveryPhoneRequest{Number: number, Country: "DE"})
	w.portal.Deliver()
	Must(w.t, w, api.ConfirmRecoveryPhone, api.ConfirmRecoveryPhoneRequest{Passcode: w.portal.Post.Code(number)})
	return w
}

// Events returns what the audit has of a kind about the person, the newest first.
func (w *Person) Events(kind auth.EventKind) (found []auth.Event) {
	w.t.Helper()
	list, err := w.portal.Store.Events(w.t.Context(), store.EventQuery{Person: w.User().ID}, 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, e := range list {
		if e.Event.Kind == kind {
			found = append(found, e.Event)
		}
	}
	return found
}
