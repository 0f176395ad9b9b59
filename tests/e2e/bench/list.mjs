// Run by `cargo xtask bench list`. The log's list of very many operations: how soon its first line is there on slow 4G, with
// the app in the browser's cache and without; frames while it is scrolled on a machine four times slower; what the page keeps
// in memory after that. Prints one line of JSON: what was measured, what was found, what is wanted.
import { chromium } from "@playwright/test";
import { flags, median, network } from "./browser.mjs";

const page_ = process.env.PASSERELLE_PAGE;
const runs = 5;
/** How long it is scrolled, and how far at each frame: a brisk finger. */
const scrolled = { seconds: 20, pixels: 40 };

/** Notes when the first line is in the document and laid out, and keeps hold of the program's memory. */
function watch() {
  const look = () => {
    const line = document.querySelector("[role=grid] [role=row][aria-rowindex='2'] .id");
    if (line?.getBoundingClientRect().width) window.__listed = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const keep = (made) => {
    window.__memory = (made.instance ?? made).exports?.memory;
    return made;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const make = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = async (...given) => keep(await make(...given));
  }
}

/** Scrolls down, a bit each frame; how long each frame took. */
async function scroll({ seconds, pixels }) {
  const frame = document.querySelector("[role=grid]");
  const next = () => new Promise((done) => requestAnimationFrame(done));
  const took = [];
  let before = await next();
  const end = before + seconds * 1000;
  while (before < end) {
    frame.scrollTop += pixels;
    const now = await next();
    took.push(now - before);
    before = now;
  }
  return { took, top: frame.scrollTop, rows: frame.querySelectorAll("[role=row]").length };
}

const listed = (page) => page.waitForFunction(() => window.__listed, undefined, { timeout: 60_000 });

async function prepared(browser) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: "fr-FR" });
  const [name, ...value] = process.env.PASSERELLE_COOKIE.split("=");
  await context.addCookies([{ name, value: value.join("="), url: new URL("/", page_).href }]);
  await context.addInitScript(watch);
  const page = await context.newPage();
  return { context, page, cdp: await context.newCDPSession(page) };
}

const browser = await chromium.launch({ executablePath: process.env.PASSERELLE_CHROMIUM, args: flags });
const measures = [];
const tell = (measure, found, wanted, missed) => measures.push({ measure, found, wanted, missed });
try {
  const times = { first: [], again: [] };
  for (let run = 0; run < runs; run += 1) {
    const { context, page, cdp } = await prepared(browser);
    await cdp.send("Network.enable");
    await cdp.send("Network.emulateNetworkConditions", network);
    for (const when of ["first", "again"]) {
      await page.goto(page_, { waitUntil: "commit" });
      await listed(page);
      times[when].push(await page.evaluate(() => window.__listed));
      await page.goto("about:blank");
    }
    await context.close();
  }
  const [first, again] = [median(times.first), median(times.again)];
  tell("opening on slow 4G, the app in the cache", `${again.toFixed(0)} ms`, "≤ 1,000 ms", again > 1_000);
  tell("opening on slow 4G for the first time", `${first.toFixed(0)} ms`, "", false);

  const { context, page, cdp } = await prepared(browser);
  await page.goto(page_);
  await listed(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const { took, top, rows } = await page.evaluate(scroll, scrolled);
  if (top < 10_000) throw new Error(`it scrolled no further than ${top} px`);
  const frames = took.length / (took.reduce((sum, one) => sum + one, 0) / 1000);
  const longest = Math.max(...took);
  tell("frames a second while scrolling, CPU ÷ 4", frames.toFixed(1), "60", frames < 58);
  tell("longest frame", `${longest.toFixed(0)} ms`, "≤ 50 ms", longest > 50);
  tell("rows in the document", String(rows - 1), "≤ 60", rows - 1 > 60);
  await cdp.send("HeapProfiler.collectGarbage");
  const heap = (await cdp.send("Runtime.getHeapUsage")).usedSize;
  const program = await page.evaluate(() => window.__memory?.buffer.byteLength ?? 0);
  if (program === 0) throw new Error("the program's memory was not found");
  const megabytes = (heap + program) / 2 ** 20;
  tell("memory after that (scripts and program)", `${megabytes.toFixed(1)} MiB`, "≤ 60 MB", megabytes > 57.2);
  await context.close();
} finally {
  await browser.close();
}
console.log(JSON.stringify(measures));
