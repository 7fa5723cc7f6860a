/** `/` and Ctrl-K (or Command-K) bring the reader to the search field. */
export function listenForSearchKeys(page: Document): void {
  page.addEventListener("keydown", (event) => {
    const field = page.querySelector<HTMLInputElement>("input[type=search]");
    if (!field || !asksForSearch(event)) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}

function asksForSearch(event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() === "k") return event.ctrlKey || event.metaKey;
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return false;
  // A slash typed into a field stays a slash.
  const at = event.target as HTMLElement | null;
  return !at?.closest("input, textarea, select, [contenteditable]");
}
