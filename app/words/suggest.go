package words

// Suggest is the text of the offer to make a password up.
type Suggest struct {
	Offer, Keep  string
	Copy, Failed string
}

var englishSuggest = Suggest{
	Offer:  "Suggest a password",
	Keep:   "Nobody else was told this password. Keep it in a password manager: it is not shown again.",
	Copy:   "Copy the password",
	Failed: "No password could be suggested. Please choose one yourself.",
}
