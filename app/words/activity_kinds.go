package words

// KindGroup is some kinds of event that belong together, for choosing one.
type KindGroup struct {
	Title string
	Kinds []KindName
}

// KindName is a kind of event, and what it is called.
type KindName struct{ Kind, Name string }

var englishKinds = []KindGroup{
	{"Signing in", []KindName{
		{"signed_in", "Signed in"},
		{"sign_in_refused", "Sign-in refused"},
		{"password_accepted", "Right password"},
		{"second_step_refused", "Second step refused"},
		{"signed_out", "Signed out"},
		{"stepped_up", "Proved again who it is"},
		{"step_up_refused", "Proof refused"},
		{"session_ended", "Session ended"},
		{"sessions_ended", "Other sessions ended"},
		{"device_trusted", "Device trusted"},
		{"trust_revoked", "Trust in a device taken back"},
	}},
	{"Two-factor authentication", []KindName{
		{"two_factor_on", "Turned on"},
		{"two_factor_off", "Turned off"},
		{"two_factor_reset", "Taken off"},
		{"authenticator_added", "Authenticator added"},
		{"authenticator_renamed", "Authenticator renamed"},
		{"authenticator_replaced", "Authenticator replaced"},
		{"authenticator_removed", "Authenticator removed"},
		{"authenticator_disabled", "Authenticator switched off"},
		{"enrollment_refused", "Wrong code while setting up"},
		{"checked_up", "Asked whether it still works"},
		{"text_sent", "Text message sent"},
		{"texts_paused", "Text messages paused"},
	}},
	{"Ways back in", []KindName{
		{"recovery_code_used", "Recovery code used"},
		{"recovery_codes_made", "Recovery codes made"},
		{"phone_added", "Recovery phone added"},
		{"phone_changed", "Recovery phone changed"},
		{"phone_removed", "Recovery phone removed"},
		{"phone_refused", "Wrong code for a recovery phone"},
		{"recovery_phone_used", "Recovery phone used"},
		{"help_asked", "Asked the staff for help"},
		{"password_link_sent", "Link for a new password sent"},
		{"password_reset", "New password by link"},
		{"reset_link_made", "Link to turn off two-factor made"},
		{"link_revoked", "Link taken back"},
		{"turn_off_refused", "Link opened with a wrong password"},
		{"locked_down", "Account closed to strangers"},
	}},
	{"Account", []KindName{
		{"password_changed", "Password changed"},
		{"password_change_refused", "Change of password refused"},
		{"display_name_changed", "Display name changed"},
		{"language_changed", "Language changed"},
		{"email_change_asked", "Change of address asked for"},
		{"email_changed", "E-mail address changed"},
		{"notice_email_asked", "Further address asked for"},
		{"notice_email_added", "Further address added"},
		{"notice_email_removed", "Further address removed"},
	}},
	{"Administration", []KindName{
		{"user_invited", "Invited"},
		{"invited_again", "Invited again"},
		{"invitation_accepted", "Invitation accepted"},
		{"invitation_revoked", "Invitation taken back"},
		{"role_changed", "Role changed"},
		{"user_suspended", "Account suspended"},
		{"user_reinstated", "Account opened again"},
		{"user_deleted", "Account deleted"},
		{"user_moved", "Account moved"},
		{"sessions_ended_by_staff", "Sessions ended by staff"},
		{"throttle_lifted", "Wait ended"},
		{"reminded", "Reminder sent"},
		{"exempted", "Exempted"},
		{"exemption_ended", "Exemption ended"},
		{"mandatory_on", "Two-factor made mandatory"},
		{"mandatory_off", "Two-factor no longer mandatory"},
		{"policy_changed", "Rules changed"},
		{"exported", "Data exported"},
	}},
	{"Portal", []KindName{
		{"setup_link_made", "Setup link made"},
		{"set_up", "Set up"},
		{"organization_added", "Organization added"},
		{"organization_renamed", "Organization renamed"},
		{"organization_suspended", "Organization suspended"},
		{"organization_reinstated", "Organization opened again"},
		{"message_retried", "Message tried again"},
		{"keys_rotated", "Keys rotated"},
	}},
}
