// The support desk's list: ten thousand connections, found, scrolled and left by mouse, keyboard and finger; and a list that
// is slow, fails or is empty.
import { expect, fill } from "../fixtures.ts";
import { tabTo } from "../keyboard.ts";
import { expectNoShift, measureShifts } from "../shifts.ts";
import { wordsOf } from "../words.ts";
import { longList, MOST_ROWS, test } from "./desk.ts";

/** The desk's filter and OAuth's secret share a word; only the latter is one. */
const FILTER = /a secret in an address: .*\/desk\/connections\?(q=[^&]*&)?state=[a-z_]+&?(cursor=[^&]*&?)?$/;

test.describe("a list of 10,000", () => {
  const COUNT = 10_000;

  test("scrolls with few rows in the document, asking only for what is looked at", { tag: "@everywhere" }, async ({ page, desk, axe }) => {
    const asked = await longList(page, "pos-helper", COUNT);
    await measureShifts(page);
    const pos = desk("pos-helper");
    await pos.signIn();
    await expect(pos.row("Restaurant 0")).toBeVisible();
    await expect(pos.grid).toHaveAttribute("aria-rowcount", String(COUNT + 1));
    expect(asked).toHaveLength(1);
    await expectNoShift(page);
    await axe(page);
    for (const row of [50, 100, 150, 200]) {
      await pos.grid.evaluate((grid, top) => (grid.scrollTop = top), row * 36);
      await expect(pos.row(`Restaurant ${row + 1}`)).toBeVisible();
      expect(await pos.rows.count()).toBeLessThanOrEqual(MOST_ROWS);
    }
    expect(asked.map((query) => query.get("cursor"))).toEqual([null, "60", "120", "180"]);
    await pos.grid.evaluate((grid) => (grid.scrollTop = grid.scrollHeight));
    // Each page's cursor is in the page before: 163 answers, one after the other.
    await expect(pos.row(`Restaurant ${COUNT - 1}`)).toBeVisible({ timeout: 40_000 });
    expect(await pos.rows.count()).toBeLessThanOrEqual(MOST_ROWS);
    await expect(pos.row(`Restaurant ${COUNT - 1}`)).toHaveAttribute("aria-rowindex", String(COUNT + 1));
  });

  test("the keyboard alone searches, moves and opens; Escape gives the place back", async ({ page, desk, words }) => {
    await longList(page, "pos-helper", COUNT);
    const pos = desk("pos-helper");
    await pos.signIn();
    await page.keyboard.press("/");
    await expect(pos.search).toBeFocused();
    await page.keyboard.type("restaurant 12");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/pos-helper/desk?q=restaurant%2012");
    await expect(page.getByText(fill(words.desk.count_several, { count: "111" }))).toBeVisible();
    await tabTo(page, pos.grid);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(pos.grid).toHaveAttribute("aria-activedescendant", "desk-1");
    await page.keyboard.press("End");
    await expect(pos.grid).toHaveAttribute("aria-activedescendant", "desk-110");
    await expect(pos.row("Restaurant 1299")).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(pos.dialog).toHaveAccessibleName(/^Restaurant 1299 · Paris/);
    await expect(pos.dialog.getByRole("button", { name: "Prouver votre accès chez HubRise" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(pos.grid).toBeFocused();
    await expect(pos.grid).toHaveAttribute("aria-activedescendant", "desk-110");
  });

  test("search and state are in the address, and Back leads to the same row", async ({ page, app, desk, expectedErrors }) => {
    expectedErrors.push(FILTER);
    const asked = await longList(page, "pos-helper", COUNT);
    const pos = desk("pos-helper");
    await pos.signIn();
    await pos.state.selectOption({ label: "Bloquée" });
    await expect(page).toHaveURL("/pos-helper/desk?state=blocked");
    await expect(page.getByText(/^1.000 connexions$/)).toBeVisible();
    await page.reload();
    await expect(pos.state).toHaveValue("blocked");
    await expect(pos.row("Restaurant 4")).toContainText("Bloquée");
    await pos.grid.evaluate((grid) => (grid.scrollTop = 500 * 36));
    await expect(pos.row("Restaurant 5014")).toBeVisible();
    const top = await pos.grid.evaluate((grid) => grid.scrollTop);
    await app.link("POS HELPER").first().click();
    await expect(page).toHaveURL("/pos-helper");
    asked.length = 0;
    await page.goBack();
    await expect(pos.row("Restaurant 5014")).toBeVisible();
    expect(await pos.grid.evaluate((grid) => grid.scrollTop)).toBe(top);
    expect(asked.length, "pages asked for").toBeLessThanOrEqual(2);
    await page.getByRole("button", { name: "Tout effacer" }).click();
    await expect(page).toHaveURL("/pos-helper/desk");
    await expect(pos.row("Restaurant 0")).toBeVisible();
  });

  test("nothing found says so and leads out", async ({ page, desk, axe }) => {
    await longList(page, "pos-helper", COUNT);
    const pos = desk("pos-helper");
    await pos.signIn();
    await pos.search.fill("introuvable");
    await expect(page.getByText("Rien ne correspond à «\u00a0introuvable\u00a0».")).toBeVisible();
    await axe(page);
    await page.getByRole("button", { name: "Tout effacer" }).click();
    await expect(pos.search).toHaveValue("");
    await expect(pos.row("Restaurant 0")).toBeVisible();
  });

  test("a phone shows three columns and fits", { tag: "@phone" }, async ({ page, desk, axe }) => {
    await longList(page, "pos-helper", COUNT);
    const pos = desk("pos-helper");
    await pos.signIn();
    await expect(pos.row("Restaurant 0")).toBeVisible();
    await expect(pos.grid.getByRole("columnheader")).toHaveText(["Compte", "Point de vente", "État"]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await axe(page);
    await pos.row("Restaurant 3").tap();
    await expect(pos.dialog).toBeVisible();
    await axe(page);
  });
});

test("bones stand in for a slow list, and a failing one is said and asked again", async ({ page, desk, axe, expectedErrors }) => {
  expectedErrors.push(/status of 500/);
  const pos = desk("pos-helper");
  await pos.signIn();
  const pattern = "**/api/v1/vendors/pos-helper/desk/connections";
  let release = (): void => {};
  const held = new Promise<void>((go) => (release = go));
  await page.route(pattern, async (route) => {
    await held;
    const json = { status: 500, code: "internal", detail: "", request_id: "dddddddddddddddddddddddddd" };
    await route.fulfill({ status: 500, contentType: "application/problem+json", json });
  });
  await page.reload();
  await expect(page.locator(".standin .bone").first()).toBeVisible();
  release();
  const failed = page.getByRole("alert");
  await expect(failed).toContainText(wordsOf("fr").problem.internal.title);
  await axe(page);
  await page.unroute(pattern);
  await failed.getByRole("button", { name: "Réessayer" }).click();
  await expect(page.getByText("Aucune connexion pour l’instant")).toBeVisible();
  await expect(page.getByText("Elle apparaîtra ici dès qu’un commerçant se connectera.")).toBeVisible();
  await axe(page);
});
