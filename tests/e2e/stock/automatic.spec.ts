// "Activer l'envoi de l'inventaire vers HubRise": a key, the till's settings, the restart, and from then on every change leaves
// by itself, by the three rules. On the simulated till, in both languages.
import type { Page } from "@playwright/test";
import type { CarrePos } from "../carre-pos.ts";
import { expect, test } from "../fixtures.ts";
import { type Hands, connect, makeKey, sending, STOCK, tile } from "./stock.ts";

/** The procedure, whatever the language: the till's pages are French as the till is. */
async function enable(hands: Hands, till: Page, { carrePos, axe }: { carrePos: CarrePos; axe: (page: Page) => Promise<void> }): Promise<void> {
  const { app, page } = hands;
  const { words } = app;
  await connect(hands);
  await expect(page).toHaveURL(STOCK);
  await expect(app.heading).toHaveText(words.stock.no_key);
  await expect(page.getByRole("heading", { name: words.stock.empty })).toBeVisible();
  await expect(app.link(words.stock.steps)).toHaveAttribute("href", "/carre-pos");
  await axe(page);

  const secret = await makeKey(hands, "Comptoir");
  await expect(app.main).toContainText(words.stock.key_made_means);
  await axe(page);
  await app.button(words.stock.key_hide).click();
  await expect(page.getByText(secret)).toHaveCount(0);
  await page.reload();
  await app.ready();
  await expect(app.heading).toHaveText(words.stock.silent_till);
  await expect(page.getByRole("region", { name: words.stock.keys })).toContainText(`Comptoir (…${secret.slice(-4)})`);
  await expect(page.getByRole("region", { name: words.stock.keys })).toContainText(words.stock.key_unused);
  expect(await page.content()).not.toContain(secret);

  await carrePos.enableByHand(till, secret);
  await axe(till);

  // By itself, while the page is open.
  await expect(tile(page, "Margherita Moyenne")).toContainText("8");
  await expect(app.heading).toHaveText(words.stock.well);
  await expect.poll(async () => (await carrePos.held())["MAR-M"]).toBe("8");
  await expect(page.getByRole("region", { name: words.stock.keys })).not.toContainText(words.stock.key_unused);
  await axe(page);
}

test("in French: the steps of the documentation, and a sale leaves by itself", { tag: "@everywhere" }, async ({ app, page, context, hubrise, sandbox, carrePos, axe }) => {
  const till = await context.newPage();
  await enable({ app, page, hubrise, sandbox }, till, { carrePos, axe });
  await expect(tile(page, "Margherita Moyenne")).toContainText("en stock");
  await expect(tile(page, "Margherita Grande")).toContainText("−19");
  await expect(tile(page, "Margherita Grande")).toContainText("épuisé");
  await expect(tile(page, "Regina Grande")).toContainText("INACTIF");
  await expect(tile(page, "Quatre fromages Grande")).toContainText("non géré");

  await till.getByRole("button", { name: "Vendre Margherita Moyenne" }).click();
  await expect(tile(page, "Margherita Moyenne")).toContainText("7");
  await expect(tile(page, "Margherita Moyenne")).toContainText("HubRise : 7");
  expect((await carrePos.held())["MAR-M"]).toBe("7");
});

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("the steps of the documentation, and a sale leaves by itself", async ({ app, page, context, hubrise, sandbox, carrePos, axe }) => {
    const till = await context.newPage();
    await enable({ app, page, hubrise, sandbox }, till, { carrePos, axe });
    await expect(tile(page, "Margherita Moyenne")).toContainText("in stock");
    await expect(tile(page, "Margherita Grande")).toContainText("exhausted");
    await expect(tile(page, "Regina Grande")).toContainText("INACTIVE");
    await expect(tile(page, "Quatre fromages Grande")).toContainText("not managed");
    await carrePos.sell("sku:MAR-M");
    await expect(tile(page, "Margherita Moyenne")).toContainText("HubRise: 7");
    expect((await carrePos.held())["MAR-M"]).toBe("7");
  });
});

for (const locale of ["fr-FR", "en-GB"]) {
  test.describe(`the three rules, ${locale}`, () => {
    test.use({ locale });

    test("unavailable is 0, managed is the quantity, and of the rest nothing is sent", async ({ app, page, hubrise, sandbox, carrePos, words, axe }) => {
      await sending({ app, page, hubrise, sandbox }, carrePos);
      const held = (name: string): Promise<string | undefined> => carrePos.held().then((all) => all[name]);
      // What is below zero counts as zero; what is inactive too, whatever its stock.
      expect(await carrePos.held()).toMatchObject({ "MAR-L": "0", "REG-L": "0", "PAN-1": "0", "CHI-75": "2.125", "COK-33": "48" });
      expect(await held("QFR-L")).toBeUndefined();
      expect(await held("TRUFFE")).toBeUndefined();

      await carrePos.change("sku:TIR-1", { available: false });
      await expect(tile(page, "Tiramisu maison")).toContainText(words.stock.inactive);
      await expect.poll(() => held("TIR-1")).toBe("0");
      await tile(page, "Tiramisu maison").click();
      await expect(app.dialog.getByRole("heading", { name: words.stock.why_zero })).toBeVisible();
      await expect(app.dialog).toContainText(words.stock.why_unavailable);
      await axe(page);
      await app.dialog.getByRole("button", { name: words.stock.close, exact: true }).click();

      await carrePos.change("sku:TIR-1", { available: true, quantity: "6" });
      await expect(tile(page, "Tiramisu maison")).toContainText("6");
      await expect.poll(() => held("TIR-1")).toBe("6");
      await tile(page, "Tiramisu maison").click();
      await expect(app.dialog).toContainText(words.stock.why_counted);
      await page.keyboard.press("Escape");
      await expect(app.dialog).toBeHidden();

      await tile(page, "Margherita Grande").click();
      await expect(app.dialog).toContainText(words.stock.why_below_zero);
      await page.keyboard.press("Escape");

      // An entry that was there is removed, so that the product is unlimited again.
      await carrePos.change("sku:TIR-1", { managed: false });
      await expect(tile(page, "Tiramisu maison")).toContainText(words.stock.unmanaged);
      await expect.poll(() => held("TIR-1")).toBeUndefined();
      await expect(tile(page, "Tiramisu maison")).toContainText(words.stock.unlimited);
      await tile(page, "Tiramisu maison").click();
      await expect(app.dialog).toContainText(words.stock.why_unmanaged);
      await page.keyboard.press("Escape");

      await app.unfold(words.stock.rules);
      await expect(app.main).toContainText(words.stock.rule_unavailable);
    });
  });
}

test("without a network the till keeps its changes, and HubRise gets the latest state once it is back", async ({ app, page, hubrise, sandbox, carrePos }) => {
  await sending({ app, page, hubrise, sandbox }, carrePos);
  await carrePos.network(false);
  await carrePos.sell("sku:MAR-M", 3);
  await carrePos.sell("sku:MAR-M");
  expect((await carrePos.look()).waiting).toBe(1);
  expect((await carrePos.held())["MAR-M"]).toBe("8");
  await carrePos.network(true);
  await expect(tile(page, "Margherita Moyenne")).toContainText("HubRise : 4");
  expect((await carrePos.held())["MAR-M"]).toBe("4");
});

test("an older state never overwrites a newer one, and the same call twice is one", async ({ app, page, hubrise, sandbox, carrePos }) => {
  await sending({ app, page, hubrise, sandbox }, carrePos);
  await carrePos.sell("sku:MAR-M");
  await expect.poll(async () => (await carrePos.calls()).length).toBe(2);
  await carrePos.sell("sku:MAR-M");
  await expect.poll(async () => (await carrePos.calls()).length).toBe(3);
  await carrePos.call("repeat", 2, true);
  await expect.poll(async () => (await carrePos.calls()).at(-1)).toMatchObject({ number: 4, status: 409 });
  await carrePos.call("repeat", 2);
  await expect.poll(async () => (await carrePos.calls()).at(-1)).toMatchObject({ number: 5, status: 200 });
  await expect(tile(page, "Margherita Moyenne")).toContainText("HubRise : 6");
  expect((await carrePos.held())["MAR-M"]).toBe("6");
});

test("a key that was revoked opens nothing any more", async ({ app, page, hubrise, sandbox, carrePos, words, axe }) => {
  await sending({ app, page, hubrise, sandbox }, carrePos);
  const keys = page.getByRole("region", { name: words.stock.keys });
  await keys.getByRole("button", { name: /^Révoquer la clé Comptoir/ }).click();
  await expect(app.dialog).toHaveAccessibleName(/^Révoquer la clé Comptoir \(…/);
  await axe(page);
  await app.dialog.getByRole("button", { name: words.stock.key_revoke, exact: true }).click();
  await expect(app.announced).toHaveText(words.stock.key_revoked_done);
  await expect(keys.getByRole("button", { name: /^Révoquer/ })).toHaveCount(0);
  await carrePos.sell("sku:MAR-M");
  await expect.poll(async () => (await carrePos.calls()).at(-1)?.status).toBe(401);
  expect((await carrePos.held())["MAR-M"]).toBe("8");
});
