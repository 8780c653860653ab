-- How far each partition of an event stream is in, and who may move it. The broker keeps no offsets of ours: they commit with the facts.
create table stream_offset (
  topic text not null,
  partition integer not null,
  -- The next offset to read; null before the first batch, which begins with the earliest there is.
  next_offset bigint,
  -- Where the partition ended at the broker when the last batch went in; null when it was not known.
  end_offset bigint,
  -- Counts the times somebody accepted that offsets were lost: offsets of different epochs are not comparable.
  epoch integer not null default 1,
  -- Raised by whoever takes the partition over: a batch of an earlier owner does not go in any more.
  fence bigint not null,
  owner text not null,
  -- Unreadable messages in a row, up to the last batch: too many of them stop the stream.
  unreadable_run bigint not null default 0,
  taken_at timestamptz not null,
  moved_at timestamptz,
  primary key (topic, partition)
);

-- What the broker no longer had when it was due. While one is open its partition is not read.
create table stream_gap (
  topic text not null,
  partition integer not null,
  epoch integer not null,
  expected_offset bigint not null,
  -- What the broker had instead: [low_offset, high_offset); null when it could not say.
  low_offset bigint,
  high_offset bigint,
  noticed_at timestamptz not null,
  -- When somebody accepted the loss; reading then goes on with the earliest there is.
  accepted_at timestamptz,
  primary key (topic, partition, epoch)
);

-- The range of a stream that a batch is; null for files. Both offsets are in it.
alter table batch
  add column topic text,
  add column partition integer,
  add column epoch integer,
  add column first_offset bigint,
  add column last_offset bigint;
create unique index batch_by_range on batch (topic, partition, epoch, first_offset) where topic is not null;

-- Offset of the message that held the record; null for files. Topic and partition are the batch's.
alter table quarantine add column stream_offset bigint;
