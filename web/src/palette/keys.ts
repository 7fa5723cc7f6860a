type Opened = import("./index").Palette;

let coming: Promise<Opened> | undefined;
const palette = () => (coming ??= import("./index").then(({ Palette }) => new Palette()));

/** `/`, Ctrl-K (or Command-K), a press on the search field, and every “compare with …” open the palette. */
export function listenForPalette(page: Document): void {
  page.addEventListener("keydown", (event) => {
    if (!asksForSearch(event)) return;
    event.preventDefault();
    void palette().then((opened) => opened.open(""));
  });
  page.addEventListener("click", (event) => {
    const asks = (event.target as Element).closest<HTMLElement>("input#q, [data-compare-with]");
    if (!asks) return;
    event.preventDefault();
    const text = asks instanceof HTMLInputElement ? asks.value : "";
    asks.blur();
    void palette().then((opened) => opened.open(text, asks.dataset.compareWith));
  });
}

function asksForSearch(event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() === "k") return event.ctrlKey || event.metaKey;
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return false;
  // A slash typed into a field stays a slash.
  const at = event.target as HTMLElement | null;
  return !at?.closest("input, textarea, select, [contenteditable]");
}
