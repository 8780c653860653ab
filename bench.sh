#!/usr/bin/env bash
# Measures on this machine, against peers in the same run. Prints rows and, last, one line with the result.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: ./bench.sh refresh [SIZE...] [--without-duckdb]
       ./bench.sh ingest [ROWS]
       ./bench.sh churn [ACCOUNTS]
       ./bench.sh pay [PEOPLE]
       ./bench.sh dashboard [SIZE]

  SIZE               numbers of interactions, 50 of each customer, the smallest first (default: 1000000 10000000; dashboard: 10000000)
  --without-duckdb   do not fetch DuckDB from npm to compare with
  ROWS               interactions to bring in, at least 1000 (default: 2000000)
  ACCOUNTS           customers whose features are made (default: 1000000)
  PEOPLE             whom one plan pays (default: 10000)
TEXT
}

bench=${1:-}
[[ $bench == refresh || $bench == ingest || $bench == churn || $bench == pay || $bench == dashboard ]] || { usage >&2 && exit 2; }
shift
sizes=()
duckdb=yes
for argument in "$@"; do
  case $argument in
    --without-duckdb) duckdb=no ;;
    *[!0-9]* | '') usage >&2 && exit 2 ;;
    *) sizes+=("$argument") ;;
  esac
done
if [[ $bench == ingest ]]; then
  [[ $duckdb == yes && ${#sizes[@]} -le 1 && ${sizes[0]:-2000000} -ge 1000 ]] || { usage >&2 && exit 2; }
  [[ ${#sizes[@]} -gt 0 ]] || sizes=(2000000)
fi
if [[ $bench == churn ]]; then
  [[ $duckdb == yes && ${#sizes[@]} -le 1 ]] || { usage >&2 && exit 2; }
  [[ ${#sizes[@]} -gt 0 ]] || sizes=(1000000)
fi
if [[ $bench == pay ]]; then
  [[ $duckdb == yes && ${#sizes[@]} -le 1 && ${sizes[0]:-10000} -ge 200 ]] || { usage >&2 && exit 2; }
  [[ ${#sizes[@]} -gt 0 ]] || sizes=(10000)
fi
if [[ $bench == dashboard ]]; then
  [[ $duckdb == yes && ${#sizes[@]} -le 1 ]] || { usage >&2 && exit 2; }
  [[ ${#sizes[@]} -gt 0 ]] || sizes=(10000000)
fi
[[ ${#sizes[@]} -gt 0 ]] || sizes=(1000000 10000000)

cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=.ci/prerequisites.sh
source .ci/prerequisites.sh
may_install=yes
has_pgloader() { has_command pgloader; }
install_pgloader() { apt_install pgloader; }
prerequisites no
has_xgboost_peer() { /usr/bin/python3 -c 'import xgboost' 2>/dev/null; }
install_xgboost_peer() { apt_install python3-xgboost; }
[[ $bench != churn ]] || provide xgboost_peer yes "python3-xgboost" "the comparison with it"
[[ $bench != churn ]] || [[ ${#missing_required[@]} -eq 0 ]] || exit 1
[[ $bench != ingest ]] || provide pgloader no "pgloader" "the comparison with it"

peers=$PWD/tests/Bench/bin/peers
if [[ $bench == refresh && $duckdb == yes && ! -d $peers/node_modules/@duckdb/node-api ]]; then
  say "Fetching DuckDB …"
  mkdir -p "$peers"
  npm install --prefix "$peers" --no-audit --no-fund --silent @duckdb/node-api@1.5.6-r.1 >&2
fi

say "Building …"
dotnet build tests/Bench/Bench.csproj --configuration Release --nologo --verbosity quiet >&2
arguments=("${sizes[@]}")
[[ $bench != refresh || $duckdb == no ]] || arguments+=(--duckdb "$peers")
exec dotnet tests/Bench/bin/Release/net10.0/Followthrough.Bench.dll "$bench" "${arguments[@]}"
