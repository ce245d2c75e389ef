package servertest

import (
	"database/sql"
	"path/filepath"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver called pgx
	"github.com/uptrace/bun/driver/sqliteshim"
)

// direct is a connection to the portal's database, past the portal.
func (p *Portal) direct() *sql.DB {
	p.T.Helper()
	if p.past != nil {
		return p.past
	}
	driver, address := "pgx", p.database
	if address == "" {
		driver, address = sqliteshim.ShimName, "file:"+filepath.Join(p.Folder, "doorward.db")+"?_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=synchronous(0)"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		p.T.Fatal(err)
	}
	p.T.Cleanup(func() { db.Close() })
	p.past = db
	return db
}

// Count asks the portal's database for one number.
func (p *Portal) Count(query string) (n int) {
	p.T.Helper()
	if err := p.direct().QueryRowContext(p.T.Context(), query).Scan(&n); err != nil {
		p.T.Fatal(err)
	}
	return n
}

// Wipe forgets everybody and everything but the audit, for a test that begins anew.
func (p *Portal) Wipe() {
	p.T.Helper()
	p.Post.Empty()
	p.run("DELETE FROM users", "DELETE FROM organizations", "DELETE FROM outbox", "DELETE FROM links")
	p.Calm()
}

// Calm forgets every throttle.
func (p *Portal) Calm() { p.T.Helper(); p.run("DELETE FROM buckets") }

// Tamper runs a statement on the portal's database, past the portal.
func (p *Portal) Tamper(statement string) { p.T.Helper(); p.run(statement) }

func (p *Portal) run(statements ...string) {
	p.T.Helper()
	for _, statement := range statements {
		if _, err := p.direct().ExecContext(p.T.Context(), statement); err != nil {
			p.T.Fatal(err)
		}
	}
}
