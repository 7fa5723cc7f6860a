// The script reads numbers by the server's rule: both are held to one table.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createServer } from "vite";

test("numbers under the crosshair are written as the server writes them", async () => {
  const vite = await createServer({ root: new URL("..", import.meta.url).pathname, server: { middlewareMode: true }, appType: "custom", logLevel: "error" });
  const { text } = await vite.ssrLoadModule("/src/charts/print.ts");
  const cases = JSON.parse(readFileSync(new URL("../src/charts/print-cases.json", import.meta.url), "utf8"));
  assert.ok(cases.length >= 20);
  for (const { rule, print, value, text: expected } of cases) assert.equal(text(print, value), expected, `${rule} ${value}`);
  await vite.close();
});
