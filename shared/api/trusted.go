package api

var (
	// RevokeTrustedDevice has the second factor asked for again in one browser.
	RevokeTrustedDevice = post[RevokeTrustedDeviceRequest, Done]("/api/trusted-devices/revoke")
	// RevokeTrustedDevices does so in all of them.
	RevokeTrustedDevices = post[None, Ended]("/api/trusted-devices/revoke-all")
)

// TrustedRow is one browser that is not asked for the second factor. Times are
// Unix milliseconds.
type TrustedRow struct {
	ID       string `json:"id"`
	Current  bool   `json:"current"`
	Name     string `json:"name"` // browser and system in words
	Address  string `json:"address"`
	Added    int64  `json:"added"`
	LastUsed int64  `json:"last_used"`
	Expires  int64  `json:"expires"`
}

// RevokeTrustedDeviceRequest names the device.
type RevokeTrustedDeviceRequest struct {
	ID string `json:"id"`
}

// Problems returns what is wrong with the fields.
func (r RevokeTrustedDeviceRequest) Problems() Problems { return idProblems(r.ID) }
