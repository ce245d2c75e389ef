package auth

import "doorward/shared/check"

// The codes that the rules refuse with most.
const (
	wrongPassword     = check.WrongPassword
	wrongPasscode     = check.WrongPasscode
	wrongRecoveryCode = check.WrongRecoveryCode
	signInExpired     = check.SignInExpired
	twoFactorRequired = check.TwoFactorRequired
)
