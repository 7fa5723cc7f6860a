/** The element of a name within another; what a template always writes is there. */
export function field(within: HTMLElement, name: string): HTMLElement {
  const found = within.querySelector<HTMLElement>(`[data-field="${name}"]`);
  if (!found) throw new Error(`the page has no place for "${name}"`);
  return found;
}

/** Writes only what is new: an unchanged text costs no layout. */
export function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Puts a number in place, and lights it for a moment if it moved. */
export function put(element: HTMLElement, value: number, text: string, quietly: boolean): void {
  const moved = text !== element.textContent;
  element.setAttribute("value", String(value));
  write(element, text);
  if (!moved || quietly) return;
  // The style decides whether and how: not at all for readers who asked for less motion.
  for (const animation of element.getAnimations()) animation.cancel();
  element.classList.remove("moved");
  requestAnimationFrame(() => element.classList.add("moved"));
}

/** A direction as a class, in place of the one before. */
export function point(element: HTMLElement, to: string): void {
  element.classList.remove("up", "down", "flat");
  element.classList.add(to);
}
