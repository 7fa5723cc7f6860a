/** A page a reader comes back to. */
export interface Place {
  href: string;
  title: string;
}

const RECENT = "convex.recent";
const STARRED = "convex.starred";
const MOST = 12;

/** Pages seen last, the newest first. They never leave the browser. */
export function recent(): Place[] {
  return read(RECENT);
}

export function starred(): Place[] {
  return read(STARRED);
}

export function remember(place: Place): void {
  write(RECENT, [place, ...recent().filter((other) => other.href !== place.href)].slice(0, MOST));
}

export function isStarred(href: string): boolean {
  return starred().some((place) => place.href === href);
}

export function star(place: Place, on: boolean): void {
  const others = starred().filter((other) => other.href !== place.href);
  write(STARRED, on ? [...others, place] : others);
}

/** A reader may have turned storage off, and anything may stand in it. */
export function read<T>(key: string): T[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? (found as T[]) : [];
  } catch {
    return [];
  }
}

export function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Without storage nothing is remembered, and nothing else is lost.
  }
}
