/** What the palette can lead to. */
export interface Entry {
  href: string;
  title: string;
  /** A few words after the title. */
  hint: string;
  /** Everything it is found by. */
  names: string;
}

/** A metric as an entry, and as a leg of a comparison. */
export interface Metric extends Entry {
  id: string;
  label: string;
  stored: boolean;
}

interface Index {
  metrics: { id: string; label: string; name: string; category: string; also: string; stored: boolean }[];
  pairs: [string, string, string][];
  pages: [string, string][];
}

export interface Entries {
  metrics: Metric[];
  pairs: Entry[];
  pages: Entry[];
}

let coming: Promise<Entries> | undefined;

/** Asked for once a page. */
export function entries(): Promise<Entries> {
  return (coming ??= fetch("/search/index.json")
    .then((answer) => answer.json() as Promise<Index>)
    .then(read));
}

function read(index: Index): Entries {
  const metrics = index.metrics.map((metric) => ({
    id: metric.id,
    label: metric.label,
    stored: metric.stored,
    href: `/metrics/${metric.id}`,
    title: metric.name,
    hint: metric.stored ? metric.category : `${metric.category}, nothing stored`,
    names: [metric.label, metric.name, metric.id, metric.also, metric.category].join(" "),
  }));
  const byId = new Map(metrics.map((metric) => [metric.id, metric]));
  const pairs = index.pairs.flatMap(([a, b, kind]) => {
    const [one, other] = [byId.get(a), byId.get(b)];
    if (!one || !other) return [];
    const title = `${one.label} vs ${other.label}`;
    return [{ href: `/compare/${a}-vs-${b}`, title, hint: kind, names: `${title} ${one.title} ${other.title} ${a} ${b}` }];
  });
  const pages = index.pages.map(([href, label]) => ({ href, title: label, hint: "page", names: `${label} page` }));
  return { metrics, pairs, pages };
}
