#!/bin/sh
# Finds what the browser and export tests need, or installs Debian's packages as root: a Chromium, and the one library
# that Playwright's driver wants beyond a minimal Debian. Never fails: without them those tests skip.
set -u
cd "$(dirname "$0")/.." || exit 0

has_chromium() {
    [ -x "${BROWSER_PATH:-}" ] && return 0
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

has_driver() {
    for node in .venv/lib/python3*/site-packages/playwright/driver/node; do
        [ -x "$node" ] && { "$node" --version >/dev/null 2>&1 || return 1; }
    done
    return 0
}

missing() {
    has_chromium || printf ' chromium'
    has_driver || printf ' libatomic1'
}

packages=$(missing)
[ -z "$packages" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    printf 'Installing%s for the browser and export tests ...\n' "$packages"
    {
        apt-get -qq update
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=120 install $packages
    } >/dev/null 2>&1
    packages=$(missing)
    [ -z "$packages" ] && exit 0
fi
printf 'Browser and export tests skip. To run them: apt install%s (BROWSER_PATH can name a Chrome elsewhere).\n' "$packages"
exit 0
