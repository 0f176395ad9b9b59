// "Envoi manuel de l'inventaire": Synchroniser les stocks, for a new connection or when something is out of step; what others
// change at HubRise; and the switch Envoi de données.
import { expect, test } from "../fixtures.ts";
import { names, sending, STOCK, tile } from "./stock.ts";

/** The calls by which the whole inventory was replaced. */
const PUT = (one: { method: string; path: string }): boolean => one.method === "PUT" && one.path.endsWith("/inventory");

for (const locale of ["fr-FR", "en-GB"]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("a drift is shown, Synchroniser les stocks heals it, and pressed twice it is one run", { tag: "@everywhere" }, async ({ app, page, hubrise, sandbox, carrePos, words, axe }) => {
      await sending({ app, page, hubrise, sandbox }, carrePos);
      // Advised after a new connection.
      await expect(app.main).toContainText(words.stock.sync_advised);
      await carrePos.others([{ sku_ref: "MAR-M", stock: "99" }, { sku_ref: "QFR-L", stock: "5" }]);
      await expect(tile(page, "Margherita Moyenne")).toContainText(words.stock.differs);
      await expect(tile(page, "Margherita Moyenne")).toContainText("99");
      await tile(page, "Margherita Moyenne").click();
      await expect(app.dialog).toContainText(words.stock.why_others);
      await expect(app.dialog).toContainText(words.stock.others_at);
      await axe(page);
      await page.keyboard.press("Escape");

      await app.button(words.stock.sync).dblclick();
      const result = page.getByRole("group", { name: words.stock.sync_result });
      await expect(result.getByRole("heading", { name: words.stock.sync_done })).toBeVisible();
      await expect(app.heading).toHaveText(words.stock.well);
      await expect(app.main).not.toContainText(words.stock.sync_advised);
      expect((await sandbox.requests("/v1/catalogs")).filter(PUT)).toHaveLength(1);
      const held = await carrePos.held();
      expect(held["MAR-M"]).toBe("8");
      expect(held["QFR-L"]).toBeUndefined();
      // TRUFFE is on the till alone.
      await expect(result.locator("dl > div").filter({ hasText: words.stock.result_unknown })).toContainText("1");
      await expect(result.locator("dl > div").filter({ hasText: words.stock.result_left })).toContainText("0");
      await app.unfold(words.stock.result_refs);
      await expect(result).toContainText("TRUFFE");
      await axe(page);

      // Every send is an operation, in the same log as orders.
      await result.getByRole("link", { name: words.stock.see_operation }).click();
      await app.ready();
      await expect(app.heading).toHaveText(words.cause.stock.title);
      await expect(page.getByRole("region", { name: words.operation.exchanges }).getByRole("link").first()).toBeVisible();
      await axe(page);
      await app.link(words.operation.back).click();
      await app.ready();
      await expect(app.heading).toHaveText(words.stock.log_well);
      await axe(page);
    });

    test("with sending off nothing leaves, and the page says so", async ({ app, page, hubrise, sandbox, carrePos, words, axe }) => {
      await sending({ app, page, hubrise, sandbox }, carrePos);
      const sending_ = page.getByRole("switch", { name: words.stock.sending });
      await expect(sending_).toBeChecked();
      await sending_.click();
      await expect(app.heading).toHaveText(words.stock.off);
      await expect(sending_).not.toBeChecked();
      await axe(page);
      const before = (await sandbox.requests("/v1/catalogs")).length;
      await carrePos.sell("sku:MAR-M");
      await expect(tile(page, "Margherita Moyenne")).toContainText(words.stock.differs);
      await tile(page, "Margherita Moyenne").click();
      await expect(app.dialog).toContainText(words.stock.why_off);
      await page.keyboard.press("Escape");
      expect((await carrePos.held())["MAR-M"]).toBe("8");
      expect((await sandbox.requests("/v1/catalogs")).length).toBe(before);

      await sending_.click();
      await expect(app.heading).toHaveText(words.stock.well);
      expect((await carrePos.held())["MAR-M"]).toBe("7");
    });
  });
}

test("what others changed is healed by the product's next change", async ({ app, page, hubrise, sandbox, carrePos, words }) => {
  await sending({ app, page, hubrise, sandbox }, carrePos);
  await carrePos.others([{ sku_ref: "MAR-M", stock: "99" }]);
  await expect(tile(page, "Margherita Moyenne")).toContainText(words.stock.differs);
  await carrePos.sell("sku:MAR-M");
  await expect(tile(page, "Margherita Moyenne")).toContainText("HubRise : 7");
  await expect(tile(page, "Margherita Moyenne")).not.toContainText(words.stock.differs);
  expect((await carrePos.held())["MAR-M"]).toBe("7");
});

test("HubRise down: the latest state is kept, and sent when it is back", async ({ app, page, hubrise, sandbox, carrePos, words }) => {
  await sending({ app, page, hubrise, sandbox }, carrePos);
  await sandbox.fault({ target: "api", mode: "fail" });
  await carrePos.sell("sku:MAR-M");
  await expect(app.heading).toHaveText(words.stock.retrying);
  await carrePos.sell("sku:MAR-M");
  await sandbox.recover();
  await expect(app.heading).toHaveText(words.stock.well, { timeout: 60_000 });
  await expect(tile(page, "Margherita Moyenne")).toContainText("HubRise : 6");
  expect((await carrePos.held())["MAR-M"]).toBe("6");
});

test("a filter and an order stay while things change, and what changed is announced", async ({ app, page, hubrise, sandbox, carrePos, words }) => {
  await sending({ app, page, hubrise, sandbox }, carrePos);
  await page.goto(`${STOCK}?only=differs`);
  await app.ready();
  await expect(app.main).toContainText(words.stock.none_so);
  await carrePos.others([{ sku_ref: "COK-33", stock: "1" }]);
  await expect(app.main).toContainText(words.stock.moved);
  await expect(names(page)).toHaveCount(0);
  await app.button(words.stock.show_moved).click();
  await expect(names(page)).toHaveText(["Coca-Cola 33 cl"]);
});
