import { blockAddress, carryOn, withDays, withoutDays } from "./address";
import { dayName, dayNumber } from "./panels";
import { Stack } from "./stack";

/** Takes over the charts of a page: choices exchange the block in place, the address follows, and a crosshair reads it. */
export class Charts {
  private stack: Stack | null = null;
  private shown = new URL(location.href);
  private asked = 0;

  constructor(private readonly section: HTMLElement) {
    section.addEventListener("click", (event) => this.click(event));
    section.addEventListener("submit", (event) => this.submit(event));
    addEventListener("popstate", () => void this.go(new URL(location.href), false));
  }

  /** Lays the crosshair over what is shown. */
  async read(): Promise<void> {
    const asked = this.asked;
    const stack = await Stack.over(
      this.section,
      (from, to) => void this.go(withDays(this.shown, ...this.within(from, to)), true),
      () => void this.go(withoutDays(this.shown), true),
    );
    // Another choice may have been made while the numbers were on their way.
    if (asked === this.asked) this.stack = stack;
    else stack.remove();
  }

  private click(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>(".choices a[href]");
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void this.go(new URL(link.href), true);
  }

  private submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    event.preventDefault();
    const address = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (value !== "") address.searchParams.set(name, String(value));
    void this.go(address, true);
  }

  /** Shows what an address of this page asks for; `isNew` puts it into the history. */
  private async go(address: URL, isNew: boolean): Promise<void> {
    if (address.pathname !== location.pathname) return location.assign(address);
    const target = new URL(address);
    target.hash = "";
    if (target.search === this.shown.search) return;
    const asked = ++this.asked;
    this.section.setAttribute("aria-busy", "true");
    const answer = await fetch(blockAddress(target)).catch(() => null);
    if (asked !== this.asked) return;
    // A refusal has a page of its own, with words.
    if (!answer?.ok) return location.assign(target);
    const html = await answer.text();
    if (asked !== this.asked) return;
    if (isNew) history.pushState(null, "", target.pathname + target.search);
    this.exchange(html, target);
    await this.read();
  }

  private exchange(html: string, address: URL): void {
    const held = focusIn(this.section);
    this.stack?.remove();
    this.stack = null;
    const block = new DOMParser().parseFromString(html, "text/html").body;
    this.section.replaceChildren(...block.childNodes);
    this.section.dataset.charts = (this.section.dataset.charts ?? "").replace(/\?.*$/, "") + address.search;
    this.section.removeAttribute("aria-busy");
    this.shown = address;
    carryOn(address);
    held();
  }

  /** Days of the reader's own stay within today and have a little width. */
  private within(from: string, to: string): [string, string] {
    const today = Math.floor(Date.now() / 86_400_000);
    const end = Math.min(dayNumber(to), today);
    const begin = Math.max(Math.min(dayNumber(from), end - 3), dayNumber("1700-01-01"));
    return [dayName(begin), dayName(end)];
  }
}

/** Remembers which control has the focus, and gives it to the one that takes its place. */
function focusIn(section: HTMLElement): () => void {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !section.contains(active)) return () => {};
  const label = active.textContent?.trim() ?? "";
  const plot = active.closest<HTMLElement>("figure[data-plot]")?.dataset.plot;
  return () => {
    const same = [...section.querySelectorAll<HTMLElement>(".choices a, .choices summary")].find((link) => link.textContent?.trim() === label);
    // A crosshair had it: its panel takes it once it is laid again.
    const panel = plot ? section.querySelector<HTMLElement>(`figure[data-plot="${plot}"]`) : null;
    if (active.classList.contains("over") && panel) {
      new MutationObserver((_, watch) => {
        const over = panel.querySelector<HTMLElement>(".over");
        if (!over) return;
        watch.disconnect();
        over.focus({ preventScroll: true });
      }).observe(panel, { childList: true, subtree: true });
    } else same?.focus({ preventScroll: true });
  };
}
