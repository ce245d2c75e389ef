package servertest

import (
	"database/sql"
	"path/filepath"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver called pgx
	"github.com/uptrace/bun/driver/sqliteshim"
)

// Count asks the portal's database for one number, past the portal.
func (p *Portal) Count(query string) (n int) {
	p.T.Helper()
	driver, address := "pgx", p.database
	if address == "" {
		driver, address = sqliteshim.ShimName, "file:"+filepath.Join(p.Folder, "doorward.db")+"?_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		p.T.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(p.T.Context(), query).Scan(&n); err != nil {
		p.T.Fatal(err)
	}
	return n
}
