/** How a number of a chart is read: the server's own rule, described in its answer (`print-cases.json` holds both to it). */
export interface Print {
  how: "fixed" | "signed" | "significant" | "price";
  digits: number;
  times: number;
  after: string;
}

export function text(print: Print, value: number): string {
  const number = value * print.times;
  return digits(print, number) + print.after;
}

function digits({ how, digits }: Print, value: number): string {
  switch (how) {
    case "fixed":
      return fixed(value, digits);
    case "signed":
      return signed(value, digits);
    case "significant":
      return significant(value, digits);
    case "price":
      return price(value);
  }
}

/** A true minus, thousands apart, and no sign on what rounds to zero. */
function fixed(value: number, decimals: number): string {
  const plain = Math.abs(value).toFixed(decimals);
  const [whole = "", rest] = plain.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest === undefined ? "" : `.${rest}`);
  return value < 0 && /[1-9]/.test(plain) ? `−${grouped}` : grouped;
}

function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

function significant(value: number, digits: number): string {
  if (value === 0) return fixed(0, digits - 1);
  const beforePoint = Math.floor(Math.log10(Math.abs(value))) + 1;
  return fixed(value, Math.min(12, Math.max(0, digits - beforePoint)));
}

function price(value: number): string {
  const size = Math.abs(value);
  if (size >= 100_000) return fixed(value, 0);
  if (size >= 10) return fixed(value, 2);
  return trimmed(size >= 1 || size === 0 ? fixed(value, 4) : significant(value, 4));
}

/** Cuts zeros at the end, down to two decimals. */
function trimmed(text: string): string {
  const point = text.indexOf(".");
  if (point < 0) return text;
  return text.slice(0, point + 3) + text.slice(point + 3).replace(/0+$/, "");
}
