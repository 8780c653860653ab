-- What people are paid for: plans as they were written, who is paid by them, and who shares an account's volumes. Nothing here is
-- changed in place: a plan gets a new version, a membership or a split another row, and the row it replaces says when and by whom.

-- Grain: one row per version of a plan. In force on a day is, of the versions from that day or earlier, the latest from_day's newest.
create table pay_plan (
  plan_id text not null check (plan_id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  version integer not null check (version > 0),
  -- YAML, as it was signed.
  document text not null,
  -- SHA-256 of the document, in lower-case hexadecimal.
  hash text not null,
  from_day date not null,
  made_at timestamptz not null,
  made_by text not null,
  reason text not null check (reason <> ''),
  primary key (plan_id, version)
);

create table pay_member (
  member_id bigint generated always as identity primary key,
  plan_id text not null,
  staff_key text not null,
  from_day date not null,
  -- First day he is not in it any more; null while nobody has said.
  to_day date,
  -- Target incentive of a whole period, in the plan's currency; null for the plan's own.
  incentive numeric check (incentive >= 0),
  recorded_at timestamptz not null,
  recorded_by text not null,
  replaced_at timestamptz,
  replaced_by text,
  check (to_day > from_day),
  check ((replaced_at is null) = (replaced_by is null))
);
create index pay_member_by_plan on pay_member (plan_id) where replaced_at is null;
create index pay_member_by_staff on pay_member (staff_key) where replaced_at is null;

-- Shares of an account's volumes. Those that are no overlay add up to 1 for each account and day; an overlay comes on top.
create table credit_split (
  split_id bigint generated always as identity primary key,
  account_key text not null,
  staff_key text not null,
  share numeric not null check (share > 0 and share <= 1),
  overlay boolean not null,
  from_day date not null,
  to_day date,
  recorded_at timestamptz not null,
  recorded_by text not null,
  replaced_at timestamptz,
  replaced_by text,
  check (to_day > from_day),
  check ((replaced_at is null) = (replaced_by is null))
);
create index credit_split_by_account on credit_split (account_key) where replaced_at is null;
