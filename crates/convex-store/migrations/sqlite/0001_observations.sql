-- Observations of series, append-only.
--
-- For your own questions start with the views at the end of this file: they show dates and instants as text and
-- providers by name. Everything here may be read while convex runs; leave the writing to convex.

-- Marks the file as one of convex's.
pragma application_id = 1129732145;

-- Who supplied values. Rows of `observations` hold the number, which keeps them small.
create table providers (
    key     integer primary key,
    name    text not null unique
);

-- One row a series. All columns but `id` and `created` follow from `observations` and are written in the same
-- transaction, so that a list of series never has to count rows.
create table series (
    id         text primary key,      -- 'dia' holds prices, 'dia.tr' the same with payouts added back
    created    integer not null,      -- microseconds since 1970-01-01 UTC
    version    integer not null,      -- grows with every change of any series, never used twice in this database
    n          integer not null,      -- days that have a value
    first_day  integer not null,      -- days since 1970-01-01
    last_day   integer not null,
    changed_at integer not null,      -- the latest known_from, in microseconds
    provider   integer not null references providers (key)   -- who supplied that change
) without rowid;

-- What was known, and from when. A revised value is a new row with a later `known_from`; no row is ever changed.
-- There is no foreign key to `series`: it would be looked up once for every row, and `convex doctor` checks the same.
create table observations (
    series     text not null,
    day        integer not null,      -- days since 1970-01-01
    known_from integer not null,      -- when this database learned the value: microseconds since 1970-01-01 UTC
    value      real not null,
    provider   integer not null,
    primary key (series, day, known_from)
) without rowid;

create trigger observations_are_append_only before update on observations
begin
    select raise(abort, 'observations are append-only: add a row with a later known_from');
end;

-- The latest state of each series in one piece, for speed; says nothing that `observations` does not.
create table packed (
    series text primary key,
    bytes  blob not null
);

-- The last version given out.
create table counters (
    name  text primary key,
    value integer not null
) without rowid;
insert into counters (name, value) values ('version', 0);

-- What is known now:  select day, value from observations_latest where series = 'dia' order by day;
create view observations_latest as
select o.series,
       date(o.day * 86400, 'unixepoch') as day,
       o.value,
       strftime('%Y-%m-%dT%H:%M:%fZ', o.known_from / 1e6, 'unixepoch') as known_from,
       p.name as provider
from observations o
join providers p on p.key = o.provider
where not exists (
    select 1 from observations later
    where later.series = o.series and later.day = o.day and later.known_from > o.known_from
);

-- Everything that ever was known, revised values included, in the same columns.
create view observations_history as
select o.series,
       date(o.day * 86400, 'unixepoch') as day,
       o.value,
       strftime('%Y-%m-%dT%H:%M:%fZ', o.known_from / 1e6, 'unixepoch') as known_from,
       p.name as provider
from observations o
join providers p on p.key = o.provider;
