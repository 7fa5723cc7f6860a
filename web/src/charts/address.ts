/** Names in an address that say what the charts show. */
const OF_CHARTS = ["range", "from", "to", "window", "basis", "scale"];

/** The address with other days. */
export function withDays(address: URL, from: string, to: string): URL {
  const changed = new URL(address);
  changed.searchParams.delete("range");
  changed.searchParams.set("from", from);
  changed.searchParams.set("to", to);
  changed.hash = "";
  return changed;
}

/** The address with the usual days. */
export function withoutDays(address: URL): URL {
  const changed = new URL(address);
  for (const name of ["range", "from", "to"]) changed.searchParams.delete(name);
  changed.hash = "";
  return changed;
}

/** Where the block of charts of a page is found by itself. */
export function blockAddress(page: URL): string {
  return `${page.pathname}/charts${page.search}`;
}

/** Links and forms beside the charts lead on with the choices made since the page came. */
export function carryOn(page: URL): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-carries]")) {
    const target = new URL(link.href);
    for (const name of OF_CHARTS) {
      const value = page.searchParams.get(name);
      if (value === null) target.searchParams.delete(name);
      else target.searchParams.set(name, value);
    }
    link.href = target.pathname + target.search + target.hash;
  }
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-carries]")) {
    for (const field of form.querySelectorAll("input[type=hidden]")) {
      if (OF_CHARTS.includes(field.getAttribute("name") ?? "")) field.remove();
    }
    for (const name of OF_CHARTS) {
      const value = page.searchParams.get(name);
      if (value !== null) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
  }
}
