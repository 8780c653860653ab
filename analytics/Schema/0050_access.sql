-- Who sees what: the person a user is, the teams a manager answers for, and a log of what was seen, taken away and changed.

-- The person in the facts whose own record a user may see; null when nobody has said.
alter table app_user add staff_key text;
-- IANA zone in which the user reads times; null for the company's.
alter table app_user add time_zone text;
-- Set while the user may not sign in; whoever is in then is out with the next request.
alter table app_user add disabled_at timestamptz;

-- The teams whose figures a user with the role manager sees.
create table app_user_team (
  user_id uuid not null references app_user on delete cascade,
  team_key text not null,
  primary key (user_id, team_key)
);

-- Who exported, changed or looked at what needs a reason. Rows are added and never changed.
create table access_log (
  access_log_id bigint generated always as identity primary key,
  at timestamptz not null,
  -- The user's name as it was then; token:<name> for a program.
  who text not null,
  action text not null,
  subject text not null,
  -- For changes: what it was before and after, as text; null where there is none.
  before text,
  after text
);
create index access_log_latest on access_log (at desc);
create index access_log_by_who on access_log (who, at desc);
