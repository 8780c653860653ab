#!/usr/bin/env bash
# Makes a cluster of the coordinator and the workers, once the schema is there, and spreads the tables. Running it again changes nothing.
set -euo pipefail
PGPASSWORD=$(cat /run/secrets/db_password)
export PGPASSWORD
sql() { psql --host=db --username=followthrough --dbname=followthrough --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$@"; }

until [[ $(sql --tuples-only --no-align --command="select to_regclass('public.schema_journal') is not null and to_regclass('public.account') is not null") == t ]]; do
  sleep 2
done
sql --command="create extension if not exists citus" --command="select citus_set_coordinator_host('db', 5432)"
for worker in worker1 worker2; do
  sql --command="select citus_add_node('$worker', 5432)"
done
sql --file=/citus/distribute.sql
