// The pictures of the README and the documentation, taken on the real journey. `PASSERELLE_SCREENSHOTS=1` renews them; in any
// other run the same screens are reached and the pictures thrown away with the results.
import { BELLA, COMPTOIR, expect, people, test } from "./fixtures.ts";
import { isWanted, picture, SCREENS } from "./pictures.ts";

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

for (const [screen, device] of Object.entries(SCREENS)) {
  for (const lang of ["fr", "en"]) {
    for (const theme of ["light", "dark"] as const) {
      if (!isWanted(`-${screen}-${lang}-${theme}`, KEPT)) continue;
      test.describe(`${screen}, ${lang}, ${theme}`, () => {
        test.use({ ...device, locale: lang === "fr" ? "fr-FR" : "en-GB", colorScheme: theme });

        test("the screens of the documentation are reached", async ({ page, app, hubrise, words, expectedErrors }, info) => {
          expectedErrors.push(/status of 403/);
          const take = (name: string): Promise<void> => picture(page, info, `${name}-${screen}-${lang}-${theme}`, KEPT);
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
