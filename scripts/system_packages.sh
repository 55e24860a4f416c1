#!/usr/bin/env bash
# Sees to it that the system packages are there that tests need, and names those it cannot install.
# A line of NEEDED: Debian's name of the package | a command that succeeds where it is present.
set -euo pipefail

NEEDED='
chromium       | command -v chromium || command -v chromium-browser || command -v google-chrome
curl           | command -v curl
fontconfig     | command -v fc-list
fonts-noto-cjk | fc-list :lang=zh | grep -q .
hledger        | command -v hledger
jq             | command -v jq
libpangoft2-1.0-0 | ldconfig -p | grep -q libpangoft2-1.0
maven          | command -v mvn
openjdk-17-jre-headless | java -version 2>&1 | grep -qE "version .(1[7-9]|[2-9][0-9])"
'

missing=()
while IFS='|' read -r package probe; do
    package="${package// /}"
    if [ -n "$package" ] && ! bash -c "$probe" >/dev/null 2>&1; then
        missing+=("$package")
    fi
done <<<"$NEEDED"
[ ${#missing[@]} -gt 0 ] || exit 0

give_up() {
    echo "Tests need system packages that $1: ${missing[*]}" >&2
    echo "Install them (Debian: apt-get install ${missing[*]}) and run make test again." >&2
    exit 1
}

command -v apt-get >/dev/null || give_up "this script cannot install without apt-get"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || give_up "only root can install"
    as_root=(sudo -n)
fi

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
echo "Installing system packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
{
    "${as_root[@]}" apt-get -q update &&
        "${as_root[@]}" apt-get -q install -y --no-install-recommends "${missing[@]}"
} >"$log" 2>&1 </dev/null || {
    tail -n 15 "$log" >&2
    give_up "could not be installed"
}
