import { type Place, isStarred, recent, remember, star, starred } from "./store";

/** Remembers the page, lets it be starred, and lists what is remembered where there is a place for it. */
export function keepPlaces(page: Document): void {
  const button = page.querySelector<HTMLButtonElement>("button[data-star]");
  if (button) {
    const place: Place = { href: location.pathname, title: button.dataset.star ?? page.title };
    remember(place);
    show(button, isStarred(place.href));
    button.addEventListener("click", () => {
      star(place, !isStarred(place.href));
      show(button, isStarred(place.href));
    });
  }
  for (const list of page.querySelectorAll<HTMLElement>("[data-yours]")) fill(list);
}

function show(button: HTMLButtonElement, on: boolean): void {
  button.setAttribute("aria-pressed", String(on));
  button.textContent = on ? "★ starred" : "☆ star";
}

function fill(list: HTMLElement): void {
  const stars = starred();
  const others = recent().filter((place) => !stars.some((one) => one.href === place.href));
  const links = [...stars.map((place) => link(place, "★ ")), ...others.map((place) => link(place, ""))];
  list.replaceChildren(...links.slice(0, Number(list.dataset.yours) || 6));
  list.parentElement?.classList.toggle("empty", links.length === 0);
}

function link(place: Place, mark: string): HTMLElement {
  const item = document.createElement("li");
  item.append(mark, Object.assign(document.createElement("a"), { href: place.href, textContent: place.title }));
  return item;
}
