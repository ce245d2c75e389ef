// Package web holds the static files of the portal: style sheet, scripts, icons,
// manifest, and in built/ what web/pack made of them and of the client.
package web

import "embed"

// Files are the static files by their name below web/, and below built/ the packed
// ones, which are not there in a clean checkout.
//
//go:embed style.css *.js icons manifest.webmanifest robots.txt all:built
var Files embed.FS
