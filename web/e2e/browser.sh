#!/usr/bin/env bash
# Prints the path of a Chromium; installs one where that needs no question (root on Debian or Ubuntu).
set -euo pipefail

find_browser() {
  if [ -n "${CHROMIUM:-}" ]; then
    command -v "$CHROMIUM" && return
    echo "error: CHROMIUM is set to \"$CHROMIUM\", which cannot be run" >&2
    exit 1
  fi
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  for path in "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    if [ -x "$path" ]; then echo "$path" && return; fi
  done
  return 1
}

find_browser && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  echo "installing chromium for the browser tests" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2
  apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >&2
  find_browser && exit 0
fi

echo "error: the browser tests need Chromium: install chromium or google-chrome, or set CHROMIUM to the path of one" >&2
exit 1
