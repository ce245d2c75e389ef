package server

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"

	"doorward/server/auth"
	"doorward/server/store"
	"doorward/shared/api"
	"doorward/shared/check"
)

// statuses is the HTTP status of each code; what is not listed is 422, a request
// that was understood and declined.
var statuses = map[check.Code]int{
	check.Malformed:         http.StatusBadRequest,
	check.TooLarge:          http.StatusRequestEntityTooLarge,
	check.CrossOrigin:       http.StatusForbidden,
	check.NotFound:          http.StatusNotFound,
	check.MethodNotAllowed:  http.StatusMethodNotAllowed,
	check.Internal:          http.StatusInternalServerError,
	check.Busy:              http.StatusServiceUnavailable,
	check.Throttled:         http.StatusTooManyRequests,
	check.SignedOut:         http.StatusUnauthorized,
	check.SignInExpired:     http.StatusUnauthorized,
	check.WrongPassword:     http.StatusUnauthorized,
	check.WrongPasscode:     http.StatusUnauthorized,
	check.WrongRecoveryCode: http.StatusUnauthorized,
	check.WrongTextCode:     http.StatusUnauthorized,
	check.PasswordLocked:    http.StatusUnauthorized,
	check.TextTooSoon:       http.StatusTooManyRequests,
	check.TextLimit:         http.StatusTooManyRequests,
	check.TextsPaused:       http.StatusServiceUnavailable,
	check.StepUpRequired:    http.StatusForbidden,
	check.Forbidden:         http.StatusForbidden,
	check.LinkDead:          http.StatusGone,
	check.AlreadySetUp:      http.StatusGone,
	check.TwoFactorRequired: http.StatusForbidden,
	check.TwoFactorFirst:    http.StatusForbidden,
	check.PolicyChanged:     http.StatusConflict,
}

// describe turns err into what the caller is told. A fault is logged here, once,
// with its cause; the caller learns only that something broke.
func (s *Server) describe(ctx context.Context, err error) (status int, answer *api.Error) {
	answer = &api.Error{}
	if refused, ok := errors.AsType[*api.Error](err); ok {
		answer = refused
	} else if refusal, ok := errors.AsType[*auth.Refusal](err); ok {
		answer.Code, answer.Minutes = refusal.Code, refusal.Minutes
		if refusal.Retry > 0 {
			answer.Retry = int(math.Ceil(refusal.Retry.Seconds()))
		}
		if refusal.Field != "" {
			answer = &api.Error{Problems: api.Problems{refusal.Field: refusal.Code}}
		}
	} else if taken, ok := errors.AsType[store.Taken](err); ok {
		answer.Problems = api.Problems{taken.Field: check.Taken}
	} else if errors.Is(err, store.NotFound) {
		answer.Code = check.NotFound
	} else {
		answer.Code = check.Internal
		if ctx.Err() == nil {
			s.config.Log.ErrorContext(ctx, "fault", "error", err)
		}
	}
	if answer.Code == "" {
		return http.StatusBadRequest, answer
	}
	if status, ok := statuses[answer.Code]; ok {
		return status, answer
	}
	return http.StatusUnprocessableEntity, answer
}

// retryAfter writes the header that goes with a wait.
func retryAfter(w http.ResponseWriter, answer *api.Error) {
	if answer.Retry > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(answer.Retry))
	}
}
