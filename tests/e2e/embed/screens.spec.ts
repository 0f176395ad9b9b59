// The back offices with the console inside, on every screen: pictures, and what a finger needs.
import { giveToken, shown } from "../bridge/bridge.ts";
import { API_TOKEN, expect, people, test as base } from "../fixtures.ts";
import { isWanted, picture, SCREENS } from "../pictures.ts";
import { smallTargets } from "../targets.ts";
import { BRIDGE_CONFIGURATION, BRIDGE_CONNECTION, BRIDGE_OPERATIONS, CARRE_OFFICE, HELPER, Office, SOMMIT_OFFICE } from "./office.ts";

const test = base.extend<{ office: Office }>({
  office: async ({ page, offices, services, words }, use) => {
    await use(new Office(page, offices, services.console, words));
  },
});

/** The few that the documentation shows. */
const KEPT = new Set(["office-pos-helper-desktop-fr-light", "office-somm-it-desktop-fr-light", "office-connected-phone-fr-light", "office-operations-desktop-fr-light"]);

for (const [screen, device] of Object.entries(SCREENS)) {
  for (const lang of ["fr", "en"]) {
    for (const theme of ["light", "dark"] as const) {
      if (!isWanted(`-${screen}-${lang}-${theme}`, KEPT)) continue;
      test.describe(`${screen}, ${lang}, ${theme}`, () => {
        test.use({ ...device, locale: lang === "fr" ? "fr-FR" : "en-GB", colorScheme: theme });

        test("the back offices, connected and not", async ({ office, page, orders, pixelpoint }, info) => {
          const take = (name: string): Promise<void> => picture(page, info, `office-${name}-${screen}-${lang}-${theme}`, KEPT);
          const asked = { lang, theme };
          for (const [name, path] of [["carre-pos", CARRE_OFFICE], ["somm-it", SOMMIT_OFFICE], ["pos-helper", HELPER]] as const) {
            await office.open(path, asked);
            await office.inside();
            await take(name);
          }
          const app = await office.inside();
          await office.connect(app.connect, people.nina);
          await expect(app.heading).toHaveText(app.words.till.on);
          await take("connected");

          await office.open(BRIDGE_CONNECTION, asked);
          const till = await office.inside();
          // Somebody else at HubRise.
          await page.context().clearCookies();
          await office.connect(till.connect, people.kate);
          await office.open(BRIDGE_CONFIGURATION, asked);
          const settings = await office.inside();
          await giveToken(settings, settings.page, API_TOKEN);
          await take("configuration");
          await orders.make("options");
          await office.open(BRIDGE_OPERATIONS, asked);
          const log = await office.inside();
          await pixelpoint.behave("unknown_product");
          const order = await orders.make("company");
          const line = await shown(log.page, order.id);
          await take("operations");
          await line.click();
          await expect(log.main).toContainText(order.id);
          await log.ready();
          await take("operation");
        });
      });
    }
  }
}

test("on a phone everything to press in the frame is at least 44 px high and wide", { tag: "@phone" }, async ({ office }) => {
  await office.open(HELPER);
  const app = await office.inside();
  // A frame answers as a page does.
  expect(await smallTargets(app.page)).toEqual([]);
});
