-- One customer under several keys: its facts are stored under one account, and each remembers the account it was stated for.

-- The account a fact was stated for, where that is not the one it is stored under; null where it is. Later facts get it with the template.
alter table fact_template add column stated_as bigint;
do $$
declare
  fact text;
begin
  for fact in
    select v.viewname from pg_views v join pg_tables h on h.schemaname = 'public' and h.tablename = v.viewname || '_history'
    where v.schemaname = 'as_known' and v.viewname <> 'account'
      and exists (select from pg_attribute where attrelid = ('public.' || quote_ident(v.viewname))::regclass and attname = 'account_id')
    order by 1
  loop
    call add_to_fact(fact, 'stated_as bigint');
  end loop;
end $$;

-- Who was found to be whom, since when, by whom and why. While undone_at is null, source_key is a further key of the customer survivor_id.
create table account_merge (
  account_merge_id bigint generated always as identity primary key,
  -- The account that is no customer of its own: the id of source_key, which need not be an account we know.
  account_id bigint not null,
  source_key text not null,
  into_id bigint not null,
  into_key text not null,
  -- Where its facts are: into_id, or whoever that was merged into since.
  survivor_id bigint not null,
  merged_at timestamptz not null,
  merged_by text not null,
  reason text not null,
  -- How sure the match was, 0 to 1; null when a person said so without one.
  score numeric,
  -- Facts that moved with it, and that went back with it.
  facts bigint not null default 0,
  undone_at timestamptz,
  undone_by text,
  undone_reason text,
  facts_back bigint,
  check (account_id <> into_id),
  check ((undone_at is null) = (undone_by is null))
);
create unique index account_merge_standing on account_merge (account_id) where undone_at is null;
create index account_merge_of_survivor on account_merge (survivor_id) where undone_at is null;

-- Accounts that were merged into another, as their source last told of them. They are no customers, so they are not in account.
create table absorbed_account (like account including defaults, primary key (account_id));
create unique index absorbed_account_key on absorbed_account (account_id, source_key);
create table absorbed_account_history (like account_history);
create index absorbed_account_history_key on absorbed_account_history (account_id, source_key, known_to);

-- Every account a source told of, customer or not: what sources are held against.
create view account_record as
select * from account
union all
select * from absorbed_account;

-- Gives accounts one more column, customers or not.
create procedure add_to_account(definition text) language plpgsql as $$
begin
  call add_to_fact('account', definition);
  execute 'alter table absorbed_account add column ' || definition;
  execute 'alter table absorbed_account_history add column ' || definition;
  -- A history ends with known_to, which came before: only the tables of the present have one order.
  create or replace view account_record as
  select * from account
  union all
  select * from absorbed_account;
end $$;
