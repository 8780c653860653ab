-- The ledger of commitments, derived from facts and rewritten only where facts changed.

-- Open business time of a calendar as absolute instants: holidays and daylight saving are already in it.
create table open_interval (
  calendar_key text not null,
  day date not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  -- Open seconds of the calendar before opens_at: a business duration is the difference of two look-ups.
  open_seconds_before bigint not null,
  primary key (calendar_key, opens_at)
);

-- Every date of a calendar with the next open day after it.
create table business_day (
  calendar_key text not null,
  day date not null,
  is_open boolean not null,
  next_open_day date not null,
  primary key (calendar_key, day)
);

-- One obligation. Whether an open one is pending or missed depends on the clock and is never stored.
create table commitment (
  account_id bigint not null,
  kind text not null,
  -- Source key of the fact that opened it.
  commitment_key text not null,
  definition_version integer not null,
  -- Whom it is owed: the contact, else the thread.
  party text not null,
  contact_key text,
  thread_key text,
  project_key text,
  channel text,
  -- Staff and team responsible at the opening.
  owed_by text,
  team_key text,
  opened_at timestamptz not null,
  -- When the customer first turned to us, bots included: the wait as the customer felt it.
  first_contact_at timestamptz not null,
  due_at timestamptz not null,
  -- The next-business-day variant; null without a promised calendar.
  due_next_business_day timestamptz,
  fulfilled_at timestamptz,
  fulfilled_by_key text,
  fulfilled_by_staff text,
  fulfilled_channel text,
  excused_at timestamptz,
  excused_reason text,
  excused_by text,
  -- Further contacts of the customer while waiting; they do not restart the clock.
  reminders integer not null,
  source_deleted boolean not null,
  -- How it ended, in the kind's own words (a promise beaten, a customer who recovered by calling again); null where kept or missed says it all.
  outcome text,
  -- What it is worth, where money is owed or billed.
  amount numeric,
  currency text,
  primary key (account_id, kind, commitment_key)
);
create index commitment_by_opening on commitment (kind, opened_at);
create index commitment_open on commitment (kind, due_at) where fulfilled_at is null and excused_at is null;

-- Moves with every refresh that changed the ledger: cache keys and live pages follow it.
create table ledger_state (
  only_row boolean primary key default true check (only_row),
  version bigint not null,
  refreshed_at timestamptz not null,
  -- The newest batch and the last day that open_interval and business_day were laid out for.
  calendar_batch bigint not null,
  calendar_until date not null
);
insert into ledger_state (version, refreshed_at, calendar_batch, calendar_until) values (0, '-infinity', 0, '-infinity');

-- The company that uses the product: its name on the page, the zone in which its days, months and quarters begin, its fiscal year.
create table company (
  only_row boolean primary key default true check (only_row),
  name text not null,
  reporting_zone text not null,
  fiscal_kind text not null default 'calendar' check (fiscal_kind in ('calendar', 'shifted', '4-4-5')),
  fiscal_start_month integer not null default 1 check (fiscal_start_month between 1 and 12),
  -- ISO weekday, 1 Monday to 7 Sunday.
  week_starts_on integer not null default 1 check (week_starts_on between 1 and 7),
  check (fiscal_kind <> 'calendar' or fiscal_start_month = 1)
);
insert into company (name, reporting_zone) values ('Your company', 'UTC');

-- An account as the screens show it: one row per customer, without the record's history.
create view customer as
select distinct on (account_id) account_id, source_key, name, segment, region, calendar_key, time_zone
from account
order by account_id, source_key;
create view as_known.customer as
select distinct on (account_id) account_id, source_key, name, segment, region, calendar_key, time_zone
from as_known.account
order by account_id, source_key;
