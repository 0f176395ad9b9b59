// What is seen before the app has arrived, and when it does not arrive at all.
import { BELLA, CAISSE, COMPTOIR, expect, people, test } from "../fixtures.ts";
import { expectNoShift, measureShifts, painted } from "../shifts.ts";

test("the shell is there before the app is, and nothing moves when it takes over nor when the data arrives", { tag: "@everywhere" }, async ({ page, app }) => {
  await measureShifts(page);
  const appHeld: (() => Promise<void>)[] = [];
  const dataHeld: (() => Promise<void>)[] = [];
  await page.route("**/*.wasm", (route) => {
    appHeld.push(() => route.continue());
  });
  await page.route("**/api/v1/vendors/**", (route) => {
    dataHeld.push(() => route.continue());
  });
  await page.goto(CAISSE, { waitUntil: "commit" });
  await expect(page.locator("#shell .card").first()).toBeVisible();
  await expect(page.locator("#shell .bar")).toBeVisible();
  await expect.poll(() => appHeld.length).toBe(1);
  await painted(page);
  await appHeld[0]?.();
  await expect(page.locator("#shell")).toHaveCount(0);
  await expect(page.locator("[data-waiting]")).toBeVisible();
  await painted(page);
  await expect.poll(() => dataHeld.length).toBeGreaterThanOrEqual(2);
  await page.unroute("**/api/v1/vendors/**");
  await Promise.all(dataHeld.map((go) => go()));
  await app.ready();
  await expectNoShift(page);
});

test("nothing moves when a connected till, the wizard and a failure arrive", async ({ page, app, hubrise, expectedErrors }) => {
  expectedErrors.push(/status of 40[34]/);
  await measureShifts(page);
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  await expectNoShift(page);
  await page.reload();
  await app.expectConnected(BELLA);
  await expectNoShift(page);
  await app.open(COMPTOIR);
  await app.connect.click();
  await page.getByRole("button", { name: "Changer d'utilisateur" }).click();
  await hubrise.authorise(people.ines);
  await expect(page.getByText("200 choix")).toBeVisible();
  await expectNoShift(page);
  await page.goto("/nobody/nothing");
  await app.expectFailure("vendor_unknown");
  await expectNoShift(page);
});

test("an app that cannot be loaded is explained in both languages, with a way to try again", async ({ page, app, axe, expectedErrors }) => {
  expectedErrors.push(/./);
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(CAISSE);
  const told = page.getByRole("alert");
  await expect(told.getByRole("heading", { name: "La page n’a pas pu être chargée" })).toBeVisible();
  await expect(told.getByRole("heading", { name: "The page could not be loaded" })).toBeVisible();
  await axe(page);
  await page.unroute("**/*.wasm");
  await told.getByRole("link", { name: "réessayez" }).click();
  await app.expectDisconnected();
});

test("a script that cannot be loaded is explained too", async ({ page, expectedErrors }) => {
  expectedErrors.push(/./);
  await page.route(/passerelle-app[^/]*\.js$/, (route) => route.abort());
  await page.goto(CAISSE);
  await expect(page.getByRole("alert").getByRole("heading", { name: "The page could not be loaded" })).toBeVisible();
});

test("a browser without WebAssembly is told so in both languages", { tag: "@everywhere" }, async ({ page, axe, expectedErrors }) => {
  expectedErrors.push(/WebAssembly/);
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "WebAssembly");
  });
  await page.goto(CAISSE);
  const told = page.getByRole("alert");
  await expect(told.getByRole("heading", { name: "Ce navigateur est trop ancien" })).toBeVisible();
  await expect(told.getByRole("heading", { name: "This browser is too old" })).toBeVisible();
  await axe(page);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says in both languages that it is needed", async ({ page }) => {
    await page.goto(CAISSE);
    // Not by their text, which Playwright does not look for within <noscript>.
    await expect(page.locator("noscript h1")).toHaveText(["JavaScript est désactivé", "JavaScript is turned off"]);
    await expect(page.locator("noscript h1").first()).toBeVisible();
    await expect(page.locator(".shell-bones")).toBeHidden();
  });
});

test("the first paint already has the reader's language and appearance, and the vendor's colour on a second visit", async ({ page, app }) => {
  await app.open();
  await app.language.selectOption("en");
  await page.getByRole("combobox", { name: "Appearance" }).selectOption("dark");
  await page.route("**/*.wasm", () => {});
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("#shell .bar")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  expect(await page.evaluate(() => document.documentElement.style.getPropertyValue("--vendor"))).toBe("#c2410c");
});
