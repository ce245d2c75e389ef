package server

import (
	"net/http"

	"doorward/server/auth"
	"doorward/shared/api"
)

// table is the security policy, a call a line: who may make it, and whether
// refusals count against the address they come from. While somebody must set up
// two-factor first, only the calls of the wizard are open to their session.
func (s *Server) table() []route {
	tries, links := &limit{"address", auth.LimitAddress}, &limitLinks
	return []route{
		on(api.SignIn, anyone, tries, s.signIn).alsoForm("/sign-in", "/sign-in"),
		on(api.VerifyTOTP, signingIn, tries, s.verifyTOTP).alsoForm("/sign-in/totp", "/sign-in/passcode"),
		on(api.UseRecoveryCode, signingIn, tries, s.useRecoveryCode).alsoForm("/sign-in/recovery-code", "/sign-in/recovery-code"),
		on(api.VerifyText, signingIn, tries, s.verifyText).alsoForm("/sign-in/text", "/sign-in/text"),
		on(api.SendText, signingIn, nil, s.sendText).alsoForm("/sign-in/text/send", "/sign-in/text"),
		on(api.LostWays, signingIn, nil, s.lostWays),
		on(api.SendRecoveryText, signingIn, nil, s.sendRecoveryText).alsoForm("/sign-in/recovery-phone/send", "/sign-in/recovery-phone"),
		on(api.VerifyRecoveryText, signingIn, tries, s.verifyRecoveryText).alsoForm("/sign-in/recovery-phone", "/sign-in/recovery-phone"),
		on(api.AskStaff, signingIn, nil, s.askStaff).alsoForm("/sign-in/ask-staff", "/sign-in/lost-phone"),
		on(api.ForgotPassword, anyone, nil, s.forgotPassword).alsoForm("/forgot-password", "/forgot-password"),
		on(api.TurnOffByLink, anyone, links, s.turnOffByLink).alsoLinkForm("/turn-off", "/turn-off"),
		on(api.CurrentSignIn, signingIn, nil, s.currentSignIn),
		on(api.CancelSignIn, anyone, nil, s.cancelSignIn).alsoForm("/sign-in/cancel", "/sign-in"),
		on(api.AcknowledgeRecovery, signedIn, nil, s.acknowledgeRecovery).forWizard().alsoForm("/sign-in/recovered", "/sign-in/recovered"),
		on(api.SignOut, anyone, nil, s.signOut).alsoForm("/sign-out", "/sign-in"),

		on(api.CheckLink, anyone, links, s.checkLink),
		on(api.Setup, anyone, links, s.setup).alsoLinkForm("/setup", "/setup"),
		on(api.AcceptInvitation, anyone, links, s.acceptInvitation).alsoLinkForm("/invitation", "/invitation"),

		on(api.ConfirmEmail, anyone, links, s.confirmEmail).alsoLinkForm("/email", "/email"),
		on(api.LockDown, anyone, links, s.lockDown).alsoLinkForm("/not-me", "/not-me"),
		on(api.ChoosePassword, anyone, links, s.choosePassword).alsoLinkForm("/password", "/password"),

		on(api.Session, signedIn, nil, s.sessionInfo).forWizard(),
		on(api.Sessions, signedIn, nil, s.sessions),
		on(api.StepUpWays, signedIn, nil, s.stepUpWays).forWizard(),
		on(api.SendStepUpText, signedIn, nil, s.sendStepUpText).forWizard(),
		on(api.StepUp, signedIn, tries, s.stepUp).forWizard(),
		on(api.EndSession, proved, nil, s.endSession),
		on(api.EndOtherSessions, proved, nil, s.endOtherSessions),
		on(api.ChangePassword, proved, tries, s.changePassword),
		on(api.SuggestPassword, anyone, nil, s.suggestPassword),
		on(api.ChangeDisplayName, signedIn, nil, s.changeDisplayName),
		on(api.ChangeLanguage, signedIn, nil, s.changeLanguage),
		on(api.Profile, signedIn, nil, s.profile),
		on(api.ChangeEmail, proved, nil, s.changeEmail),
		on(api.AddNoticeAddress, proved, nil, s.addNoticeAddress),
		on(api.RemoveNoticeAddress, proved, nil, s.removeNoticeAddress),
		on(api.CancelEmailChange, signedIn, nil, s.cancelEmailChange),

		on(api.Security, signedIn, nil, s.security),
		on(api.CurrentEnrollment, proved, nil, s.currentEnrollment).forWizard(),
		on(api.StartEnrollment, proved, nil, s.startEnrollment).forWizard(),
		on(api.ConfirmEnrollment, proved, nil, s.confirmEnrollment).forWizard(),
		on(api.FinishEnrollment, proved, nil, s.finishEnrollment).forWizard(),
		on(api.CancelEnrollment, signedIn, nil, s.cancelEnrollment).forWizard(),
		on(api.RenameAuthenticator, proved, nil, s.renameAuthenticator),
		on(api.RemoveAuthenticator, proved, nil, s.removeAuthenticator),
		on(api.RegenerateRecoveryCodes, proved, nil, s.regenerateRecoveryCodes),
		on(api.TurnOffTwoFactor, proved, nil, s.turnOffTwoFactor),
		on(api.EnrollmentOptions, signedIn, nil, s.enrollmentOptions).forWizard(),
		on(api.ResendEnrollmentCode, proved, nil, s.resendEnrollmentCode).forWizard(),
		on(api.CheckUp, signedIn, tries, s.checkUp),
		on(api.CurrentRecoveryPhone, proved, nil, s.currentRecoveryPhone).forWizard(),
		on(api.StartRecoveryPhone, proved, nil, s.startRecoveryPhone).forWizard(),
		on(api.ResendRecoveryPhone, proved, nil, s.resendRecoveryPhone).forWizard(),
		on(api.ConfirmRecoveryPhone, proved, nil, s.confirmRecoveryPhone).forWizard(),
		on(api.CancelRecoveryPhone, signedIn, nil, s.cancelRecoveryPhone).forWizard(),
		on(api.RemoveRecoveryPhone, proved, nil, s.removeRecoveryPhone),
		on(api.RevokeTrustedDevice, signedIn, nil, s.revokeTrustedDevice),
		on(api.RevokeTrustedDevices, signedIn, nil, s.revokeTrustedDevices),

		on(api.People, staff, nil, s.people),
		on(api.Person, staff, nil, s.person),
		on(api.SendResetLink, staffProved, nil, s.sendResetLink),
		on(api.RevokeLink, staffProved, nil, s.revokeLink),
		on(api.HelpByRecoveryCode, staffProved, tries, s.helpByRecoveryCode),
		on(api.LockDownPerson, staffProved, nil, s.lockDownPerson),
		on(api.EndPersonSessions, staffProved, nil, s.endPersonSessions),
		on(api.LiftThrottle, staffProved, nil, s.liftThrottle),

		on(api.ActOnPeople, staffProved, nil, s.actOnPeople),
		onFile(api.ExportPeople, admin, s.exportPeople).alsoForm("/admin/people/export", "/admin/people"),
		on(api.CheckInvitations, admin, nil, s.checkInvitations),
		on(api.Invite, adminProved, nil, s.invite),
		on(api.Checklist, newAdmin, nil, s.checklist),
		on(api.TickChecklist, newAdmin, nil, s.tickChecklist),

		on(api.Policy, admin, nil, s.policy),
		on(api.PreviewPolicy, admin, nil, s.previewPolicy),
		on(api.ChangePolicy, adminProved, nil, s.changePolicy),
		on(api.Adoption, admin, nil, s.adoption),
		on(api.MakeMandatory, adminProved, nil, s.makeMandatory),
		on(api.DisableMandatory, adminProved, nil, s.disableMandatory),
		on(api.RemindAll, adminProved, nil, s.remindAll),

		on(api.MyActivity, signedIn, nil, s.myActivity),
		on(api.NotMe, signedIn, nil, s.notMe),
		on(api.Activity, admin, nil, s.activity),
		onFile(api.ExportActivity, admin, s.exportActivity).alsoForm("/admin/activity/export", "/admin/activity"),
		on(api.AuditChain, admin, nil, s.auditChain),

		on(api.Organizations, operator, nil, s.organizations),
		on(api.AddOrganization, operatorProved, nil, s.addOrganization),
		on(api.RenameOrganization, operatorProved, nil, s.renameOrganization),
		on(api.SuspendOrganization, operatorProved, nil, s.suspendOrganization),
		on(api.ReinstateOrganization, operatorProved, nil, s.reinstateOrganization),
		on(api.MovePerson, operatorProved, nil, s.movePerson),

		on(api.Outbox, operator, nil, s.outbox),
		on(api.RetryMessage, operator, nil, s.retryMessage),
	}
}

// routes serves the table, the pages and the static files.
func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for _, rt := range s.table() {
		mux.HandleFunc(rt.method+" "+rt.path, s.api(rt))
		if rt.form != nil {
			mux.HandleFunc("POST "+rt.form.action, s.form(rt))
		}
	}
	mux.HandleFunc("/api/", s.noSuchCall)
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("GET /readyz", s.readyz)
	s.arrivalRoutes(mux)
	s.pageRoutes(mux)
	return mux
}
