// The pictures of the README and the documentation, taken on the real journey. `PASSERELLE_SCREENSHOTS=1` renews them; in any
// other run the same screens are reached and the pictures thrown away with the results.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page, TestInfo } from "@playwright/test";
import { BELLA, COMPTOIR, expect, people, test } from "./fixtures.ts";

const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1 },
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
} as const;

const DOCUMENTED = join(dirname(fileURLToPath(import.meta.url)), "../../docs/screenshots");

/** The few that the documentation shows; the others are for whoever reviews a change. */
const KEPT = new Set([
  "connect-phone-fr-light",
  "connected-phone-fr-light",
  "connected-desktop-en-dark",
  "consent-phone-fr-light",
  "location-phone-fr-light",
  "catalog-desktop-en-light",
  "failure-phone-fr-light",
  "disconnect-desktop-en-dark",
]);

const renews = process.env["PASSERELLE_SCREENSHOTS"] === "1";

/** Takes the picture of a page that stands still. */
async function picture(page: Page, info: TestInfo, name: string): Promise<void> {
  const folder = renews && KEPT.has(name) ? DOCUMENTED : info.outputPath("pictures");
  // Pressing a row may have scrolled to it.
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled", caret: "hide" });
}

/** Every combination when pictures are wanted; else those that are documented, to prove that they can be taken. */
const isWanted = (name: string): boolean => renews || [...KEPT].some((kept) => kept.endsWith(name));

for (const [screen, device] of Object.entries(SCREENS)) {
  for (const lang of ["fr", "en"]) {
    for (const theme of ["light", "dark"] as const) {
      if (!isWanted(`-${screen}-${lang}-${theme}`)) continue;
      test.describe(`${screen}, ${lang}, ${theme}`, () => {
        test.use({ ...device, locale: lang === "fr" ? "fr-FR" : "en-GB", colorScheme: theme });

        test("the screens of the documentation are reached", async ({ page, app, hubrise, words, expectedErrors }, info) => {
          expectedErrors.push(/status of 403/);
          const take = (name: string): Promise<void> => picture(page, info, `${name}-${screen}-${lang}-${theme}`);
          await app.open();
          await app.expectDisconnected();
          await take("connect");
          await app.connect.click();
          await expect(page.getByRole("button", { name: people.nina })).toBeVisible();
          await take("signin");
          await hubrise.signIn(people.nina);
          await expect(page.getByRole("button", { name: /^(Autoriser|Allow)$/ })).toBeVisible();
          await take("consent");
          await hubrise.deny();
          await app.expectFailure("access_denied");
          await take("failure");
          await app.button(words.step.again).click();
          await hubrise.authorise(undefined);
          await app.expectConnected(BELLA);
          await page.reload();
          await app.expectConnected(BELLA);
          await take("connected");
          await app.disconnect.click();
          await expect(app.dialog).toBeVisible();
          await take("disconnect");
          await app.dialog.getByRole("button", { name: words.leave.cancel }).click();
          await app.open(COMPTOIR);
          await app.connect.click();
          await page.getByRole("button", { name: /^(Changer d'utilisateur|Use another user)$/ }).click();
          await hubrise.authorise(people.ines);
          await expect(page.getByRole("radio")).toHaveCount(200);
          await page.getByRole("radio", { name: "Angers Centre" }).check();
          await take("location");
          await app.button(words.choose.next).click();
          await page.getByRole("radio", { name: "Carte nationale" }).check();
          await page.getByRole("radio", { name: "Programme fidélité" }).check();
          await take("catalog");
          await app.button(words.choose.save).click();
          await expect(app.heading).toHaveText(words.till.on);
        });
      });
    }
  }
}
