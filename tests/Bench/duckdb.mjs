// node duckdb.mjs MODULES FACTS.csv ANSWER.csv: computes the respond commitments in DuckDB and prints the seconds it took, loading excluded.
import { createRequire } from "node:module";

const [modules, facts, answer] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(modules + "/")("@duckdb/node-api");
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const run = (sql) => connection.run(sql);

await run("set timezone = 'UTC'");
await run(`create table interaction as select * from read_csv('${facts}', header = true, nullstr = '', columns = {
  account_id: 'BIGINT', source_key: 'VARCHAR', occurred_at: 'TIMESTAMP', direction: 'VARCHAR', kind: 'VARCHAR', contact_key: 'VARCHAR',
  thread_key: 'VARCHAR', automatic: 'BOOLEAN', bulk: 'BOOLEAN', to_bot: 'BOOLEAN', connected: 'BOOLEAN', duration_seconds: 'INTEGER', missed_reason: 'VARCHAR'})`);

const seconds = [];
for (let i = 0; i < 3; i++) {
  await run("drop table if exists answer");
  const started = process.hrtime.bigint();
  await run(`
create table answer as
with contacts as (
  select account_id, coalesce(contact_key, thread_key, '') as party, source_key, occurred_at, thread_key,
    case
      when automatic or bulk then null
      when kind = 'hand_off' then 'hand_off'
      when kind = 'reopened' then 'reopened'
      when direction = 'inbound' and to_bot then 'bot'
      when direction = 'inbound' and kind in ('message', 'voicemail') then 'asks'
      when direction = 'inbound' and kind = 'call' and connected is not true
        and (missed_reason is null or missed_reason not in ('short_abandoned', 'blocked', 'number_withheld')) then 'asks'
      when direction <> 'internal' and (kind = 'meeting' or (direction = 'outbound' and (kind in ('message', 'voicemail')
        or (kind = 'call' and connected and duration_seconds >= 30)))) then 'answers'
    end as role
  from interaction
),
own_answers as (
  select * from contacts where role = 'answers'
),
in_thread as (
  select account_id, thread_key, coalesce(contact_key, thread_key, '') as party, min(occurred_at) as since
  from interaction
  where direction = 'inbound' and thread_key is not null and not automatic and not bulk
  group by 1, 2, 3
),
steps as (
  select account_id, party, source_key, occurred_at, role from contacts where role in ('asks', 'bot', 'hand_off', 'reopened')
  union all
  select account_id, party, source_key, occurred_at, role from own_answers
  union all
  select o.account_id, t.party, o.source_key, o.occurred_at, o.role
  from own_answers o join in_thread t on t.account_id = o.account_id and t.thread_key = o.thread_key
  where t.party <> o.party and t.since <= o.occurred_at
),
islands as (
  select *, count(*) filter (where role = 'answers') over (
    partition by account_id, party order by occurred_at, role = 'answers', source_key rows between unbounded preceding and 1 preceding) as island
  from steps
),
in_island as (
  select *,
    max(occurred_at) filter (where role in ('hand_off', 'reopened')) over whole as last_hand_off_at,
    count(*) filter (where role = 'asks') over whole as asks,
    max(occurred_at) filter (where role = 'answers') over whole as fulfilled_at,
    max(source_key) filter (where role = 'answers') over whole as fulfilled_by_key,
    count(*) filter (where role in ('asks', 'hand_off')) over (
      partition by account_id, party, island order by occurred_at, role = 'answers', source_key rows unbounded preceding) as openings
  from islands
  window whole as (partition by account_id, party, island)
)
select account_id, source_key as commitment_key, case role when 'asks' then occurred_at else last_hand_off_at end as opened_at,
  fulfilled_at, fulfilled_by_key, asks - case role when 'asks' then 1 else 0 end as reminders
from in_island
where role in ('asks', 'hand_off') and openings = 1`);
  seconds.push(Number(process.hrtime.bigint() - started) / 1e9);
}
await run(`copy answer to '${answer}' (header false, nullstr '')`);
console.log(seconds.join(" "));
