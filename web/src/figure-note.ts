/** Selecting a figure says what stands behind it: method, sample, dates, its name, and the command that prints it again. */
export function listenForFigures(page: Document): void {
  const note = page.createElement("div");
  note.className = "note";
  note.popover = "auto";
  note.setAttribute("role", "dialog");
  note.setAttribute("aria-label", "What stands behind this figure");
  page.addEventListener("click", (event) => {
    const figure = (event.target as Element).closest<HTMLElement>("main [data-figure]");
    if (!figure || figure.closest("a, summary, button") || !page.getSelection()?.isCollapsed) return;
    if (!note.isConnected) page.body.append(note);
    note.replaceChildren(...parts(figure));
    note.showPopover();
    place(note, figure);
  });
}

function parts(figure: HTMLElement): HTMLElement[] {
  const name = figure.dataset.figure!;
  const head = text("b", figure.textContent?.trim() ?? "");
  const behind = figure.title.endsWith(`; ${name}`) ? figure.title.slice(0, -name.length - 2) : figure.title;
  const said = [head, ...behind.split("; ").map((line) => text("p", line)), text("code", name)];
  const pair = figure.dataset.pair ?? /^\/compare\/([^/]+)/.exec(location.pathname)?.[1];
  if (pair && !figure.dataset.metric) {
    const day = new URLSearchParams(location.search).get("as_of");
    const command = text("code", `convex figure ${pair} ${name}${day ? ` --as-of ${day}` : ""}`);
    command.id = "figure-command";
    const copy = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: "copy" });
    copy.dataset.copy = "#figure-command";
    const line = text("p", "");
    line.append(command, " ", copy);
    said.push(line);
  }
  const exact = figure.getAttribute("value");
  if (exact) said.splice(1, 0, text("p", `in full ${exact}`));
  return said;
}

/** Under the figure, above it where there is no room, and always inside the window. */
function place(note: HTMLElement, figure: HTMLElement): void {
  const at = figure.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = note;
  const below = at.bottom + 6 + height < innerHeight;
  note.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  note.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - height - 6)}px`;
}

function text(tag: string, words: string): HTMLElement {
  return Object.assign(document.createElement(tag), { textContent: words });
}
