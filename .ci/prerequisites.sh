# Shared by run.sh and test.sh: finds what a machine lacks, installs it where apt may, and otherwise names it.
# Sourced, not run.

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

has_command() { command -v "$1" >/dev/null 2>&1; }

# Not piped into grep -q, which leaves at the first match and so fails the pipe of whoever is still writing.
has_library() { [[ $(ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null) == *"$1"* ]]; }

# The folders in which PostgresBinaries.cs looks for the server.
postgres_folders() {
  tr ':' '\n' <<<"$PATH"
  printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/lib/postgresql*/bin /usr/libexec/postgresql* \
    /opt/postgresql*/bin /usr/local/pgsql/bin /usr/local/bin
}

has_postgres() {
  local folder version
  while IFS= read -r folder; do
    [[ -x $folder/postgres && -x $folder/initdb && -x $folder/pg_ctl ]] || continue
    version=$("$folder/postgres" --version 2>/dev/null | sed -n 's/^.*(PostgreSQL) \([0-9]*\).*$/\1/p')
    [[ -n $version && $version -ge 15 ]] && return 0
  done < <(postgres_folders)
  return 1
}

require_dotnet() {
  has_command dotnet || [[ ! -x ${HOME:-/nonexistent}/.dotnet/dotnet ]] || PATH=$HOME/.dotnet:$PATH
  has_command dotnet || fail "The .NET 10 SDK is missing. Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and start again."
  [[ $'\n'$(dotnet --list-sdks) =~ $'\n'1[0-9]\. ]] || fail "The .NET here is older than 10 ($(command -v dotnet)). Install the .NET 10 SDK."
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
}

as_root() {
  if [[ $(id -u) -eq 0 ]]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

can_install() {
  has_command apt-get || return 1
  [[ $(id -u) -eq 0 ]] || { has_command sudo && sudo -n true 2>/dev/null; }
}

apt_log=
apt_updated=

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold "$@" \
    </dev/null >>"$apt_log" 2>&1
}

apt_install() {
  [[ -n $apt_log ]] || apt_log=$(mktemp)
  if [[ -z $apt_updated ]]; then
    apt update || say "apt-get update failed; the package lists may be old."
    apt_updated=yes
  fi
  say "Installing $* …"
  apt install -y --no-install-recommends "$@" || { tail -n 5 "$apt_log" >&2; return 1; }
}

install_postgres() {
  # The distribution's package would also start a server of its own on port 5432, which nobody here uses.
  local conf=/etc/postgresql-common/createcluster.conf
  apt_install postgresql-common || return 1
  if as_root test -f "$conf"; then
    as_root sed -i.followthrough 's/^#\? *create_main_cluster *=.*/create_main_cluster = false/' "$conf"
  fi
  local installed=0
  apt_install postgresql || installed=1
  if as_root test -f "$conf.followthrough"; then
    as_root mv "$conf.followthrough" "$conf"
  fi
  return $installed
}

install_npm() {
  # Debian has npm apart from nodejs; other packagings of nodejs bring it along and refuse Debian's.
  has_command node || apt_install nodejs || return 1
  has_command npm || apt_install npm
}

install_icu() {
  local package
  package=$(apt-cache search --names-only '^libicu[0-9]+$' | awk '{print $1}' | sort -V | tail -n 1)
  apt_install "${package:-libicu72}"
}

has_icu() { has_library libicuuc.so; }
has_zones() { [[ -e /usr/share/zoneinfo/Europe/Rome ]]; }
has_npm() { has_command node && has_command npm; }
has_xgboost() { has_library libxgboost.so.0; }
has_kafka() { has_library librdkafka.so.1; }
has_chromium() { has_command chromium || has_command chromium-browser || has_command google-chrome; }

has_compose() { has_command docker-compose; }

install_zones() { apt_install tzdata; }
install_xgboost() { apt_install libxgboost0; }
install_kafka() { apt_install librdkafka1; }
install_chromium() { apt_install chromium; }
install_compose() { apt_install docker-compose; }

# provide NAME REQUIRED PACKAGES PURPOSE: whether has_NAME holds, after install_NAME where that is allowed.
missing_required=()

provide() {
  local name=$1 required=$2 packages=$3 purpose=$4
  "has_$name" && return 0
  if [[ $may_install == yes ]] && can_install; then
    "install_$name" && "has_$name" && return 0
  fi
  if [[ $required == yes ]]; then
    missing_required+=("$packages")
    say "Missing: $packages ($purpose)."
  else
    say "Going on without $packages ($purpose)."
  fi
}

# prerequisites POSTGRES: POSTGRES says whether a server of this machine is needed (yes), wanted (no) or neither (never).
# Reads may_install (yes or no).
prerequisites() {
  require_dotnet
  provide icu yes "libicu" "text of all languages, needed by .NET"
  provide zones yes "tzdata" "time zones of the business calendars"
  provide npm yes "nodejs and npm" "the parts of the web pages"
  [[ $1 == never ]] || provide postgres "$1" "postgresql (version 15 or newer)" "the database server"
  provide xgboost no "libxgboost0" "the churn model"
  provide kafka no "librdkafka1" "event streams"
  provide chromium no "chromium" "PDF files and the browser tests"
  [[ -z $apt_log ]] || rm -f "$apt_log"
  [[ ${#missing_required[@]} -eq 0 ]] && return 0
  say "Install what is missing and start again. On Debian, as root: apt-get install $(apt_names)"
  exit 1
}

apt_names() {
  local entry names=()
  for entry in "${missing_required[@]}"; do
    entry=${entry%% (*}
    names+=("${entry// and / }")
  done
  printf '%s' "${names[*]}"
}
