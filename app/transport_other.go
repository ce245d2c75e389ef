//go:build !js

package app

import "doorward/shared/api"

// transport carries the client's calls. Outside a browser there is none unless a
// test sets one.
var transport api.Transport
