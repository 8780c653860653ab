#!/usr/bin/env bash
# Run once by the server's image when its data folder is made: nodes of a cluster sign in to each other by this file.
set -euo pipefail
umask 077
printf '*:*:*:*:%s\n' "$POSTGRES_PASSWORD" >"$PGDATA/passfile"
