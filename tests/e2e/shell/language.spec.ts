// The language and the appearance of every page: the reader's, chosen and remembered.
import { CAISSE, Console, allWords, expect, test } from "../fixtures.ts";

test("the language can be changed in the bar, at once and for good", { tag: "@everywhere" }, async ({ page, app }) => {
  await app.open();
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await expect(app.heading).toHaveText("Pas encore connecté à HubRise");
  await app.language.selectOption({ label: "English" });
  await expect(app.heading).toHaveText("Not connected to HubRise yet");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page).toHaveTitle("Main till · POS HELPER");
  await page.reload();
  const english = new Console(page, allWords.en);
  await english.expectDisconnected();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await english.language.selectOption({ label: "Français" });
  await expect(app.heading).toHaveText("Pas encore connecté à HubRise");
});

test("the language menu works with the keyboard, and its focus is seen", async ({ page, app }) => {
  await app.open();
  await app.language.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("a language chosen in one tab is there in the next", async ({ app, context, watched }) => {
  await app.open();
  await app.language.selectOption("en");
  const next = new Console(watched(await context.newPage()), allWords.en);
  await next.open();
  await next.expectDisconnected();
});

for (const { locale, lang, heading } of [
  { locale: "fr-CA", lang: "fr", heading: "Pas encore connecté à HubRise" },
  { locale: "en-US", lang: "en", heading: "Not connected to HubRise yet" },
  { locale: "de-DE", lang: "en", heading: "Not connected to HubRise yet" },
]) {
  test.describe(`a browser in ${locale}`, () => {
    test.use({ locale });

    test(`is spoken to in ${lang}`, async ({ page, app }) => {
      await app.open();
      await expect(app.heading).toHaveText(heading);
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
    });
  });
}

test("where the browser denies storage everything works, and a choice lasts as long as the page", async ({ page, app }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
    }
  });
  await app.open();
  await app.language.selectOption("en");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await new Console(page, allWords.en).connect.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/HubRise/);
});

test("the appearance follows the system until it is chosen, and the choice is remembered", async ({ page, app }) => {
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  await app.open();
  const light = await ground();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(ground).not.toBe(light);
  const dark = await ground();
  await app.appearance.selectOption("Clair");
  await expect.poll(ground).toBe(light);
  await page.reload();
  await app.ready();
  expect(await ground()).toBe(light);
  await app.appearance.selectOption("Automatique");
  await expect.poll(ground).toBe(dark);
  await page.goto(CAISSE);
  expect(await ground()).toBe(dark);
});
