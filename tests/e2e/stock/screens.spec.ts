// The stock page on every screen: pictures, and what a finger needs.
import { expect, test } from "../fixtures.ts";
import { isWanted, picture, SCREENS } from "../pictures.ts";
import { smallTargets } from "../targets.ts";
import { sending, STOCK, tile } from "./stock.ts";

/** The few that the documentation shows. */
const KEPT = new Set(["stock-phone-fr-light", "stock-desktop-en-light"]);

for (const [screen, device] of Object.entries(SCREENS)) {
  for (const lang of ["fr", "en"]) {
    for (const theme of ["light", "dark"] as const) {
      if (!isWanted(`-${screen}-${lang}-${theme}`, KEPT)) continue;
      test.describe(`${screen}, ${lang}, ${theme}`, () => {
        test.use({ ...device, locale: lang === "fr" ? "fr-FR" : "en-GB", colorScheme: theme });

        test("the stock page and a product of it", async ({ app, page, hubrise, sandbox, carrePos }, info) => {
          const take = (name: string): Promise<void> => picture(page, info, `${name}-${screen}-${lang}-${theme}`, KEPT);
          await sending({ app, page, hubrise, sandbox }, carrePos);
          await page.reload();
          await app.ready();
          await expect(tile(page, "Margherita Moyenne")).toBeVisible();
          await take("stock");
          await page.goto(`${STOCK}?tile=sku:COK-33`);
          await app.ready();
          await expect(app.dialog).toHaveAccessibleName("Coca-Cola 33 cl");
          await take("product");
        });
      });
    }
  }
}

test("on a phone everything to press is at least 44 px high and wide", { tag: "@phone" }, async ({ app, page, hubrise, sandbox, carrePos }) => {
  await sending({ app, page, hubrise, sandbox }, carrePos);
  expect.soft(await smallTargets(page), "the board").toEqual([]);
  await tile(page, "Margherita Moyenne").click();
  await expect(app.dialog).toHaveAccessibleName("Margherita Moyenne");
  expect.soft(await smallTargets(page), "a product").toEqual([]);
});
