// Firefox, where it is installed, by the protocol every Firefox has built in (Marionette: JSON over TCP). Playwright's own
// Firefox is one that nobody uses. Third-party cookies are blocked. Knows nothing of the console.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createConnection, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** How long Firefox may take to start, and to find or do anything, in milliseconds. */
const START_LIMIT = 60_000;
const LIMIT = 20_000;

/** Blocks cookies of other sites' frames, keeps blocking windows nobody asked for, and calls nobody by itself. */
const PREFERENCES = {
  "network.cookie.cookieBehavior": 1,
  "dom.disable_open_during_load": true,
  "intl.accept_languages": "fr-FR, fr",
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,#remote-settings-dummy/v1",
};

/** The program, if there is one. */
export function findFirefox(): string | undefined {
  const named = process.env["PASSERELLE_FIREFOX"];
  if (named) return named;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.flatMap((folder) => ["firefox-esr", "firefox"].map((name) => join(folder, name))).find((program) => {
    try {
      accessSync(program, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address() as AddressInfo;
  holder.close();
  await once(holder, "close");
  return port;
}

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };

/** A running Firefox, and the window and frame in it that is looked at. */
export class Firefox {
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #unread = Buffer.alloc(0);

  private constructor(
    readonly child: ChildProcess,
    readonly socket: Socket,
    readonly profile: string,
  ) {
    socket.on("data", (part) => this.#read(part));
    socket.on("close", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("Firefox is gone"));
      this.#waiting.clear();
    });
  }

  static async start(program: string): Promise<Firefox> {
    const profile = mkdtempSync(join(tmpdir(), "passerelle-firefox-"));
    const port = await freePort();
    const lines = Object.entries({ ...PREFERENCES, "marionette.port": port });
    writeFileSync(join(profile, "user.js"), lines.map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`).join(""));
    const child = spawn(program, ["--headless", "--marionette", "--no-remote", "--profile", profile], {
      stdio: "ignore",
      env: { ...process.env, HOME: profile },
    });
    const socket = await connected(port, child);
    const firefox = new Firefox(child, socket, profile);
    await firefox.send("WebDriver:NewSession", { capabilities: { alwaysMatch: {} } });
    await firefox.send("WebDriver:SetTimeouts", { implicit: 0, pageLoad: LIMIT, script: LIMIT });
    return firefox;
  }

  async stop(): Promise<void> {
    const gone = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await gone;
    this.socket.destroy();
    rmSync(this.profile, { recursive: true, force: true });
  }

  /** Loads an address in the window. */
  async go(url: string): Promise<void> {
    await this.send("WebDriver:Navigate", { url });
  }

  /** Looks into the first iframe of the window's page. */
  async enter(): Promise<void> {
    await this.leave();
    const frame = await this.find("//iframe");
    await this.send("WebDriver:SwitchToFrame", { element: frame });
  }

  /** Looks at the window's page again. */
  async leave(): Promise<void> {
    await this.send("WebDriver:SwitchToFrame", {});
  }

  /** Presses what is there, once it can be seen: what is pressed before a page's first paint is lost on Firefox. */
  async press(xpath: string): Promise<void> {
    const element = await this.find(xpath);
    const painted = 'return document.readyState === "complete" && performance.getEntriesByType("paint").length > 0';
    await this.until(() => this.evaluate<boolean>(painted), "the first paint");
    await this.send("WebDriver:ElementClick", { id: element });
  }

  /** Waits until something is there. */
  async see(xpath: string): Promise<void> {
    await this.find(xpath);
  }

  /** Presses something that opens a window, does what is to be done in it, and waits until it has closed by itself. */
  async window(xpath: string, act: () => Promise<void>): Promise<void> {
    const own = await this.handle();
    await this.press(xpath);
    const other = await this.until(async () => (await this.handles()).find((handle) => handle !== own));
    await this.send("WebDriver:SwitchToWindow", { handle: other });
    await act();
    await this.until(async () => !(await this.handles()).includes(other));
    await this.send("WebDriver:SwitchToWindow", { handle: own });
  }

  /** Evaluates a script in the page or frame that is looked at. */
  async evaluate<T>(script: string): Promise<T> {
    return (await this.send("WebDriver:ExecuteScript", { script, args: [] })) as T;
  }

  async handle(): Promise<string> {
    return (await this.send("WebDriver:GetWindowHandle", {})) as string;
  }

  async handles(): Promise<string[]> {
    return (await this.send("WebDriver:GetWindowHandles", {})) as string[];
  }

  /** An element, once it is there. Asked anew each time: a search that waits would go on in a page that is being left. */
  async find(xpath: string): Promise<string> {
    return this.until(async () => {
      const found = (await this.send("WebDriver:FindElements", { using: "xpath", value: xpath })) as Record<string, string>[];
      return found[0] && Object.values(found[0])[0];
    }, xpath);
  }

  /** Asks until there is an answer, 20 times a second. */
  async until<T>(ask: () => Promise<T | undefined | false>, what = "a window"): Promise<T> {
    const end = Date.now() + LIMIT;
    for (;;) {
      const answer = await ask();
      if (answer) return answer;
      if (Date.now() > end) throw new Error(`${what} did not come; what is there: ${await this.#shown()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** The address and the text of what is looked at, for whoever has to understand a failure. */
  async #shown(): Promise<string> {
    const script = "return [location.href, document.readyState, document.visibilityState, document.body?.innerText ?? ''].join(' | ')";
    const shown = await this.evaluate<string>(script).catch((error: unknown) => String(error));
    const handles = await this.handles();
    return `${shown.slice(0, 600)} (${handles.length} windows)`;
  }

  async send(command: string, parameters: object): Promise<unknown> {
    const id = (this.#asked += 1);
    const message = JSON.stringify([0, id, command, parameters]);
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.socket.write(`${Buffer.byteLength(message)}:${message}`);
    const told = await answer;
    return told !== null && typeof told === "object" && "value" in told ? told.value : told;
  }

  /** Messages are their length, a colon, and JSON; the first is Firefox's greeting. */
  #read(part: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, part]);
    for (;;) {
      const colon = this.#unread.indexOf(":");
      const length = Number(this.#unread.subarray(0, colon).toString());
      if (colon < 0 || this.#unread.length < colon + 1 + length) return;
      const message = JSON.parse(this.#unread.subarray(colon + 1, colon + 1 + length).toString()) as unknown;
      this.#unread = this.#unread.subarray(colon + 1 + length);
      if (!Array.isArray(message)) continue;
      const [, id, error, value] = message as [number, number, { error: string; message: string } | null, unknown];
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.reject(new Error(`${error.error}: ${error.message}`));
      else waiting?.resolve(value);
    }
  }
}

/** A connection, once Firefox listens. */
async function connected(port: number, child: ChildProcess): Promise<Socket> {
  const end = Date.now() + START_LIMIT;
  for (;;) {
    const socket = createConnection(port, "127.0.0.1");
    const opened = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
    });
    if (opened) return socket;
    if (Date.now() > end || child.exitCode !== null) throw new Error("Firefox does not answer");
    // Refused at once: the next turn of the event loop is soon enough.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
