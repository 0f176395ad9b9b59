// Starts and stops the release console and the sandbox a test runs against. Knows nothing of browsers or pages.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const binaries = process.env["PASSERELLE_BIN_DIR"] ?? join(root, "target/release");

/** How long either service may take to answer for the first time, in milliseconds. */
const START_LIMIT = 60_000;
/** How long either service may take to leave when asked, before it is killed, in milliseconds. */
const STOP_LIMIT = 20_000;

/** Settings for one test's console beside the usual ones, by their environment variables; `undefined` takes a usual one away. */
export type Settings = Record<string, string | undefined>;

/** The vendors served. The sandbox registers an app for each. */
export const vendors = ["pos-helper", "carre-pos", "somm-it", "pixelpoint-bridge"] as const;
export type Vendor = (typeof vendors)[number];

/** What SOMM'IT's till `zelty` asks for before connecting. */
export const TILL_KEY = "CAVE-2026";

/** A vendor's client as the sandbox seeds it. */
function clientOf(slug: Vendor): Record<string, string> {
  const name = slug.replaceAll("-", "_").toUpperCase();
  return {
    [`PASSERELLE_VENDORS_${name}_CLIENT_ID`]: `${slug}-sandbox`,
    [`PASSERELLE_VENDORS_${name}_CLIENT_SECRET`]: `${slug}-sandbox-secret`,
  };
}

/** What lets a vendor's back office at `offices` show the console, with the secret the sandbox's offices sign with. */
function embeddingOf(slug: Vendor, offices: string): Record<string, string> {
  const name = slug.replaceAll("-", "_").toUpperCase();
  return {
    [`PASSERELLE_VENDORS_${name}_EMBED_SECRET`]: `${slug}-sandbox-embed-secret-for-the-demo`,
    [`PASSERELLE_VENDORS_${name}_EMBED_ORIGINS`]: offices,
  };
}

/** Has a console serve no vendor but this one: `test.use({ settings: serveOnly("pos-helper") })`. */
export function serveOnly(vendor: Vendor): Settings {
  const others = vendors
    .filter((slug) => slug !== vendor)
    .flatMap((slug) => Object.keys({ ...clientOf(slug), ...embeddingOf(slug, "") }));
  if (vendor !== "somm-it") others.push("PASSERELLE_VENDORS_SOMM_IT_TILL_KEY");
  return Object.fromEntries(others.map((name) => [name, undefined]));
}

/** A running console, and the sandbox's HubRise and PixelPoint it talks to. */
export interface Services {
  /** Where the console answers, without a trailing slash. */
  console: string;
  /** Where the sandbox (HubRise's stand-in) answers, without a trailing slash. */
  sandbox: string;
  /** Where PixelPoint's stand-in answers: the EOI's whole address. */
  pixelpoint: string;
  /** Where the vendors' back offices answer, without a trailing slash: by a name that makes them another site than the console. */
  offices: string;
  /** The console's own log, JSON lines. */
  consoleLog: () => string;
  /** Stops the sandbox only, as if HubRise were gone. */
  stopSandbox: () => Promise<void>;
  /** Stops the console only, as if the server went away. */
  stopConsole: () => Promise<void>;
  /** Starts the console again after `stopConsole`, on the same port and data. */
  startConsole: () => Promise<void>;
  stop: () => Promise<void>;
}

interface Running {
  name: string;
  child: ChildProcess;
  log: string;
}

/** Finds `count` free ports, all held at once so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const holders: Server[] = [];
  for (let i = 0; i < count; i += 1) {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    holders.push(holder);
  }
  const ports = holders.map((holder) => (holder.address() as AddressInfo).port);
  await Promise.all(holders.map((holder) => once(holder.close(), "close")));
  return ports;
}

function launch(name: string, args: string[], env: Settings, cwd: string, log: string): Running {
  const out = openSync(log, "a");
  // A developer's own PASSERELLE_… settings must not leak into the tests.
  const inherited = Object.entries(process.env).filter(([key]) => !key.startsWith("PASSERELLE_"));
  const given = Object.entries(env).filter(([, value]) => value !== undefined);
  const child = spawn(join(binaries, name), args, {
    cwd,
    env: { ...Object.fromEntries(inherited), ...Object.fromEntries(given) },
    stdio: ["ignore", out, out],
  });
  closeSync(out);
  return { name, child, log };
}

function tail(log: string): string {
  return readFileSync(log, "utf8").split("\n").slice(-20).join("\n");
}

async function untilAnswers(running: Running, url: string): Promise<void> {
  let failure: Error | undefined;
  running.child.once("error", (error) => (failure = error));
  const limit = Date.now() + START_LIMIT;
  while (Date.now() < limit) {
    if (failure) throw new Error(`${running.name} did not start: ${failure.message}. Run \`cargo xtask build\` first.`);
    if (running.child.exitCode !== null) {
      throw new Error(`${running.name} stopped with code ${running.child.exitCode}:\n${tail(running.log)}`);
    }
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((next) => setTimeout(next, 25));
  }
  throw new Error(`${running.name} did not answer ${url} within ${START_LIMIT / 1000} s:\n${tail(running.log)}`);
}

async function stop({ child }: Running): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT);
  await gone;
  clearTimeout(timer);
}

/**
 * Starts a console (SQLite in a fresh folder) and a sandbox with its PixelPoint and its back offices on free ports, and waits until both answer. Their logs go to
 * `logs`.
 */
export async function startServices(logs: string, settings: Settings = {}): Promise<Services> {
  const folder = mkdtempSync(join(tmpdir(), "passerelle-e2e-"));
  mkdirSync(logs, { recursive: true });
  const [consolePort, sandboxPort, pixelpointPort, officesPort] = await freePorts(4);
  const console = `http://127.0.0.1:${consolePort}`;
  const sandbox = `http://127.0.0.1:${sandboxPort}`;
  const pixelpoint = `http://127.0.0.1:${pixelpointPort}/api/v1/eoi`;
  const offices = `http://localhost:${officesPort}`;
  const consoleLog = join(logs, "console.log");
  const sandboxLog = join(logs, "sandbox.log");

  const startConsole = async (): Promise<Running> => {
    const running = launch(
      "passerelle",
      ["serve"],
      {
        PASSERELLE_SERVER_LISTEN: `127.0.0.1:${consolePort}`,
        PASSERELLE_SERVER_PUBLIC_URL: console,
        PASSERELLE_SERVER_DATA_DIR: folder,
        PASSERELLE_HUBRISE_OAUTH_URL: `${sandbox}/oauth2/v1`,
        PASSERELLE_HUBRISE_API_URL: `${sandbox}/v1`,
        PASSERELLE_HUBRISE_BACK_OFFICE_URL: sandbox,
        PASSERELLE_HUBRISE_SIGNUP_URL: `${sandbox}/signup`,
        PASSERELLE_PIXELPOINT_EOI_URL: pixelpoint,
        // Not public; the sandbox takes this one.
        PASSERELLE_PIXELPOINT_DISCOUNTS_REQUEST_TYPE: "2048",
        ...Object.assign({}, ...vendors.map(clientOf)),
        ...Object.assign({}, ...vendors.map((slug) => embeddingOf(slug, offices))),
        PASSERELLE_VENDORS_SOMM_IT_TILL_KEY: TILL_KEY,
        PASSERELLE_LOG_FORMAT: "json",
        ...settings,
      },
      folder,
      consoleLog,
    );
    try {
      await untilAnswers(running, `${console}/readyz`);
    } catch (error) {
      await stop(running);
      throw error;
    }
    return running;
  };

  const sandboxRunning = launch(
    "passerelle-sandbox",
    [
      ...["--listen", `127.0.0.1:${sandboxPort}`, "--console", console],
      ...["--pixelpoint", `127.0.0.1:${pixelpointPort}`, "--offices", `127.0.0.1:${officesPort}`],
    ],
    {},
    folder,
    sandboxLog,
  );
  const starting = [untilAnswers(sandboxRunning, `${sandbox}/_sandbox/health`), startConsole()] as const;
  let consoleRunning: Running;
  try {
    [, consoleRunning] = await Promise.all(starting);
  } catch (error) {
    const [, started] = await Promise.allSettled(starting);
    if (started.status === "fulfilled") await stop(started.value);
    await stop(sandboxRunning);
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }

  return {
    console,
    sandbox,
    pixelpoint,
    offices,
    consoleLog: () => readFileSync(consoleLog, "utf8"),
    stopSandbox: () => stop(sandboxRunning),
    stopConsole: () => stop(consoleRunning),
    startConsole: async () => {
      consoleRunning = await startConsole();
    },
    stop: async () => {
      await Promise.all([stop(consoleRunning), stop(sandboxRunning)]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
