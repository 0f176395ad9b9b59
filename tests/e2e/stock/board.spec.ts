// The board: what is searched, filtered and sorted stands in the address; the keys lead through it; a tile opens closely; and
// five thousand products are as light as twenty.
import { CARRE, expect, test } from "../fixtures.ts";
import { expectNoShift, measureShifts } from "../shifts.ts";
import { connect, makeKey, names, sending, STOCK, tile } from "./stock.ts";

/** Nodes of the board that stand in the document at most, however many products there are. */
const MOST_NODES = 2_500;

test("search, filters and order stand in the address, and Back leads through them", { tag: "@everywhere" }, async ({ app, page, hubrise, sandbox, carrePos, words, axe }) => {
  await sending({ app, page, hubrise, sandbox }, carrePos);
  await expect(page.getByRole("rowheader", { name: "Pizzas" })).toBeVisible();
  const only = page.getByRole("group", { name: words.stock.only });
  await only.getByRole("button", { name: words.stock.only_inactive }).click();
  await expect(page).toHaveURL(`${STOCK}?only=inactive`);
  await expect(names(page)).toHaveText(["Regina Grande", "Panna cotta"]);
  await only.getByRole("button", { name: words.stock.only_unknown }).click();
  await expect(page).toHaveURL(`${STOCK}?only=inactive,unknown`);
  await expect(names(page)).toHaveText(["Regina Grande", "Panna cotta", "Pizza à la truffe"]);
  await expect(tile(page, "Pizza à la truffe")).toContainText(words.stock.unknown);
  await axe(page);
  await page.goBack();
  await expect(page).toHaveURL(`${STOCK}?only=inactive`);
  await expect(names(page)).toHaveText(["Regina Grande", "Panna cotta"]);
  await app.button(words.stock.clear).click();
  await expect(page).toHaveURL(STOCK);

  await page.getByRole("combobox", { name: words.stock.sort }).selectOption({ label: words.stock.sort_quantity });
  await expect(page).toHaveURL(`${STOCK}?sort=quantity`);
  await expect(names(page).first()).toHaveText("Margherita Grande");
  await page.getByRole("searchbox", { name: words.stock.search }).fill("oeuf");
  await expect(page).toHaveURL(`${STOCK}?q=oeuf&sort=quantity`);
  await expect(names(page)).toHaveText(["Œuf"]);
  await page.getByRole("searchbox", { name: words.stock.search }).fill("rien de tel");
  await expect(app.main).toContainText(words.stock.none_so);
  await axe(page);
});

test("the keys lead through the board, and open and close a tile", async ({ app, page, hubrise, sandbox, carrePos, words, axe }) => {
  await sending({ app, page, hubrise, sandbox }, carrePos);
  const grid = page.getByRole("grid", { name: words.stock.board });
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: words.stock.search })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(grid).toBeFocused();
  await page.keyboard.press("Home");
  await expect(grid).toHaveAttribute("aria-activedescendant", "tile-0");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("gridcell", { selected: true }).locator(".name")).toHaveText("Margherita Grande");
  await page.keyboard.press("Enter");
  await expect(app.dialog).toHaveAccessibleName("Margherita Grande");
  await expect(page).toHaveURL(`${STOCK}?tile=sku%3AMAR-L`);
  await expect(app.dialog.getByRole("img")).toHaveAccessibleName(/^Stock des 30 derniers jours, de/);
  await axe(page);
  await page.keyboard.press("Escape");
  await expect(app.dialog).toBeHidden();
  await expect(page).toHaveURL(STOCK);
  await expect(grid).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("gridcell", { selected: true }).locator(".name")).toHaveText("Pizza à la truffe");
});

test("a link to a tile opens it, with its history and what was said when it was last sent", async ({ app, page, hubrise, sandbox, carrePos, words, axe }) => {
  await sending({ app, page, hubrise, sandbox }, carrePos);
  await page.goto(`${STOCK}?tile=sku:COK-33`);
  await app.ready();
  await expect(app.dialog).toHaveAccessibleName("Coca-Cola 33 cl");
  await expect(app.dialog).toContainText("48");
  await carrePos.sell("sku:COK-33", 8);
  await expect(app.dialog).toContainText("40");
  await app.dialog.locator("summary").click();
  await expect(app.dialog.getByRole("row").nth(1)).toContainText("40");
  await axe(page);
  await app.dialog.getByRole("link", { name: words.stock.see_operation }).click();
  await app.ready();
  await expect(app.heading).toHaveText(words.cause.stock.title);
});

test("five thousand products: few of them in the document, all of them within reach", { tag: "@everywhere" }, async ({ app, page, hubrise, sandbox, carrePos, words, axe }) => {
  await carrePos.catalog({ products: 5_000 });
  const hands = { app, page, hubrise, sandbox };
  await connect(hands);
  await carrePos.menu();
  await carrePos.enable(await makeKey(hands, ""));
  await expect(tile(page, "Produit 1")).toBeVisible();
  // HubRise has it all: until then the numbers of what differs change by the thousand.
  await expect(app.heading).toHaveText(words.stock.well, { timeout: 30_000 });
  await measureShifts(page);
  await page.reload();
  await app.ready();
  const grid = page.getByRole("grid", { name: words.stock.board });
  await expect(tile(page, "Produit 1")).toBeVisible();
  // What changes on the till changes in place.
  await carrePos.change("sku:S-0", { quantity: "4321", managed: true, available: true });
  await expect(tile(page, "Produit 1")).toContainText("4321");
  await expectNoShift(page);
  await grid.focus();
  await page.keyboard.press("End");
  // The options come after the products.
  await expect(page.getByRole("gridcell", { selected: true })).toBeVisible();
  expect(await grid.locator("*").count()).toBeLessThan(MOST_NODES);
  await page.getByRole("searchbox", { name: words.stock.search }).fill("S-4999");
  await expect(names(page)).toHaveText(["Produit 5000"]);
  await carrePos.change("sku:S-4999", { quantity: "777", managed: true, available: true });
  await expect(tile(page, "Produit 5000")).toContainText("777");
  await axe(page);
});

test("another vendor's till has no such page, and a till that is not connected says so", async ({ app, page }) => {
  await page.goto("/pos-helper/caisse/stock");
  await expect(app.heading).toHaveText(app.words.missing.title);
  await app.open(`${CARRE}/stock`);
  await expect(app.heading).toHaveText(app.words.bridge_settings.off);
});
