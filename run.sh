#!/usr/bin/env bash
# Starts Followthrough on this machine: installs what is missing, builds, and serves the dashboard.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: ./run.sh [--port N] [--data DIR] [--demo none] [--no-install]

  --port N       serve on http://localhost:N (default 5080)
  --data DIR     keep the database and the kept files in DIR (default: followthrough in the user's data folder)
  --demo none    do not make the demo company on the first start
  --no-install   install nothing; name what is missing
  --help         show this text

ConnectionStrings__Analytics names a PostgreSQL server of your own (15 or newer) instead of the embedded one.
TEXT
}

wrong() {
  printf '%s\n\n' "$1" >&2
  usage >&2
  exit 2
}

port=5080
may_install=yes
arguments=()

while [[ $# -gt 0 ]]; do
  case $1 in
    --port | --data | --demo)
      [[ $# -ge 2 && -n $2 ]] || wrong "$1 needs a value."
      case $1 in
        --port) port=$2 ;;
        --data) FOLLOWTHROUGH_DATA=$(realpath -m -- "$2") && export FOLLOWTHROUGH_DATA ;;
        --demo) arguments+=(--demo "$2") ;;
      esac
      shift 2
      ;;
    --no-install) may_install=no && shift ;;
    --help | -h) usage && exit 0 ;;
    *) wrong "Unknown option: $1" ;;
  esac
done
[[ $port =~ ^[0-9]{1,5}$ && 10#$port -ge 1 && 10#$port -le 65535 ]] || wrong "--port needs a number from 1 to 65535, not '$port'."

cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=.ci/prerequisites.sh
source .ci/prerequisites.sh

if [[ -n ${ConnectionStrings__Analytics:-} ]]; then
  prerequisites never
else
  prerequisites yes
fi

stamp=dashboard/bin/built-by-run.txt

sources() {
  find analytics ingest dashboard Directory.Build.props Directory.Packages.props global.json BannedSymbols.txt .editorconfig \
    \( -name bin -o -name obj -o -name node_modules -o -path dashboard/wwwroot/lib \) -prune -o -type f "$@" -print
}

# A changed or added file is newer than the stamp; a removed one is still in its list.
is_built() {
  [[ -f $stamp ]] && [[ -z $(sources -newer "$stamp" | head -n 1) ]] && cmp -s "$stamp" <(sources | sort)
}

build() {
  say "Building the dashboard …"
  # Stamped with the time before the build: what changes while it runs is built next time.
  sources | sort >"$stamp.new"
  dotnet build dashboard/Dashboard.csproj --configuration Release --nologo --verbosity quiet >&2 ||
    fail "The build failed."
  mv "$stamp.new" "$stamp"
}

mkdir -p dashboard/bin
(
  flock 9
  is_built || build
) 9>dashboard/bin/build.lock

# The pages' static files are found from the working directory.
cd dashboard
exec dotnet bin/Release/net10.0/Followthrough.Dashboard.dll --port "$port" ${arguments[@]+"${arguments[@]}"}
