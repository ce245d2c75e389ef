package servertest

import (
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestPostgres_EveryCallGivesAnEmptyDatabase(t *testing.T) {
	first, second := Postgres(t), Postgres(t)
	if first == second {
		t.Fatalf("the same database twice: %s", first)
	}
	for _, url := range []string{first, second} {
		c, err := pgx.Connect(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Exec(t.Context(), "CREATE TABLE person (name text)"); err != nil {
			t.Errorf("%s is not empty: %v", url, err)
		}
		if err := c.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}
}
