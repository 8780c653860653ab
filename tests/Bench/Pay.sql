-- The company's customers are shared out to @people people in teams of 50, whom one plan pays. Each customer was also promised something
-- and invoiced once, so that the plan's other lines have something to measure.
insert into team (source_key, occurred_at, known_at, batch_id, position, name)
select 'p' || t, '2000-01-01', '2000-01-01', 1, t, 'Paid team ' || t from generate_series(0, (@people - 1) / 50) t;
insert into staff (source_key, occurred_at, known_at, batch_id, position, name)
select 's' || s, '2000-01-01', '2000-01-01', 1, s, 'Person ' || s from generate_series(200, @people - 1) s;
update team_membership set team_key = 'p' || position / 50;
insert into team_membership (source_key, occurred_at, known_at, batch_id, position, staff_key, team_key)
select 'm' || s, '2000-01-01', '2000-01-01', 1, s, 's' || s, 'p' || s / 50 from generate_series(200, @people - 1) s;
update account_assignment set staff_key = 's' || account_id % @people where role = 'owner';
insert into promise (account_id, source_key, occurred_at, known_at, batch_id, position, content, owner_key, due_at)
select account_id, 'pr' || account_id, '2026-02-02 09:00+00', '2026-02-02 09:00+00', 1, account_id, 'A call', 's' || account_id % @people, '2026-02-20 09:00+00' from account;
insert into deal (account_id, source_key, occurred_at, known_at, batch_id, position, name, owner_key, amount, currency, won_at)
select account_id, 'd' || account_id, '2026-01-05', '2026-01-05', 1, account_id, 'Deal', 's' || account_id % @people, 1000 + account_id % 997, 'EUR', '2026-03-01 09:00+00' from account;
insert into pay_member (plan_id, staff_key, from_day, incentive, recorded_at, recorded_by)
select 'bench', 's' || s, '2025-01-01', 4000 + s % 977, '2025-01-01', 'bench' from generate_series(0, @people - 1) s;
analyze team, staff, team_membership, account_assignment, promise, deal, pay_member
