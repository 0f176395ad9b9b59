// Run by `cargo xtask bench pageload`. First paint and ready of the connect page on a slow phone (slow 4G, CPU four times
// slower), beside a static page of the same look: the page as it stands once loaded, without its program, with the same sheets
// and pictures, headers and compression. Ready = the load event is over and the primary button is on screen and can be pressed.
import { createServer } from "node:http";
import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "@playwright/test";
import { flags, median, network } from "./browser.mjs";

const console_ = process.env.PASSERELLE_CONSOLE;
const page_ = "/pos-helper/caisse";
const runs = 5;
/** The project's aims, as ratios to the static page. */
const aims = { paint: 1.15, ready: 2.0 };

/** Notes in the page when its primary button can first be pressed; frames start once something may be painted. */
function watch() {
  const look = () => {
    const button = document.querySelector("main[data-ready] button.primary:not(:disabled, [aria-disabled=true])");
    if (document.readyState === "complete" && button?.getBoundingClientRect().width) window.__ready = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** The page as it stands once the program has run, without the program. */
function still() {
  const copy = document.documentElement.cloneNode(true);
  for (const gone of copy.querySelectorAll("script, link[rel=modulepreload], link[rel=preload]")) gone.remove();
  return `<!doctype html>${copy.outerHTML}`;
}

/** A server of the same manners: the console's own headers, brotli made beforehand, connections kept. */
async function serveStill(html) {
  const files = new Map();
  const keep = async (path, body) => {
    const { headers } = await fetch(console_ + path);
    const kept = Object.fromEntries(headers);
    for (const name of ["content-length", "content-encoding", "transfer-encoding", "connection", "date", "set-cookie"]) delete kept[name];
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    files.set(path, { headers: { ...kept, "content-encoding": "br" }, body: brotliCompressSync(body, { params }) });
  };
  await keep(page_, Buffer.from(html));
  for (const [, path] of html.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|svg|png|ico|webmanifest|woff2))"/g)) {
    if (!files.has(path)) await keep(path, Buffer.from(await (await fetch(console_ + path)).arrayBuffer()));
  }
  const server = createServer((request, response) => {
    const file = files.get(request.url);
    response.writeHead(file ? 200 : 404, { ...file?.headers, "content-length": file?.body.length ?? 0 });
    response.end(file?.body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}

/** One cold load; milliseconds from navigation. */
async function load(browser, url) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, locale: "fr-FR" });
  try {
    const page = await context.newPage();
    await page.addInitScript(watch);
    const cdp = await context.newCDPSession(page);
    await cdp.send("Network.enable");
    await cdp.send("Network.emulateNetworkConditions", network);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto(url, { waitUntil: "commit" });
    const painted = () => performance.getEntriesByName("first-paint")[0]?.startTime;
    await page.waitForFunction(painted, undefined, { timeout: 30_000 });
    await page.waitForFunction(() => window.__ready, undefined, { timeout: 30_000 });
    return { paint: await page.evaluate(painted), ready: await page.evaluate(() => window.__ready) };
  } finally {
    await context.close();
  }
}


const browser = await chromium.launch({ executablePath: process.env.PASSERELLE_CHROMIUM, args: flags });
let server;
try {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "fr-FR" });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(console_ + page_);
  await page.waitForFunction(() => window.__ready, undefined, { timeout: 30_000 });
  const html = await page.evaluate(still);
  await context.close();
  server = await serveStill(html);

  const places = { app: console_ + page_, static: `http://127.0.0.1:${server.address().port}${page_}` };
  const times = { app: [], static: [] };
  // Turn about, so that whatever else the machine does falls on both.
  for (let run = 0; run < runs; run += 1) {
    for (const [name, url] of Object.entries(places)) times[name].push(await load(browser, url));
  }

  const of = (name, moment) => median(times[name].map((time) => time[moment]));
  console.log(`connect page, slow 4G (150 ms, 1.6 Mb/s), CPU / 4, median of ${runs}`);
  for (const [moment, words] of [["paint", "first paint"], ["ready", "ready"]]) {
    const [app, still_] = [of("app", moment), of("static", moment)];
    const ratio = app / still_;
    const verdict = ratio <= aims[moment] ? "within" : "above";
    console.log(
      `${words.padEnd(12)} ${app.toFixed(0).padStart(6)} ms   static page ${still_.toFixed(0).padStart(6)} ms   ` +
        `${ratio.toFixed(2)} ×, ${verdict} the aim of ${aims[moment].toFixed(2)} ×`,
    );
  }
} finally {
  await browser.close();
  server?.close();
}
