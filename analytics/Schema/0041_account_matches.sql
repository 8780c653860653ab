-- What tells that two accounts are one customer, and what was found.

call add_to_account('tax_id text');
call add_to_account('website text');
call add_to_account('email text');
call add_to_account('external_ids text');
call add_to_account('street text');
call add_to_account('postal_code text');
call add_to_account('city text');

-- By which customers can meet: the same value of a kind makes two of them worth comparing. account_id is the survivor's.
create table account_key (
  account_id bigint not null,
  kind text not null,
  value text not null,
  primary key (kind, value, account_id)
);
create index account_key_of_account on account_key (account_id);

-- Accounts whose record or contacts changed since they were last compared.
create table match_due (
  account_id bigint primary key
);
insert into match_due select account_id from account;

-- Two customers that may be one, by ids in ascending order. evidence is what speaks for it (+) and against it (-), in words.
create table account_match (
  account_match_id bigint generated always as identity primary key,
  one_id bigint not null,
  one_key text not null,
  other_id bigint not null,
  other_key text not null,
  -- 0 to 1.
  score numeric not null,
  -- Null where two were parted by hand and not compared since.
  evidence text[],
  -- waiting for a decision, merged, or rejected: then only other evidence brings it back.
  state text not null check (state in ('waiting', 'merged', 'rejected')),
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  unique (one_id, other_id),
  check (one_id < other_id)
);
create index account_match_waiting on account_match (score desc) where state = 'waiting';
create index account_match_of_other on account_match (other_id);
