-- A company of @accounts customers with 3 contacts each, 200 people in 20 teams and a working week.
insert into calendar (source_key, occurred_at, known_at, batch_id, position, name, time_zone)
values ('cal', '2000-01-01', '2000-01-01', 1, 1, 'Week', 'Europe/Berlin');
insert into calendar_hours (source_key, occurred_at, known_at, batch_id, position, calendar_key, weekday, opens_minute, closes_minute)
select 'cal/' || d, '2000-01-01', '2000-01-01', 1, d, 'cal', d, 540, 1020 from generate_series(1, 5) d;
insert into team (source_key, occurred_at, known_at, batch_id, position, name)
select 't' || t, '2000-01-01', '2000-01-01', 1, t, 'Team ' || t from generate_series(0, 19) t;
insert into staff (source_key, occurred_at, known_at, batch_id, position, name)
select 's' || s, '2000-01-01', '2000-01-01', 1, s, 'Person ' || s from generate_series(0, 199) s;
insert into team_membership (source_key, occurred_at, known_at, batch_id, position, staff_key, team_key)
select 'm' || s, '2000-01-01', '2000-01-01', 1, s, 's' || s, 't' || s % 20 from generate_series(0, 199) s;
insert into account (account_id, source_key, occurred_at, known_at, batch_id, position, name, calendar_key, segment, region)
select a, 'a' || a, '2000-01-01', '2000-01-01', 1, a, 'Customer ' || a, 'cal', (array['small', 'medium', 'large'])[1 + a / 7 % 3], 'region ' || a % 20 % 4
from generate_series(1, @accounts) a;
insert into account_assignment (account_id, source_key, occurred_at, known_at, batch_id, position, staff_key, role)
select a, 'o' || a, '2000-01-01', '2000-01-01', 1, a, 's' || a % 200, 'owner' from generate_series(1, @accounts) a;
insert into contact (account_id, source_key, occurred_at, known_at, batch_id, position, name, phone, preferred_channel, do_not_contact)
select a, 'c' || a || '-' || c, '2000-01-01', '2000-01-01', 1, a, 'Contact ' || c, '+49 30 ' || a * 10 + c, case c when 1 then 'phone' end, false
from generate_series(1, @accounts) a cross join generate_series(0, 2) c;
