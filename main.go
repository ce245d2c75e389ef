// Command doorward is a self-hosted sign-in portal: one binary with the app, its
// API and its command line.
package main

import "doorward/server/cli"

func main() { cli.Main() }
