// Run by `cargo xtask bench embed`. The connected page inside a back office's, from the moment it is mounted, beside the same
// page opened directly; on a slow phone (slow 4G, CPU four times slower), with nothing in the cache and with the app in it.
// And what the frame shifts in the page around it.
import { chromium } from "@playwright/test";
import { flags, median, network } from "./browser.mjs";

const console_ = process.env.PASSERELLE_CONSOLE;
const office = `${process.env.PASSERELLE_OFFICES}/pos-helper/ventes/hubrise-integration`;
const page_ = "/pos-helper/caisse";
const runs = 5;
/** The project's aim, as a ratio to the page opened directly. */
const aim = 1.2;
const limit = { timeout: 60_000 };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, locale: "fr-FR" };
const nina = "nina@bella-pizza.example";

/** Notes in whichever page it runs in when the connected page is shown, when a frame is mounted, and what shifts. */
function watch() {
  const look = () => {
    if (document.querySelector("main[data-ready] .state")) window.__ready = performance.timeOrigin + performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  window.__shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.__shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  new MutationObserver((changes, observer) => {
    if (!document.querySelector("iframe")) return;
    window.__mounted = performance.timeOrigin + performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

async function slow(context, page) {
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", network);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
}

const inside = (page) => page.frames().find((frame) => frame.url().startsWith(console_));

/** Milliseconds until the connected page is shown inside the back office's, and what that shifted. */
async function embedded(context) {
  const page = await context.newPage();
  await slow(context, page);
  await page.goto(office, { waitUntil: "commit" });
  await page.waitForFunction(() => window.__mounted, undefined, limit);
  const end = Date.now() + limit.timeout;
  let ready;
  while (!ready && Date.now() < end) {
    ready = await inside(page)?.evaluate(() => window.__ready).catch(() => undefined);
    if (!ready) await page.waitForTimeout(50);
  }
  const [mounted, shift] = await page.evaluate(() => [window.__mounted, window.__shift]);
  await page.close();
  return { time: ready - mounted, shift };
}

/** The same of the page opened directly. */
async function direct(context) {
  const page = await context.newPage();
  await slow(context, page);
  await page.goto(console_ + page_, { waitUntil: "commit" });
  await page.waitForFunction(() => window.__ready, undefined, limit);
  const time = await page.evaluate(() => window.__ready - performance.timeOrigin);
  await page.close();
  return { time, shift: 0 };
}

/** HubRise's pages, up to the last press. */
async function allow(page) {
  await page.getByRole("button", { name: nina }).click();
  await page.getByRole("button", { name: "Autoriser" }).click();
}

// One process for the page and the frame in it, so that both are slowed down.
const browser = await chromium.launch({
  executablePath: process.env.PASSERELLE_CHROMIUM,
  args: [...flags, "--disable-site-isolation-trials", "--disable-features=IsolateOrigins,site-per-process"],
});
try {
  // Connected once from the back office, once by itself: each may see it from then on.
  const first = await browser.newContext(phone);
  const host = await first.newPage();
  await host.goto(office);
  const frame = host.frameLocator("iframe");
  const opening = host.waitForEvent("popup");
  await frame.getByRole("button", { name: "Connecter" }).click();
  await allow(await opening);
  await frame.getByRole("heading", { level: 1, name: "Connecté à HubRise" }).waitFor(limit);
  const own = await first.newPage();
  await own.goto(console_ + page_);
  await own.getByRole("button", { name: "Connecter" }).click();
  await own.getByRole("button", { name: "Autoriser" }).click();
  await own.getByRole("heading", { level: 1, name: "Connecté à HubRise" }).waitFor(limit);
  const storageState = await first.storageState();
  await first.close();

  const ways = { embedded, direct };
  const cold = { embedded: [], direct: [] };
  const warm = { embedded: [], direct: [] };
  // Turn about, so that whatever else the machine does falls on both.
  for (let run = 0; run < runs; run += 1) {
    for (const [name, load] of Object.entries(ways)) {
      const context = await browser.newContext({ ...phone, storageState });
      await context.addInitScript(watch);
      cold[name].push(await load(context));
      warm[name].push(await load(context));
      await context.close();
    }
  }

  console.log(`the connected page in a back office, from mount(), slow 4G (150 ms, 1.6 Mb/s), CPU / 4, median of ${runs}`);
  for (const [words, times] of [["nothing cached", cold], ["app in the cache", warm]]) {
    const of = (name) => median(times[name].map((one) => one.time));
    const ratio = of("embedded") / of("direct");
    console.log(
      `${words.padEnd(17)} ${of("embedded").toFixed(0).padStart(6)} ms   opened directly ${of("direct").toFixed(0).padStart(6)} ms   ` +
        `${ratio.toFixed(2)} ×, ${ratio <= aim ? "within" : "above"} the aim of ${aim.toFixed(2)} ×`,
    );
  }
  const shift = Math.max(...[...cold.embedded, ...warm.embedded].map((one) => one.shift));
  console.log(`shifted in the page around it, worst of ${2 * runs}: ${shift.toFixed(3)} (aim 0)`);
} finally {
  await browser.close();
}
