package auth

import (
	"fmt"
	"io"
	"strings"

	"github.com/sethvargo/go-password/password"

	"doorward/shared/check"
)

// suggested is the size of a password that we make up: groups of letters and digits
// that cannot be taken for one another, 100 bits in all.
const suggestedGroups, suggestedGroup = 4, 5

// SuggestPassword makes a password up. It says which characters stand where, so that
// nobody has to guess between a letter and a digit.
func SuggestPassword(random io.Reader) (string, error) {
	g, err := password.NewGenerator(&password.GeneratorInput{LowerLetters: strings.ToLower(check.Crockford), UpperLetters: " ", Digits: " ", Symbols: " ", Reader: random})
	if err != nil {
		return "", fmt.Errorf("password generator: %w", err)
	}
	letters, err := g.Generate(suggestedGroups*suggestedGroup, 0, 0, true, true)
	if err != nil {
		return "", fmt.Errorf("make a password up: %w", err)
	}
	var groups []string
	for i := 0; i < len(letters); i += suggestedGroup {
		groups = append(groups, letters[i:i+suggestedGroup])
	}
	return strings.Join(groups, "-"), nil
}
