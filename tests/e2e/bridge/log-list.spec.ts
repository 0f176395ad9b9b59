// The list of operations as people search it: filters and searches that stand in the address, keys, a window of few rows
// over many, what counts above it, and sending again what is safe.
import { API_TOKEN, expect, fill, test } from "../fixtures.ts";
import { chip, connectWithToken, giveToken, go, OPERATIONS, row, rows, shown } from "./bridge.ts";
import type { Page } from "@playwright/test";

const WRONG = "YT6eR2-0000000000000000";

/** The menu of a filter. */
const menu = (page: Page, name: string) => page.getByRole("search").getByRole("combobox", { name, exact: true });

/** The box everything is searched in. */
const box = (page: Page) => page.getByRole("searchbox");

/** What of the address says what is asked for. */
const query = (page: Page) => new URL(page.url()).search;

test("filters stand in the address, Back and Forward lead through them, and each is a chip", { tag: "@everywhere" }, async ({ app, page, hubrise, services, orders, pixelpoint, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const fine = await orders.make();
  await shown(page, fine.id);
  await pixelpoint.behave("unknown_product");
  const refused = await orders.make();
  await expect(await shown(page, refused.id)).toContainText(words.operation_state.refused);

  await menu(page, words.operations.state).selectOption("refused");
  await expect(row(page, fine.id)).toHaveCount(0);
  await expect(row(page, refused.id)).toBeVisible();
  expect(query(page)).toBe("?state=refused");
  await menu(page, words.operations.cause).selectOption("unknown_product");
  await menu(page, words.operations.period).selectOption("today");
  await expect.poll(() => query(page)).toBe("?state=refused&cause=unknown_product&period=today");
  await expect(row(page, refused.id)).toBeVisible();
  await axe(page);

  await page.goBack();
  await page.goBack();
  expect(query(page)).toBe("?state=refused");
  await expect(page.locator(".chips .chip")).toHaveCount(1);
  await page.goForward();
  await expect(page.locator(".chips .chip")).toHaveCount(2);
  await page.reload();
  await app.ready();
  await expect(row(page, refused.id)).toBeVisible();
  await expect(row(page, fine.id)).toHaveCount(0);

  await page.locator(".chips .chip").first().click();
  await expect(page.locator(".chips .chip")).toHaveCount(1);
  await page.locator(".chips").getByRole("button", { name: words.operations.clear }).click();
  await expect(row(page, fine.id)).toBeVisible();
  expect(query(page)).toBe("");

  // Nothing matches, and the way back is at hand.
  await menu(page, words.operations.state).selectOption("withdrawn");
  await expect(page.getByRole("heading", { name: words.operations.none_so })).toBeVisible();
  await axe(page);
  await page.locator(".empty").getByRole("button", { name: words.operations.clear }).click();
  await expect(row(page, fine.id)).toBeVisible();
});

test("an order is found by its id, and a text in the bodies below, each with what matched", async ({ app, page, hubrise, services, orders, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const one = await orders.make();
  await shown(page, one.id);
  const two = await orders.put({ status: "new", items: [{ product_name: "Zébulon burger", sku_ref: "2001", price: "8.50", quantity: "1" }] });
  await shown(page, two.id);

  await page.keyboard.press("/");
  await expect(box(page)).toBeFocused();
  await box(page).fill(one.id);
  await expect(row(page, two.id)).toHaveCount(0);
  await expect(row(page, one.id).locator("mark")).toHaveText(words.operations.matched_id);
  expect(query(page)).toBe(`?q=${one.id}`);
  await axe(page);

  await box(page).fill("Zébulon burger");
  const said = page.getByRole("region", { name: words.operations.texts });
  const match = said.getByRole("row").filter({ hasText: two.id });
  await expect(match).toContainText("Zébulon burger");
  await expect(match.locator("mark").last()).toHaveText("Zébulon burger");
  await axe(page);
  await match.getByRole("link").click();
  await expect(page).toHaveURL(/\/exchanges\//);
  await page.goBack();
  await app.ready();
  await expect(box(page)).toHaveValue("Zébulon burger");

  // Whatever is typed is looked for as it is written.
  for (const odd of ["%", "_", "' OR 1=1 --", "(.*)+$", "\u202e\u200b", "x".repeat(10_000)]) {
    await box(page).fill(odd);
    await expect(said.getByText(words.operations.texts_none).or(said.getByRole("grid"))).toBeVisible();
    await expect(rows(page).filter({ hasText: one.id }).locator("mark")).toHaveCount(0);
  }
  await box(page).press("Escape");
  await expect(row(page, one.id)).toBeVisible();
  expect(query(page)).toBe("");
});

test("keys lead through the list, open a line, and are listed", async ({ app, page, hubrise, services, orders, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  await shown(page, (await orders.make()).id);
  const newest = await orders.make();
  await shown(page, newest.id);

  await page.keyboard.press("?");
  const keys = app.question(words.operations.keys);
  await expect(keys).toBeVisible();
  await axe(page);
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();

  await page.keyboard.press("j");
  await expect(rows(page).nth(0)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("j");
  await expect(rows(page).nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("k");
  await expect(rows(page).nth(0)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(page.locator("[role=row][aria-selected=true]")).toHaveCount(0);
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await app.ready();
  await expect(page).toHaveURL(/\/operations\/[^/?]+$/);
});

test("however many there are, few stand in the document, and Back leads to where one was", { tag: "@everywhere" }, async ({ app, page, hubrise, services, orders, words }) => {
  await connectWithToken({ app, page, hubrise, services });
  await orders.rush(40, 4);
  await go(app, "operations");
  const today = page.getByRole("group", { name: words.operations.chart }).getByRole("button").last();
  await expect(async () => {
    await page.reload();
    await app.ready();
    await expect(today).toHaveAccessibleName(/\b160\b/, { timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByText(/^1–\d+ \/ 60\+$/)).toBeVisible();

  const frame = page.locator("[role=grid]");
  await expect(frame).toHaveAttribute("aria-rowcount", "-1");
  const bottom = async (): Promise<void> => {
    await frame.evaluate((node) => node.scrollTo(0, node.scrollHeight));
  };
  // To the very end, page by page.
  await expect(async () => {
    await bottom();
    await expect(frame).not.toHaveAttribute("aria-rowcount", "-1", { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  expect(await rows(page).count()).toBeLessThanOrEqual(60);
  const count = Number(await frame.getAttribute("aria-rowcount"));
  expect(count).toBeGreaterThan(160);

  // As high as the heading are the rows.
  await frame.evaluate((node) => node.scrollTo(0, (node.firstElementChild as HTMLElement).offsetHeight * 90));
  const again = page.locator('[role=row][aria-rowindex="96"]');
  await expect(again.locator(".id")).toBeVisible();
  await again.scrollIntoViewIfNeeded();
  const id = await again.locator(".id").textContent();
  await again.getByRole("link").click();
  await app.ready();
  await page.goBack();
  await app.ready();
  await expect(again.locator(".id")).toHaveText(id ?? "");
  await expect(again).toBeInViewport();

  // What comes now is announced, and moves nothing that is read.
  const before = await again.boundingBox();
  await orders.make();
  await expect(chip(page)).toContainText(fill(words.operations.new_single, {}));
  expect(await again.boundingBox()).toEqual(before);
  await chip(page).click();
  await expect(frame.locator('[aria-rowindex="2"]')).toBeInViewport();
});

test("a jump to a time begins there, grows both ways, and leads back to the newest", async ({ app, page, hubrise, services, orders, words }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const order = await orders.make();
  await shown(page, order.id);
  await page.goto(`${OPERATIONS}?at=2001-01-01T08:00`);
  await app.ready();
  // Before the first there is nothing but what came later.
  await expect(row(page, order.id)).toBeVisible();
  await page.getByRole("button", { name: words.operations.newest }).click();
  await expect.poll(() => query(page)).toBe("");
  await expect(row(page, order.id)).toBeVisible();
  await page.getByLabel(words.operations.jump).fill("2099-01-01T00:00");
  await expect.poll(() => query(page)).toBe("?at=2099-01-01T00%3A00");
  await expect(row(page, order.id)).toBeVisible();
});

test("today's bar and today's failures ask the list for what they stand for", { tag: "@everywhere" }, async ({ app, page, hubrise, services, orders, pixelpoint, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await pixelpoint.behave("unknown_product");
  const [one, two] = [await orders.make(), await orders.make()];
  const group = page.getByRole("button", { name: fill(words.operations.group_several, { count: "2" }) });
  await expect(async () => {
    await page.goto(OPERATIONS);
    await app.ready();
    await expect(row(page, one.id)).toContainText(words.operation_state.refused, { timeout: 2_000 });
    await expect(row(page, two.id)).toContainText(words.operation_state.refused, { timeout: 2_000 });
    await expect(group).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(group).toContainText(words.cause.unknown_product.title);
  await axe(page);
  await group.click();
  await expect(page.locator(".chips")).toContainText(words.cause.unknown_product.title);
  await expect(row(page, one.id)).toBeVisible();
  await page.locator(".chips").getByRole("button", { name: words.operations.clear }).click();
  const today = page.getByRole("group", { name: words.operations.chart }).getByRole("button").last();
  await expect(today).toHaveAccessibleName(/2.*2/);
  await today.click();
  await expect(today).toHaveAttribute("aria-pressed", "true");
  await expect(row(page, two.id)).toBeVisible();
  await today.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: words.operations.none_so })).toBeVisible();
});

test("what was refused for a wrong token is sent again in one go, once the token is right", async ({ app, page, hubrise, services, orders, pixelpoint, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services }, WRONG);
  await go(app, "operations");
  const made = [await orders.make(), await orders.make(), await orders.make()];
  for (const order of made) await expect(await shown(page, order.id)).toContainText(words.operation_state.refused);
  await go(app, "configuration");
  await giveToken(app, page, API_TOKEN);
  await go(app, "operations");
  await page.getByRole("button", { name: words.operations.again, exact: true }).click();
  const question = app.question(words.operations.again);
  await expect(question).toContainText(fill(words.operations.again_means, { count: "3" }));
  await axe(page);
  await question.getByRole("button", { name: words.operations.again_confirm, exact: true }).click();
  await expect(question).toContainText(fill(words.operations.again_done, { sent: "3", left: "0" }));
  await question.getByRole("button", { name: words.desk.close }).click();
  for (const order of made) await expect(row(page, order.id)).toContainText("OK");
  expect((await pixelpoint.printed()).length).toBe(3);
  expect(await pixelpoint.doubles()).toBe(0);
  await page.getByRole("button", { name: words.operations.again, exact: true }).click();
  await expect(question).toContainText(words.operations.again_none);
});

test("a filter is kept under a name, found again, and forgotten", async ({ app, page, hubrise, services, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await page.goto(`${OPERATIONS}?state=refused&period=7d`);
  await app.ready();
  const views = page.getByRole("button", { name: words.operations.views });
  await views.click();
  const dialog = app.question(words.operations.views);
  await expect(dialog).toContainText(words.operations.views_none);
  await dialog.getByLabel(words.operations.view_name).fill("Refusées de la semaine");
  await dialog.getByRole("button", { name: words.operations.view_save }).click();
  const kept = dialog.getByRole("button", { name: "Refusées de la semaine", exact: true });
  await expect(kept).toBeVisible();
  await axe(page);
  await page.goto(OPERATIONS);
  await app.ready();
  await views.click();
  await kept.click();
  await expect(dialog).toBeHidden();
  expect(query(page)).toBe("?state=refused&period=7d");
  await views.click();
  await dialog.getByRole("button", { name: `${words.operations.view_forget} Refusées de la semaine` }).click();
  await expect(dialog).toContainText(words.operations.views_none);
});

test("the list is a file for a spreadsheet, with the same filters", async ({ app, page, hubrise, services, orders, pixelpoint, words }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const fine = await orders.make();
  await shown(page, fine.id);
  await pixelpoint.behave("unknown_product");
  const refused = await orders.make();
  await shown(page, refused.id);
  await menu(page, words.operations.state).selectOption("refused");
  await expect(row(page, fine.id)).toHaveCount(0);
  const coming = page.waitForEvent("download");
  await app.link(words.operations.csv).click();
  const file = await coming;
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  expect(text).toContain(refused.id);
  expect(text).not.toContain(fine.id);
});
