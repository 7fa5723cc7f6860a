-- What providers were asked, what they answered, and what became of it.
--
-- Instants are microseconds since 1970-01-01 UTC, days are days since 1970-01-01, as in the first schema. The views at
-- the end show them as text.

-- Bodies of answers, compressed with zstd. The same body twice is kept once.
create table bodies (
    id     integer primary key,
    sha256 blob not null unique,      -- of the body before compression
    length integer not null,          -- bytes before compression
    zstd   blob not null
);

-- Every answer that was kept, so that history can be read again by a better parser.
create table payloads (
    id           integer primary key,
    provider     integer not null references providers (key),
    purpose      text not null,       -- 'history', 'quote' or 'vintages'
    since        integer,             -- first day of interest, where not all history was asked for
    method       text not null,
    url          text not null,       -- the provider's own address, without a key
    via          text,                -- the configured base address it was fetched from instead
    request_body text,                -- without a key
    fetched_at   integer not null,
    status       integer not null,
    content_type text,
    failure      text,                -- class of failure; null where the answer was good
    body         integer not null references bodies (id)
);
create index payloads_by_time on payloads (provider, fetched_at);
create index payloads_by_body on payloads (body);

-- The series an answer can hold, by the provider's own names.
create table payload_symbols (
    payload integer not null references payloads (id) on delete cascade,
    symbol  text not null,
    primary key (payload, symbol)
) without rowid;
create index payload_symbols_by_symbol on payload_symbols (symbol, payload);

-- One row a write: what all observations of it share. Observations from before this schema, and those whose provider
-- keeps no answer, name none or one without a payload.
create table writes (
    id         integer primary key,
    provider   integer not null references providers (key),
    adjustment text,                  -- what the provider did to past values: 'none', 'as-traded', 'splits' and so on
    payload    integer references payloads (id),
    at         integer not null
);
create index writes_by_payload on writes (payload) where payload is not null;

alter table observations add column write integer;
alter table series add column write integer;

-- What makes the next request conditional: the answer that was last taken in, by address.
create table validators (
    provider      integer not null references providers (key),
    url           text not null,      -- as fetched, without a key
    etag          text,
    last_modified text,
    payload       integer not null references payloads (id) on delete cascade,
    at            integer not null,
    primary key (provider, url)
) without rowid;
create index validators_by_payload on validators (payload);

-- Requests of the last hour, one row each, so that a limit for any second, minute or hour holds exactly.
create table spent_lately (
    id       integer primary key,
    provider integer not null references providers (key),
    at       integer not null
);
create index spent_lately_by_time on spent_lately (provider, at);

-- Requests since the beginning of a day or month.
create table spent (
    provider integer not null references providers (key),
    span     text not null,           -- 'day' or 'month'
    start    integer not null,
    requests integer not null,
    primary key (provider, span, start)
) without rowid;

-- How asking goes, a row for each series of a provider.
create table attempts (
    provider     integer not null references providers (key),
    symbol       text not null,
    purpose      text not null,
    last_attempt integer not null,
    last_success integer,
    failures     integer not null,    -- in a row; 0 after a success
    since        integer,             -- when the first of them was
    class        text,                -- of the last failure
    words        text,
    not_before   integer,             -- when asking again may help
    primary key (provider, symbol, purpose)
) without rowid;

-- How requests ended, counted by day (UTC) and class; 'ok' and 'not-modified' are successes.
create table outcomes (
    provider integer not null references providers (key),
    day      integer not null,
    class    text not null,
    requests integer not null,
    primary key (provider, day, class)
) without rowid;

-- Providers that are left alone until an instant, by their own word or because they turned us away.
create table pauses (
    provider integer primary key references providers (key),
    until    integer not null,
    class    text not null,
    words    text not null,
    failures integer not null         -- in a row
);

-- Values that were not believed. A released one has become an observation.
create table quarantine (
    id         integer primary key,
    series     text not null,
    day        integer not null,
    value      real not null,
    provider   integer not null references providers (key),
    adjustment text,
    payload    integer references payloads (id),
    reason     text not null,         -- a word
    words      text not null,         -- a sentence
    found_at   integer not null,
    state      text not null check (state in ('held', 'released', 'dismissed')),
    decided_at integer,
    unique (series, day, value, provider)
);
create index quarantine_by_state on quarantine (state, series, day);
create index quarantine_by_payload on quarantine (payload) where payload is not null;

-- Changes of the provider that a series comes from.
create table switches (
    id            integer primary key,
    series        text not null,
    at            integer not null,
    from_provider integer references providers (key),
    to_provider   integer not null references providers (key),
    reason        text not null
);
create index switches_by_series on switches (series, at);

-- Where a second provider says something else. One open row a series and provider.
create table disagreements (
    id          integer primary key,
    series      text not null,
    provider    integer not null references providers (key),
    found_at    integer not null,
    checked_at  integer not null,
    compared    integer not null,     -- days both have
    differing   integer not null,     -- of them beyond tolerance
    worst_day   integer not null,
    value       real not null,        -- ours on that day
    other       real not null,        -- theirs
    tolerance   real not null,
    resolved_at integer
);
create unique index disagreements_open on disagreements (series, provider) where resolved_at is null;

-- Values within the day. What is old goes when new ones come.
create table quotes (
    series          text not null,
    at              integer not null, -- when it was true, by the provider's word
    value           real not null,
    provider        integer not null references providers (key),
    received        integer not null,
    delayed_minutes integer not null,
    primary key (series, at)
) without rowid;

-- Who does a piece of work that only one process may do.
create table leases (
    name   text primary key,
    holder text not null,
    until  integer not null
) without rowid;

drop view observations_latest;
drop view observations_history;

-- Everything that ever was known, revised values included.
create view observations_history as
select o.series,
       date(o.day * 86400, 'unixepoch') as day,
       o.value,
       strftime('%Y-%m-%dT%H:%M:%fZ', o.known_from / 1e6, 'unixepoch') as known_from,
       p.name as provider,
       w.adjustment,
       w.payload
from observations o
join providers p on p.key = o.provider
left join writes w on w.id = o.write;

-- What is known now:  select day, value from observations_latest where series = 'dia' order by day;
create view observations_latest as
select o.series,
       date(o.day * 86400, 'unixepoch') as day,
       o.value,
       strftime('%Y-%m-%dT%H:%M:%fZ', o.known_from / 1e6, 'unixepoch') as known_from,
       p.name as provider,
       w.adjustment,
       w.payload
from observations o
join providers p on p.key = o.provider
left join writes w on w.id = o.write
where not exists (
    select 1 from observations later
    where later.series = o.series and later.day = o.day and later.known_from > o.known_from
);

-- Answers that were kept:  select * from answers where provider = 'fred' order by fetched_at;
create view answers as
select a.id,
       p.name as provider,
       a.purpose,
       (select group_concat(s.symbol, ', ') from payload_symbols s where s.payload = a.id) as symbols,
       strftime('%Y-%m-%dT%H:%M:%fZ', a.fetched_at / 1e6, 'unixepoch') as fetched_at,
       a.method,
       a.url,
       a.status,
       a.failure,
       b.length,
       lower(hex(b.sha256)) as sha256
from payloads a
join providers p on p.key = a.provider
join bodies b on b.id = a.body;
