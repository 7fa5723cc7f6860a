// Starts the built program on a database of its own and takes it down again.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const binary = resolve(process.env.CONVEX_BINARY ?? join(root, "target/debug/convex"));

/** Real history for tests lies beside the repository, if at all. */
export const realData = resolve(root, "../shared/data");
export const hasRealData = existsSync(join(realData, "dia.csv"));

const SOURCES =
  "fred cboe yahoo coingecko coinbase kraken gold_api lbma treasury bls eia ecb tiingo alpha_vantage twelve_data".split(" ");

/** How a site is started that asks one provider of the test's own making, and nobody outside this machine. */
export function asking(name, setting) {
  const others = SOURCES.filter((other) => other !== name).map((other) => `[sources.${other}]\nenabled = false\n`);
  return { config: `${others.join("")}[sources.${name}]\n${setting}\n`, serve: ["--role", "worker"] };
}

/** The simulated market, as a first start shows it; on a port of its own unless told. */
export function startSample({ port = 0 } = {}) {
  return start([], { port });
}

/** A site on the imported real history. */
export function startReal() {
  return start([["import", realData]]);
}

/** A site on a few files of the test's own making, by name. */
export async function startWith(files, how) {
  const folder = mkdtempSync(join(tmpdir(), "convex-e2e-files-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  try {
    return await start([["import", folder]], how);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A site that is being worked on. */
export function startMaintenance(words) {
  return start([], { serve: ["--maintenance", words] });
}

async function start(before, { port = 0, config = "", serve = ["--offline-sample"] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "convex-e2e-"));
  writeFileSync(join(folder, "convex.toml"), config);
  const database = `sqlite://${join(folder, "convex.db")}`;
  const { CONVEX_DB: _db, CONVEX_CONFIG: _config, ...env } = process.env;
  for (const command of before) {
    const done = spawnSync(binary, [...command, "--db", database], { cwd: folder, env, encoding: "utf8" });
    if (done.status !== 0) {
      throw new Error(`convex ${command.join(" ")} ended with ${done.status ?? done.error}: ${done.stderr}`);
    }
  }
  const server = spawn(binary, ["serve", "--role", "web", ...serve, "--listen", `127.0.0.1:${port}`, "--db", database], {
    cwd: folder,
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const url = await firstAddress(server);
  const end = async (signal) => {
    if (server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((done) => server.once("exit", done));
      server.kill(signal);
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

/** The address the program says it listens on. */
function firstAddress(server) {
  const said = [];
  const lines = createInterface({ input: server.stderr });
  return new Promise((found, failed) => {
    lines.on("line", (line) => {
      said.push(line);
      const address = /listening on (http:\/\/[^\s,]+)/.exec(line);
      if (address) found(address[1]);
    });
    server.once("error", failed);
    server.once("exit", (code) => failed(new Error(`convex serve ended with ${code}: ${said.join("\n")}`)));
  });
}
