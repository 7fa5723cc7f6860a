-- How series are supplied: what a provider has ceased to give, and failures that are over.

-- Series of which a provider gives less history than is kept here. A row goes when the provider gives all of it again.
create table shortfalls (
    series     text not null,
    provider   integer not null references providers (key),
    kept_from  integer not null,      -- first day kept
    given_from integer not null,      -- first day still given
    found_at   integer not null,
    checked_at integer not null,
    primary key (series, provider)
) without rowid;

-- The last failure of each series of a provider, also after it is over.
alter table attempts add column last_failure integer;
alter table attempts add column last_class text;
update attempts set last_failure = last_attempt, last_class = class where class is not null;
