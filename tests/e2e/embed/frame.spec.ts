// The frame and the page around it: what they tell each other, what goes wrong, and what nobody else can do.
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, people, test as base } from "../fixtures.ts";
import { HELPER, Office } from "./office.ts";

const test = base.extend<{ office: Office; stranger: string }>({
  office: async ({ page, offices, services, words }, use) => {
    await use(new Office(page, offices, services.console, words));
  },
  // A site that no vendor names, which frames the console.
  stranger: async ({ services }, use) => {
    const html = `<!doctype html><title>x</title><iframe src="${services.console}/pos-helper/caisse"></iframe>`;
    const server: Server = createServer((_asked, answer) => answer.setHeader("content-type", "text/html").end(html));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    await use(`http://localhost:${(server.address() as AddressInfo).port}`);
    server.close();
  },
});

test("a page the vendor does not name shows nothing of the console", async ({ page, stranger, services }) => {
  await page.goto(stranger);
  const frame = page.frames().find((one) => one !== page.mainFrame());
  await expect.poll(() => frame?.url()).not.toContain(services.console);
  await expect(page.frameLocator("iframe").getByRole("main")).toBeHidden();
});

test("whoever is connected cannot be made to press Déconnecter by a page laid over it", async ({ app, hubrise, page, stranger, services }) => {
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await expect(app.heading).toHaveText("Connecté à HubRise");
  await page.goto(stranger);
  await page.locator("iframe").evaluate((frame) => frame.setAttribute("style", "position: fixed; inset: 0; width: 100%; height: 100%; opacity: 0.01"));
  await expect(page.frameLocator("iframe").getByRole("button")).toHaveCount(0);
  // Wherever it might stand.
  for (let y = 20; y < 800; y += 20) await page.mouse.click(640, y);
  await page.goto(`${services.console}/pos-helper/caisse`);
  await expect(app.heading).toHaveText("Connecté à HubRise");
});

test("the host changes appearance and language while the page is open", async ({ office }) => {
  await office.open(HELPER);
  const app = await office.inside();
  const root = app.page.locator("html");
  await expect(root).toHaveAttribute("lang", "fr");
  await office.tool("locale").click();
  await expect(root).toHaveAttribute("lang", "en");
  await expect(app.heading).toHaveText("Not connected to HubRise yet");
  await office.tool("theme").click();
  await expect(root).toHaveAttribute("data-theme", "light");
  await office.tool("theme").click();
  await expect(root).toHaveAttribute("data-theme", "dark");
});

test("the frame is as high as its content, and the page around it does not jump", async ({ office, page }) => {
  await page.addInitScript(() => {
    (window as unknown as { shifts: number }).shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) (window as unknown as { shifts: number }).shifts += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await office.open(HELPER);
  const app = await office.inside();
  const inner = () => app.page.locator("html").evaluate((root) => Math.ceil(root.getBoundingClientRect().height));
  await expect.poll(async () => (await office.iframe.boundingBox())?.height).toBe(await inner());
  expect(await page.evaluate(() => (window as unknown as { shifts: number }).shifts)).toBe(0);
});

test("removed, it leaves nothing behind; mounted again, it is there", async ({ office, page }) => {
  await office.open(HELPER);
  await office.inside();
  await office.tool("mount").click();
  await expect(page.locator("iframe")).toHaveCount(0);
  await office.tool("mount").click();
  await expect((await office.inside()).heading).toHaveText("Pas encore connecté à HubRise");
});

for (const variant of ["element", "twice", "nested", "spa", "iframe"]) {
  test(`works as ${variant}`, async ({ office }) => {
    await office.open(HELPER, { variant });
    await expect((await office.inside()).heading).toHaveText("Pas encore connecté à HubRise");
  });
}

test("HubRise's window is told of though the host cuts its openers off", async ({ office }) => {
  await office.open(HELPER, { coop: "1" });
  const app = await office.inside();
  await office.connect(app.connect, people.nina);
  await expect(app.heading).toHaveText("Connecté à HubRise");
});

test("a window closed halfway, a refusal and a second try each have their words", async ({ office, page }) => {
  await office.open(HELPER);
  const app = await office.inside();
  const opening = page.waitForEvent("popup");
  const looked = page.waitForResponse(/\/attempts\/latest/);
  await app.connect.click();
  const window = await opening;
  await window.getByRole("heading", { level: 1 }).waitFor();
  await expect(app.main).toContainText("Continuez dans la fenêtre de HubRise");
  // Seen open once: a window that was cut off reads as closed from the first.
  await looked;
  await window.close();
  await expect(app.main).toContainText("La fenêtre de HubRise a été fermée");

  const second = page.waitForEvent("popup");
  await app.button("Ouvrir à nouveau").click();
  const refusing = await second;
  await refusing.getByRole("button", { name: people.nina }).click();
  await refusing.getByRole("button", { name: "Refuser" }).click();
  await expect(refusing.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(app.main).toContainText("Vous n’avez pas autorisé la connexion");
  await refusing.close();
});

test("a browser that blocks windows goes on in the tab, and comes back", async ({ office, page, hubrise }) => {
  await page.addInitScript(() => {
    const open = window.open.bind(window);
    window.open = (url, target, features) => (target === "_blank" ? null : open(url, target, features));
  });
  await office.open(HELPER);
  const app = await office.inside();
  await app.connect.click();
  await expect(app.main).toContainText("Votre navigateur a bloqué la fenêtre de HubRise");
  await app.button("Continuer dans cet onglet").click();
  await hubrise.authorise(people.nina);
  await expect(page).toHaveURL(new RegExp(HELPER));
  await expect((await office.inside()).heading).toHaveText("Connecté à HubRise");
});

for (const fault of ["expired", "future", "audience", "vendor", "none", "alg", "signature", "long"]) {
  test(`a token with the fault ${fault} opens no session`, async ({ office, services, expectedErrors }) => {
    expectedErrors.push(/401/, /413/);
    await office.open(HELPER, { fault });
    await expect(office.told("error").first()).toHaveAttribute("data-detail", /embed_token_rejected|host_no_token|host_silent/);
    const app = await office.frame();
    await expect(app.page.getByRole("button", { name: "Connecter" })).toHaveCount(0);
    expect(services.consoleLog()).not.toMatch(/eyJ[\w-]+\.eyJ/);
  });
}

test("a host that answers twice does no harm", async ({ office }) => {
  await office.open(HELPER, { fault: "twice" });
  await expect((await office.inside()).heading).toHaveText("Pas encore connecté à HubRise");
});

test("the token is in no address, no log and no history", async ({ office, page, services }) => {
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  await office.open(HELPER);
  const app = await office.inside();
  await office.connect(app.connect, people.nina);
  expect(addresses.filter((address) => /eyJ|pes_/.test(address))).toEqual([]);
  expect(services.consoleLog()).not.toMatch(/eyJ[\w-]+\.|pes_[\w-]{20}/);
  expect(await page.evaluate(() => location.href)).not.toContain("eyJ");
});

test("messages of anybody but the host are not heard", async ({ office, page }) => {
  await office.open(HELPER);
  const app = await office.inside();
  // From the frame's own window, and of another shape from the host's.
  await app.page.locator("html").evaluate(() => window.postMessage({ passerelle: 1, type: "set-theme", theme: "dark" }, "*"));
  await page.evaluate(() => {
    const frame = document.querySelector("iframe")?.contentWindow;
    for (const message of ["x", null, { passerelle: 2, type: "set-theme", theme: "dark" }, { type: "end" }, { passerelle: 1, type: "open", page: "https://evil.example" }]) {
      frame?.postMessage(message, "*");
    }
  });
  await office.tool("locale").click();
  await expect(app.page.locator("html")).toHaveAttribute("lang", "en");
  await expect(app.page.locator("html")).not.toHaveAttribute("data-theme", "dark");
  await expect(app.heading).toHaveText("Not connected to HubRise yet");
});
