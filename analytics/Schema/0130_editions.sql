-- Closed quarters. An edition is what was known of a quarter at its cut-off, written down once with the rows its figures rest on, and never
-- changed afterwards. What is learned later becomes another edition beside it, which supersedes the one before and replaces nothing.

-- A close on its way: what the first person signed, until a second one did and the edition is written.
create table closing (
  closing_id bigint generated always as identity primary key,
  period text not null,
  -- Days [starts, ends), which begin in the company's zone.
  starts date not null,
  ends date not null,
  -- What was known then is what both sign.
  cut_off timestamptz not null,
  -- Why a quarter that has an edition gets another; null for the first.
  reason text,
  -- The checklist as it stood at the first signature, with the reason of each override.
  checklist jsonb not null,
  -- Who signed: the user, the name then, the person in the facts.
  first_id uuid not null,
  first_by text not null,
  first_staff text,
  first_at timestamptz not null,
  second_id uuid,
  second_by text,
  second_staff text,
  second_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by text,
  -- What came of it.
  edition_id bigint,
  check ((second_id is null) = (second_at is null) and (second_id is null) = (second_by is null)),
  check (second_id <> first_id and second_staff <> first_staff),
  check (edition_id is null or second_at is not null),
  check (starts < ends)
);
create unique index closing_open on closing (period) where edition_id is null and withdrawn_at is null;

create table edition (
  edition_id bigint primary key,
  period text not null,
  starts date not null,
  ends date not null,
  -- 1 as first reported, from 2 restated.
  number integer not null check (number > 0),
  cut_off timestamptz not null,
  closed_at timestamptz not null,
  -- Why it was restated; null for the first.
  reason text,
  first_by text not null,
  second_by text not null,
  -- The zone its days begin in.
  zone text not null,
  -- The newest batch of which it could know.
  last_batch bigint not null,
  -- One text that states all of it: period, cut-off, signatures, checklist, overrides, definitions, calendars, the hash of each kind of
  -- lines, and the hash of the edition before. Its own SHA-256 is the edition's.
  head text not null,
  hash text not null unique,
  previous_hash text,
  unique (period, number),
  check ((number = 1) = (reason is null))
);

-- What can be asked of it as a whole: the quarter, its months, the year that it completes.
create table edition_part (
  edition_id bigint not null references edition deferrable initially deferred,
  part text not null,
  starts date not null,
  ends date not null,
  primary key (edition_id, part)
);

-- The definitions in force, whole, so that the figures can be computed again when the catalogue has moved on.
create table edition_definition (
  edition_id bigint not null references edition deferrable initially deferred,
  metric text not null,
  version integer not null,
  hash text not null,
  -- The rows it is made of: several metrics may be made of the same.
  rows_of text not null,
  definition jsonb not null,
  primary key (edition_id, metric)
);

-- The business calendars as they were known, a fact each.
create table edition_calendar (
  edition_id bigint not null references edition deferrable initially deferred,
  fact text not null,
  source_key text not null,
  content jsonb not null,
  primary key (edition_id, fact, source_key)
);

-- What people and teams were called.
create table edition_name (
  edition_id bigint not null references edition deferrable initially deferred,
  what text not null check (what in ('staff', 'team')),
  key text not null,
  name text not null,
  primary key (edition_id, what, key)
);

create table edition_account (
  account_id bigint not null,
  edition_id bigint not null,
  account_key text not null,
  name text not null,
  region text,
  segment text,
  primary key (account_id, edition_id)
);
create index edition_account_by_edition on edition_account (edition_id);

-- The commitments of the quarter, judged at the cut-off.
create table edition_commitment (
  account_id bigint not null,
  edition_id bigint not null,
  rows_of text not null,
  commitment_key text not null,
  kind text not null,
  contact_key text,
  contact_name text,
  thread_key text,
  project_key text,
  channel text,
  subject text,
  owed_by text,
  team_key text,
  counted_at timestamptz not null,
  opened_at timestamptz not null,
  first_contact_at timestamptz not null,
  due_at timestamptz not null,
  due_next_business_day timestamptz,
  answered boolean not null,
  fulfilled_at timestamptz,
  fulfilled_by_key text,
  fulfilled_channel text,
  excused_reason text,
  excused_by text,
  reminders integer not null,
  source_deleted boolean not null,
  outcome text,
  fixed_at timestamptz not null,
  amount numeric,
  currency text,
  status text not null,
  business_status text,
  waiting boolean not null,
  judged_at timestamptz not null,
  primary key (account_id, edition_id, rows_of, commitment_key)
);
create index edition_commitment_by_time on edition_commitment (edition_id, rows_of, counted_at);

-- The rows of measures. What depends on where a period begins and ends has rows for each part; the rest has them for the quarter.
create table edition_measure (
  account_id bigint not null,
  edition_id bigint not null,
  rows_of text not null,
  part text not null,
  place bigint not null,
  fact text not null,
  row_key text not null,
  label text,
  staff_key text,
  team_key text,
  channel text,
  counted_at timestamptz not null,
  amount numeric,
  base numeric,
  currency text,
  finished boolean,
  excluded text,
  primary key (account_id, edition_id, rows_of, part, place)
);
create index edition_measure_by_time on edition_measure (edition_id, rows_of, part, counted_at);

-- Every figure, whole: of the company, each team, person, region, segment and channel, and of the company in each part.
create table edition_figure (
  edition_id bigint not null references edition deferrable initially deferred,
  metric text not null,
  part text not null,
  dimension text not null check (dimension in ('all', 'team', 'staff', 'region', 'segment', 'channel')),
  -- Null where there is no team, person, region, segment or channel.
  key text,
  name text not null,
  -- As JSON, to the last digit.
  value text not null,
  unique nulls not distinct (edition_id, metric, part, dimension, key)
);

-- Whoever may write may not rewrite: nobody's statement, the owner's least of all, changes or removes any of it.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'An edition never changes: % of % is refused. What was learned later becomes a restated edition.', lower(tg_op), tg_table_name
    using errcode = 'restrict_violation';
end $$;
do $$
declare
  name text;
begin
  foreach name in array array['edition', 'edition_part', 'edition_definition', 'edition_calendar', 'edition_name', 'edition_account', 'edition_commitment', 'edition_measure', 'edition_figure']
  loop
    execute format('create trigger %I before update or delete or truncate on %I for each statement execute function refuse_change()', name || '_stands', name);
  end loop;
end $$;

-- An instant as editions write it, whatever the session's zone; null for one that never comes.
create function edition_instant(at timestamptz) returns text
language sql immutable parallel safe
return case when isfinite(at) then to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end;

-- Everything an edition consists of, a line of JSON each. Amounts are texts, since they have more digits than a binary number keeps.
create view edition_line as
select edition_id, 'accounts' as file, json_build_object('account_id', account_id::text, 'account', account_key, 'name', name, 'region', region, 'segment', segment)::text as line
from edition_account
union all
select edition_id, 'names', json_build_object('what', what, 'key', key, 'name', name)::text from edition_name
union all
select edition_id, 'calendars', json_build_object('fact', fact, 'key', source_key, 'content', content::text)::text from edition_calendar
union all
select edition_id, 'definitions', json_build_object('metric', metric, 'version', version, 'hash', hash, 'rows_of', rows_of, 'definition', definition::text)::text
from edition_definition
union all
select edition_id, 'commitments', json_build_object('rows_of', rows_of, 'account_id', account_id::text, 'key', commitment_key, 'kind', kind, 'contact', contact_key,
  'contact_name', contact_name, 'thread', thread_key, 'project', project_key, 'channel', channel, 'subject', subject, 'staff', owed_by, 'team', team_key,
  'counted_at', edition_instant(counted_at), 'opened_at', edition_instant(opened_at), 'first_contact_at', edition_instant(first_contact_at),
  'due_at', edition_instant(due_at), 'due_next_business_day', edition_instant(due_next_business_day), 'answered', answered,
  'fulfilled_at', edition_instant(fulfilled_at), 'fulfilled_by', fulfilled_by_key, 'fulfilled_channel', fulfilled_channel,
  'excused', excused_reason, 'excused_by', excused_by, 'reminders', reminders, 'source_deleted', source_deleted, 'outcome', outcome,
  'fixed_at', edition_instant(fixed_at), 'amount', amount::text, 'currency', currency, 'status', status, 'business_status', business_status,
  'waiting', waiting, 'judged_at', edition_instant(judged_at))::text
from edition_commitment
union all
select edition_id, 'measures', json_build_object('rows_of', rows_of, 'part', part, 'account_id', account_id::text, 'place', place, 'fact', fact, 'key', row_key,
  'label', label, 'staff', staff_key, 'team', team_key, 'channel', channel, 'counted_at', edition_instant(counted_at), 'amount', amount::text,
  'base', base::text, 'currency', currency, 'finished', finished, 'excluded', excluded)::text
from edition_measure
union all
select edition_id, 'figures', json_build_object('metric', metric, 'part', part, 'dimension', dimension, 'key', key, 'name', name, 'value', value)::text
from edition_figure;
