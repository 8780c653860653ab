#!/usr/bin/env bash
# Builds everything and runs all tests. The last line is the count; the exit code is 0 only when some ran and none failed.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: ./test.sh [--no-install] [FILTER...]

  --no-install   install nothing; name what is missing
  FILTER...      passed to the tests, for example: -class '*MigratorTests'
TEXT
}

may_install=yes
filters=()
for argument in "$@"; do
  case $argument in
    --no-install) may_install=no ;;
    --help | -h) usage && exit 0 ;;
    *) filters+=("$argument") ;;
  esac
done

cd "$(dirname "${BASH_SOURCE[0]}")"
report=$PWD/TestResults/tests.xml
rm -f "$report"

# Sums an attribute over the report's assemblies; 0 when the run left no report.
count() {
  { grep -o '<assembly [^>]*>' "$report" 2>/dev/null || true; } |
    { grep -o " $1=\"[0-9]*\"" || true; } | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'
}

# Which failed and why, last: what they printed while thousands of others ran is far above.
failures() {
  [[ -s $report ]] || return 0
  awk 'BEGIN { RS = "<test " } /result="Fail"/ {
    match($0, / name="[^"]*"/)
    name = substr($0, RSTART + 7, RLENGTH - 8)
    why = sub(/^.*<message>/, "") ? $0 : ""
    sub(/<\/message>.*/, "", why); gsub(/<!\[CDATA\[|\]\]>/, "", why)
    printf "failed: %s\n%s\n", name, substr(why, 1, 1000)
  }' "$report"
}

finish() {
  local outcome=$? passed failed skipped
  passed=$(count passed) skipped=$(count skipped)
  failed=$(($(count failed) + $(count errors)))
  [[ $outcome -ne 0 || ($failed -eq 0 && $((passed + failed)) -gt 0) ]] || outcome=1
  failures
  printf 'tests: %d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  exit "$([[ $outcome -eq 0 ]] && echo 0 || echo 1)"
}
trap finish EXIT

# shellcheck source=.ci/prerequisites.sh
source .ci/prerequisites.sh

# Without a server the tests that need one are skipped, and fail where CI=true.
provide compose no "docker-compose" "holding the container set-up against Compose"
prerequisites no

say "Building …"
dotnet build Analytics.sln --nologo --verbosity quiet

# The build has checked the style; this is what it does not see. A slip is reported and fails the run, after the tests.
formatted=yes
dotnet format whitespace Analytics.sln --verify-no-changes --no-restore >&2 || formatted=no

mkdir -p TestResults
# Code that runs once or twice gains nothing by being watched while it runs.
export DOTNET_TieredPGO=0
dotnet tests/bin/Debug/net10.0/Followthrough.Tests.dll -noColor -reporter verbose -xml "$report" ${filters[@]+"${filters[@]}"} 2>&1 |
  sed -un '/\[STARTING\]/d; p'

[[ $formatted == yes ]] || fail "Not formatted: run 'dotnet format whitespace Analytics.sln'."
