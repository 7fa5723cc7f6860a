/** Buttons that copy what they point at: the text of an element, or of an address. */
export function listenForCopies(page: Document): void {
  page.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-copy]");
    if (button) void copy(button);
  });
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(await textOf(button.dataset.copy!));
    button.textContent = "copied";
  } catch {
    button.textContent = "not copied";
  }
  setTimeout(() => (button.textContent = words), 1500);
}

async function textOf(what: string): Promise<string> {
  if (what === "address") return location.href;
  if (what.startsWith("#")) return document.querySelector(what)?.textContent ?? "";
  const answer = await fetch(what);
  if (!answer.ok) throw new Error(`${what} answered ${answer.status}`);
  return answer.text();
}
