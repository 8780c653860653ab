-- What was aimed at, what people and teams scored by it, and who came back: part of an edition from now on. Editions written before have none
-- of it; their heads say which lines they are sealed with.

create table edition_target (
  edition_id bigint not null references edition deferrable initially deferred,
  metric text not null,
  -- Whose; the catalogue's own is what counted where nobody had set another.
  scope text not null check (scope in ('catalogue', 'company', 'team', 'staff')),
  key text,
  -- Days [from_day, to_day) it was in force; null for no beginning and no end.
  from_day date,
  to_day date,
  -- In the metric's unit as people write it: shares in percent.
  threshold numeric,
  target numeric not null,
  stretch numeric,
  check ((scope in ('team', 'staff')) = (key is not null)),
  unique nulls not distinct (edition_id, metric, scope, key, from_day)
);

-- Who was in which team during the quarter: by that a person's target may be his team's.
create table edition_member (
  edition_id bigint not null references edition deferrable initially deferred,
  staff_key text not null,
  team_key text not null,
  from_day date not null,
  to_day date,
  primary key (edition_id, staff_key, from_day)
);

-- Scorecards worked out from the edition's own figures, a person or a team each.
create table edition_score (
  edition_id bigint not null references edition deferrable initially deferred,
  staff_key text,
  team_key text,
  scorecard text not null,
  version integer not null,
  name text not null,
  -- The team whose figures stand in for a person's; null for teams, and for who is in none.
  stand_in text,
  -- As JSON: the total with its interval, and each line with metric, weight, figures, target and points.
  result text not null,
  check ((staff_key is null) <> (team_key is null)),
  unique nulls not distinct (edition_id, staff_key, team_key)
);

-- How many of those who first ordered in a month or quarter had ordered again, within so many steps of it.
create table edition_cohort (
  edition_id bigint not null references edition deferrable initially deferred,
  unit text not null check (unit in ('month', 'quarter')),
  starts date not null,
  customers bigint not null check (customers > 0),
  -- Within one step, two steps and so on; null until all of the cohort is that old.
  again bigint[] not null,
  primary key (edition_id, unit, starts)
);

do $$
declare
  name text;
begin
  foreach name in array array['edition_target', 'edition_member', 'edition_score', 'edition_cohort']
  loop
    execute format('create trigger %I before update or delete or truncate on %I for each statement execute function refuse_change()', name || '_stands', name);
  end loop;
end $$;

alter view edition_line rename to edition_line_of_figures;
create view edition_line as
select edition_id, file, line from edition_line_of_figures
union all
select edition_id, 'targets', json_build_object('metric', metric, 'scope', scope, 'key', key, 'from', from_day, 'to', to_day, 'threshold', threshold::text,
  'target', target::text, 'stretch', stretch::text)::text
from edition_target
union all
select edition_id, 'members', json_build_object('staff', staff_key, 'team', team_key, 'from', from_day, 'to', to_day)::text from edition_member
union all
select edition_id, 'scorecards', json_build_object('staff', staff_key, 'team', team_key, 'scorecard', scorecard, 'version', version, 'name', name,
  'stand_in', stand_in, 'result', result)::text
from edition_score
union all
select edition_id, 'cohorts', json_build_object('unit', unit, 'starts', starts, 'customers', customers, 'again', again)::text from edition_cohort;
