-- Costs, the calendar promised at a time, reviews, audits and survey calendars.

-- Gives a fact, its history and its as-known view one more column. Rows that are there already get the column's default.
create procedure add_to_fact(fact text, definition text) language plpgsql as $$
declare
  columns text;
begin
  execute format('alter table %I add column %s', fact, definition);
  execute format('alter table %I add column %s', fact || '_history', definition);
  -- In the view's own order, which may only grow at its end.
  columns := (select string_agg(quote_ident(attname), ', ' order by attnum)
              from pg_attribute where attrelid = fact::regclass and attnum > 0 and not attisdropped);
  execute format($view$
    create or replace view as_known.%1$I as
    select %2$s from public.%1$I
    where known_at <= current_setting('followthrough.known_as_of')::timestamptz
    union all
    select %2$s from public.%3$I
    where known_at <= current_setting('followthrough.known_as_of')::timestamptz
      and known_to > current_setting('followthrough.known_as_of')::timestamptz
    $view$, fact, columns, fact || '_history');
end $$;

call add_to_fact('account', 'anonymous boolean not null default false');
call add_to_fact('milestone_baseline', 'planned_cost numeric');

create table cost_entry (
  like fact_template including all,
  project_key text not null,
  milestone_key text,
  staff_key text,
  hours numeric,
  amount numeric not null,
  currency text not null,
  description text,
  primary key (account_id, source_key)
);
call keep_history('cost_entry');

create table account_calendar (
  like fact_template including all,
  calendar_key text not null,
  ended_at timestamptz,
  primary key (account_id, source_key)
);
call keep_history('account_calendar');

create table communication_review (
  like fact_template including all,
  interaction_key text not null,
  staff_key text not null,
  reviewer_key text not null,
  passed boolean,
  empty_interim boolean,
  comment text,
  primary key (account_id, source_key)
);
call keep_history('communication_review');

create table project_audit (
  like fact_template including all,
  project_key text not null,
  quarter date not null,
  auditor_key text not null,
  auditor_unit text,
  signed_off_at timestamptz,
  rating text,
  summary text,
  primary key (account_id, source_key)
);
call keep_history('project_audit');

create table survey_schedule (
  like fact_template including all,
  contact_key text,
  instrument text not null,
  interval_days integer not null,
  ended_at timestamptz,
  primary key (account_id, source_key)
);
call keep_history('survey_schedule');

-- ISO 4217 code in which the company reports; null until it is set.
alter table company add column currency text;

-- The calendar promised to an account, as stretches [from_at, to_at) without a gap: what was stated for a time, else the account's own.
-- calendar_key and time_zone are null where none is promised or the calendar is unknown. One stretch covers any moment of a known account.
-- The names stand without their schema on purpose: in a transaction that asks for an earlier moment they mean what was known then.
create function promised_calendars(account bigint) returns table (calendar_key text, time_zone text, from_at timestamptz, to_at timestamptz)
language sql stable parallel restricted as $$
  with stated as (
    select c.calendar_key, c.occurred_at as begins_at,
      greatest(c.occurred_at, least(c.ended_at, lead(c.occurred_at) over (order by c.occurred_at, c.source_key), 'infinity')) as ends_at
    from account_calendar c
    where c.account_id = account and not c.deleted
  ),
  gaps as (
    select ends_at as begins_at, lead(begins_at, 1, 'infinity') over (order by begins_at, ends_at) as ends_at from stated
    union all
    select '-infinity', coalesce(min(begins_at), 'infinity') from stated
  ),
  own as (
    select a.calendar_key from account a where a.account_id = account order by a.source_key limit 1
  ),
  stretches as (
    select * from stated
    union all
    select own.calendar_key, gaps.begins_at, gaps.ends_at from own cross join gaps
  )
  select k.source_key, k.time_zone, s.begins_at, s.ends_at
  from stretches s
  left join calendar k on k.source_key = s.calendar_key and not k.deleted
  where s.begins_at < s.ends_at
$$;
