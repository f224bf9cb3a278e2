// Package version holds what the build says of itself.
package version

var version, commit, buildTime = "unset", "unset", "unset"

// Text is all of it in one line.
func Text() string { return version + " " + commit + " " + buildTime }
