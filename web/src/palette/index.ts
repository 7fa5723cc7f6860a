import { recent, starred } from "../yours/store";
import { type Entry, type Metric, entries } from "./entries";
import { find, findPartner } from "./find";

/** The search palette: a dialog with a field and a list that answers while one types. */
export class Palette {
  private readonly dialog = document.createElement("dialog");
  private readonly field = document.createElement("input");
  private readonly list = document.createElement("ul");
  private readonly note = document.createElement("p");
  private shown: Entry[] = [];
  private at = 0;
  private first: Metric | undefined;

  constructor() {
    this.dialog.className = "palette";
    this.dialog.setAttribute("aria-label", "Find a metric, a comparison or a page");
    Object.assign(this.field, { type: "search", autocomplete: "off", spellcheck: false, maxLength: 120 });
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": "palette-list",
      "aria-autocomplete": "list",
      "aria-label": "Find a metric, a comparison or a page",
    }))
      this.field.setAttribute(name, value);
    this.list.id = "palette-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Found");
    this.note.className = "hint";
    this.note.setAttribute("aria-live", "polite");
    this.dialog.append(this.field, this.list, this.note);
    document.body.append(this.dialog);
    this.field.addEventListener("input", () => void this.answer());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("pointermove", (event) => this.pick(event.target as Element));
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
  }

  /** Opens with a text in the field; with a metric given, what is found is compared with it. */
  open(text: string, compareWith?: string): void {
    if (!this.dialog.open) this.dialog.showModal();
    this.field.value = text;
    this.field.select();
    void entries().then((all) => {
      this.first = all.metrics.find((metric) => metric.id === compareWith);
      this.field.placeholder = this.first ? `Compare ${this.first.label} with …` : "gold vs iwm, 10-year yield, methods …";
      void this.answer();
    });
  }

  private async answer(): Promise<void> {
    const all = await entries();
    const typed = this.field.value;
    const yours = () => [
      ...starred().map((page) => ({ ...page, hint: "starred", names: "" })),
      ...recent().map((page) => ({ ...page, hint: "recent", names: "" })),
    ];
    this.shown = this.first ? findPartner(all, this.first, typed) : typed.trim() === "" ? unique([...yours(), ...all.pairs]).slice(0, 9) : find(all, typed);
    this.at = 0;
    this.list.replaceChildren(...this.shown.map((entry, at) => option(entry, at)));
    this.note.textContent = this.shown.length === 0 ? "Nothing of that name. Two names with “vs” between them are compared." : "";
    this.mark();
  }

  private key(event: KeyboardEvent): void {
    const count = this.shown.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (count > 0) this.at = (this.at + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      this.mark();
    } else if (event.key === "Escape") {
      // A search field would only empty itself.
      event.preventDefault();
      this.dialog.close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const entry = this.shown[this.at];
      // What is not found here may be known to the server: a series that came in a moment ago.
      const href = entry?.href ?? `/search?q=${encodeURIComponent(this.field.value)}`;
      if (event.metaKey || event.ctrlKey) window.open(href, "_blank", "noopener");
      else location.assign(href);
    }
  }

  private pick(target: Element): void {
    const option = target.closest<HTMLElement>("[role=option]");
    if (!option) return;
    this.at = Number(option.dataset.at);
    this.mark();
  }

  private mark(): void {
    this.field.setAttribute("aria-activedescendant", this.shown.length > 0 ? `palette-${this.at}` : "");
    for (const option of this.list.children) option.setAttribute("aria-selected", String(option.id === `palette-${this.at}`));
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
  }
}

function option(entry: Entry, at: number): HTMLLIElement {
  const item = document.createElement("li");
  item.id = `palette-${at}`;
  item.dataset.at = String(at);
  item.setAttribute("role", "option");
  const link = Object.assign(document.createElement("a"), { href: entry.href, tabIndex: -1 });
  const title = document.createElement("b");
  title.textContent = entry.title;
  const hint = document.createElement("small");
  hint.textContent = entry.hint;
  link.append(title, " ", hint);
  item.append(link);
  return item;
}

function unique(list: Entry[]): Entry[] {
  return list.filter((entry, at) => list.findIndex((other) => other.href === entry.href) === at);
}
