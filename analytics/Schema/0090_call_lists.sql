-- Lists of customers to call because they may leave. Each is a snapshot that never changes: whom it asks to call, and of everybody else
-- who was considered, why not.
create table call_list (
  call_list_id bigint generated always as identity primary key,
  made_at timestamptz not null,
  made_by text not null,
  scoring_id bigint not null references churn_scoring,
  -- Whose customers: a team's or a person's; everybody's when both are null.
  team_key text,
  staff_key text,
  -- How many calls it has room for.
  capacity integer not null check (capacity > 0),
  -- Who heard from us within so many days is left in peace.
  quiet_days integer not null check (quiet_days >= 0),
  -- Whether the schedule makes the next one.
  weekly boolean not null,
  closed_at timestamptz,
  closed_by text,
  check (team_key is null or staff_key is null),
  check ((closed_at is null) = (closed_by is null))
);
create index call_list_by_time on call_list (made_at);

create table call_list_account (
  account_id bigint not null,
  call_list_id bigint not null,
  -- call: to be called; held_out: would have been, and is not, to measure what calling does; suppressed: must not or should not be called;
  -- not_reached: the list was full.
  fate text not null check (fate in ('call', 'held_out', 'suppressed', 'not_reached')),
  -- Why it is suppressed.
  reason text,
  -- Order of calling, from 1.
  place integer,
  -- Of the scoring, which may be forgotten one day.
  probability double precision not null,
  at_stake numeric,
  currency text,
  reasons jsonb not null,
  owner_key text,
  -- Whom to call, and what to know first; of those to be called only, as it was when the list was made.
  contact_key text,
  last_touch_at timestamptz,
  issue_key text,
  promise_key text,
  primary key (account_id, call_list_id),
  check ((fate = 'suppressed') = (reason is not null)),
  check ((fate = 'call') = (place is not null))
);
create index call_list_account_by_list on call_list_account (call_list_id, place);

-- One customer in ten is never put on a list, always the same ones, so that what calling does can be seen.
create function is_held_out(account_key text) returns boolean
language sql immutable parallel safe
return ('x' || left(encode(sha256(convert_to('call list hold-out 1/' || account_key, 'UTF8')), 'hex'), 8))::bit(32)::bigint % 10 = 0;

alter table recorded_outcome drop constraint recorded_outcome_outcome_check;
alter table recorded_outcome add constraint recorded_outcome_outcome_check
  check (outcome in ('called', 'mailed', 'excused', 'nothing_to_offer', 'no_answer', 'left_message'));
