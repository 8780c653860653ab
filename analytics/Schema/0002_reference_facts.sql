-- Reference facts: small, shared by all accounts.

create table staff (
  like reference_template including all,
  name text not null,
  email text,
  title text,
  manager_key text,
  ended_at timestamptz,
  primary key (source_key)
);
call keep_history('staff');

create table team (
  like reference_template including all,
  name text not null,
  region text,
  unit text,
  lead_key text,
  primary key (source_key)
);
call keep_history('team');

create table team_membership (
  like reference_template including all,
  staff_key text not null,
  team_key text not null,
  ended_at timestamptz,
  primary key (source_key)
);
call keep_history('team_membership');

create table calendar (
  like reference_template including all,
  name text not null,
  time_zone text not null,
  primary key (source_key)
);
call keep_history('calendar');

create table calendar_hours (
  like reference_template including all,
  calendar_key text not null,
  weekday integer not null,
  opens_minute integer not null,
  closes_minute integer not null,
  valid_from date,
  valid_to date,
  primary key (source_key)
);
call keep_history('calendar_hours');

create table special_day (
  like reference_template including all,
  calendar_key text not null,
  day date not null,
  name text,
  opens_minute integer,
  closes_minute integer,
  primary key (source_key)
);
call keep_history('special_day');

create table fx_rate (
  like reference_template including all,
  currency text not null,
  quote_currency text not null,
  rate numeric not null,
  day date not null,
  primary key (source_key)
);
call keep_history('fx_rate');
