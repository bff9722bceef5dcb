#!/usr/bin/env bash
# Tries what was made, try.sh DIST SCRATCH: the wheel and the Debian package on this machine, and the program for Windows
# under Wine, whose packs must have the bytes of the Linux program's.
set -euo pipefail
dist=$1
scratch=$2
package=$(cd "$(dirname "$0")" && pwd)
examples=(german-camera japanese-camera korean-robot-vacuum level-4-door-lock wifi-router-level-2)

pack() { for example in "${examples[@]}"; do "${@:2}" -q pack "examples/$example" -o "$1" >/dev/null; done; }
pack "$scratch/linux" "$dist/clspack"
"$dist/clspack" -q verify "$scratch"/linux/*.zip >/dev/null

dpkg-deb --extract "$dist"/clspack_*_amd64.deb "$scratch/installed"
cmp "$scratch/installed/usr/bin/clspack" "$dist/clspack"
if python3 -m venv "$scratch/venv" 2>/dev/null; then
  "$scratch/venv/bin/pip" install -q --no-index "$dist"/clspack-*manylinux*.whl
  "$scratch/venv/bin/clspack" --version
else
  echo "NOT CHECKED: the wheel (python3-venv is not installed)"
fi

if ! command -v wine >/dev/null; then
  echo "NOT CHECKED: the program for Windows (Wine is not installed: apt-get install wine64 wine)"
  exit
fi
export WINEPREFIX=$scratch/wine WINEDEBUG=-all
cp "$dist/clspack.exe" "$scratch/clspack.exe"
x86_64-w64-mingw32-gcc -shared -O2 -o "$scratch/bcryptprimitives.dll" "$package/wine-random.c" -ladvapi32
windows() { wine "$scratch/clspack.exe" "$@"; }
windows --version
pack "$scratch/windows" windows
windows -q verify "$scratch"/windows/*.zip >/dev/null
windows -q batch examples -o "$scratch/batch" >/dev/null || [ $? = 1 ]
(cd "$scratch/linux" && sha256sum -- *.zip) > "$scratch/linux.sums"
(cd "$scratch/windows" && sha256sum --check --quiet "$scratch/linux.sums")
windows serve "$scratch/served" --no-open > "$scratch/address" &
for _ in $(seq 50); do [ -s "$scratch/address" ] && break; sleep 0.2; done
url=$(tr -d '\r' < "$scratch/address")
secret=${url#*#}
curl -sf -H "X-Secret: $secret" "${url%%#*}start?lang=en" | grep -q Applications
[ "$(curl -s -o /dev/null -w '%{http_code}' "${url%%#*}start")" = 403 ]
curl -sf -X POST -H "X-Secret: $secret" -d '' "${url%%#*}end" >/dev/null
wait
echo "the programs for Linux and Windows make the same packs"
