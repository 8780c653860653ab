-- All that a sample was drawn from, as it was hashed: of communications their keys, of commitments kind, slash and key. With it the sample can
-- be drawn again whatever is learned later. Empty for a sample that was drawn before this was kept.
alter table audit_case add column communication_keys text[] not null default '{}';
alter table audit_case add column commitment_keys text[] not null default '{}';
