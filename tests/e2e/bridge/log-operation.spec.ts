// An operation's own page: its story, both sides of it, the kitchen's ticket, and what people do with it. The ten failures of
// every day are `troubleshooting.spec.ts`'s.
import { API_TOKEN, expect, fill, test } from "../fixtures.ts";
import { connectWithToken, go, row, shown } from "./bridge.ts";
import type { Locator, Page } from "@playwright/test";
import type { Console } from "../console.ts";
import type { Order } from "../orders.ts";

/** Opens an order's page from the list. */
async function open(app: Console, page: Page, order: Order): Promise<void> {
  await (await shown(page, order.id)).getByRole("link").click();
  await app.ready();
  await expect(app.heading).toBeVisible();
}

/** The two sides, once they are laid out. */
async function sides(page: Page, title: string): Promise<Locator> {
  const region = page.getByRole("region", { name: title });
  await expect(region.locator(".duo").first()).toBeVisible();
  return region;
}

/** The row a text of the order stands in. */
const duo = (region: Locator, text: string): Locator => region.locator(".duo").filter({ has: region.page().locator(".l", { hasText: text }) });

test("each part stands beside what it became, lights up with it, and what was left out says why", async ({ app, page, hubrise, services, orders, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  await open(app, page, await orders.make("some_refs"));
  const { sides: said } = words.operation;
  const region = await sides(page, said.title);

  // Sent: the request's own line is opposite, and pointing at a price lights that price alone.
  const chowder = duo(region, "Clam chowder");
  await expect(chowder.locator(".r")).toContainText("ProdNum 2001");
  await chowder.locator(".l .money").hover();
  await expect(region.locator(".r .cell[data-lit]")).toHaveText(/CostEach\s+8\.50/);
  // Left out: struck through, with the reason in words, and what hangs under it with it.
  const catchOfTheDay = duo(region, "Catch of the day");
  await expect(catchOfTheDay.locator(".l .cell").first()).toHaveCSS("text-decoration-line", "line-through");
  await expect(catchOfTheDay.locator(".r")).toHaveText(fill(said.skipped, { why: words.operation.fate.no_ref }));
  await expect(duo(region, "Fries").locator(".r")).toContainText(said.skipped.split("{{")[0]!.trim());

  // The totals say what that costs.
  const total = region.getByRole("row").filter({ has: page.getByRole("rowheader", { name: said.sum_total, exact: true }) });
  await expect(total).toContainText("22,00");

  // With the keyboard alone: each line is a button, arrows go on and across, and what became of it is told.
  await chowder.locator(".l button").focus();
  await page.keyboard.press("ArrowRight");
  await expect(chowder.locator(".r button")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(chowder.locator(".r button")).toHaveAttribute("aria-pressed", "true");
  await expect(region.getByRole("status")).toContainText("sku_ref 2001");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowUp");
  await expect(chowder.locator(".l button")).not.toBeFocused();
  await page.keyboard.press("Escape");
  await expect(region.getByRole("status")).toHaveText("");
  await axe(page);

  // A note leads to the part it is about.
  const notes = page.getByRole("region", { name: words.operation.notes });
  await notes.getByRole("listitem").filter({ hasText: "Catch of the day" }).getByRole("button").click();
  await expect(catchOfTheDay.locator(".l button")).toBeFocused();
});

test("on a phone each side is a tab, and the counterpart opens under what is tapped", { tag: "@phone" }, async ({ app, page, hubrise, services, orders, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  await open(app, page, await orders.make("options"));
  const { sides: said } = words.operation;
  const region = await sides(page, said.title);
  const which = region.getByRole("group", { name: said.which });
  const burger = duo(region, "Harbor burger");
  await expect(burger.locator(".l button")).toBeVisible();
  await expect(burger.locator(".r button")).toBeHidden();
  await burger.locator(".l button").tap();
  await expect(burger.locator(".under")).toContainText("ProdNum 2003");
  await axe(page);
  await which.getByRole("button").nth(1).tap();
  await expect(burger.locator(".l button")).toBeHidden();
  await burger.locator(".r button").tap();
  await expect(burger.locator(".under")).toContainText("Harbor burger");
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test("the story tells when what was said, and each step leads to its exchange", { tag: "@everywhere" }, async ({ app, page, hubrise, services, orders, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  await open(app, page, await orders.make("scheduled"));
  const { story } = words.operation;
  const line = page.getByRole("region", { name: story.title });
  await expect(line.getByRole("listitem").filter({ hasText: story.told })).toBeVisible();
  await expect(line.getByRole("listitem").filter({ hasText: story.hubrise_told })).toBeVisible();
  await expect(line.getByRole("listitem").last()).toContainText(story.wanted);
  await axe(page);
  await line.getByRole("link", { name: `${story.sent} · ${story.taken}` }).click();
  await app.ready();
  await expect(page).toHaveURL(/\/operations\/[^/]+\/exchanges\/[^/]+$/);
  expect(await page.content()).not.toContain(API_TOKEN);
});

test("half and half, toppings and all, reads like a kitchen's ticket", async ({ app, page, hubrise, services, orders, words }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  await open(app, page, await orders.make("half_and_half"));
  const ticket = page.getByRole("region", { name: words.operation.ticket.title });
  const lines = async (): Promise<string[]> => {
    const texts = await ticket.getByRole("listitem").allInnerTexts();
    return texts.map((line) => line.replace(/\s+/g, " ").trim());
  };
  await expect.poll(lines).toEqual(["1 Half half", "½ Pepperoni", "Olives", "½ Four cheeses", "Mushrooms", "Basil"]);
  await expect(ticket).toContainText(words.operation.ticket.paid);
});

test("refused, cured, sent again: printed once, with who did it; sent again after that only against a warning", async ({ app, page, hubrise, services, orders, pixelpoint, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await pixelpoint.behave("unknown_product");
  await go(app, "operations");
  await open(app, page, await orders.make());
  await expect(app.heading).toHaveText(words.cause.unknown_product.title);
  const { act } = words.operation;
  await pixelpoint.behave("accept");
  await app.button(act.resend).click();
  await expect(app.heading).toHaveText(words.cause.delivered.title);
  expect((await pixelpoint.printed()).length).toBe(1);
  await expect(page.getByRole("region", { name: act.done })).toContainText(act.did_resent);
  await expect(page.getByRole("region", { name: words.operation.story.title })).toContainText(act.did_resent);

  // Nothing is printed twice without having been told so.
  await app.button(act.resend).click();
  const question = app.question(act.twice);
  await expect(question).toContainText(act.was_delivered.split("{{")[0]!.trim());
  await axe(page);
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(app.button(act.resend)).toBeFocused();
  expect((await pixelpoint.printed()).length).toBe(1);
  await app.button(act.resend).click();
  await app.button(act.despite).click();
  await expect(question).toBeHidden();
  await expect.poll(async () => (await pixelpoint.printed()).length).toBe(2);
});

test("what was done about it is noted, and can be taken back", async ({ app, page, hubrise, services, orders, pixelpoint, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await pixelpoint.behave("exception");
  await go(app, "operations");
  await open(app, page, await orders.make());
  const { act } = words.operation;
  await app.button(act.handle).click();
  const question = app.question(act.handle_title);
  await question.getByLabel(act.note, { exact: true }).fill("Entered by hand <b>at 19:50</b>");
  await axe(page);
  await question.getByRole("button", { name: act.handle, exact: true }).click();
  await expect(question).toBeHidden();
  await expect(page.getByRole("region", { name: act.done })).toContainText("Entered by hand <b>at 19:50</b>");
  await app.button(act.reopen).click();
  await expect(page.getByRole("region", { name: act.done })).toContainText(act.did_reopened);
  await expect(app.button(act.handle)).toBeVisible();
});

test("a case is seen before it is shared, holds no name, and its link ends when it is told to", async ({ app, page, hubrise, services, orders, context, browser, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const order = await orders.make();
  const customer = order.customer?.email ?? "";
  await open(app, page, order);
  const { share } = words.operation;
  await app.button(share.press).click();
  const dialog = app.question(share.title);
  await expect(dialog).toContainText(share.none);
  await axe(page);

  const [preview] = await Promise.all([
    context.waitForEvent("page"),
    dialog.getByRole("link", { name: new RegExp(`^${share.preview}`) }).click(),
  ]);
  await preview.waitForLoadState();
  await expect(preview.locator("body")).toContainText(order.id);
  expect(customer).not.toBe("");
  expect(await preview.content()).not.toContain(customer);
  expect(await preview.content()).not.toContain(API_TOKEN);
  await preview.close();

  const [file] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("link", { name: share.file }).click()]);
  expect(file.suggestedFilename()).toMatch(/\.html$/);

  await dialog.getByRole("button", { name: share.make, exact: true }).click();
  await expect(dialog).toContainText(share.made);
  const url = await dialog.locator("code").innerText();
  // Anybody, with no session of this console.
  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  expect((await other.goto(url))?.status()).toBe(200);
  await expect(other.locator("body")).toContainText(order.id);
  expect(await other.content()).not.toContain(customer);

  await dialog.getByRole("button", { name: new RegExp(share.end_of.split("{{")[0]!.trim()) }).click();
  await expect(dialog).toContainText(share.ended);
  expect((await other.goto(url))?.status()).toBe(410);
  await stranger.close();
  await dialog.getByRole("button", { name: share.close, exact: true }).click();
  await expect(app.button(share.press)).toBeFocused();
  await expect(page.getByRole("region", { name: words.operation.act.done })).toContainText(words.operation.act.did_ended);
});

test("what is hostile in a name is shown as text, with what cannot be seen made visible", async ({ app, page, hubrise, services, orders, words }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const hostile = "<script>alert(1)</script> \u202Eenoz\u200B \u001b[31mred";
  const order = await orders.put({
    status: "new",
    items: [{ product_name: hostile, sku_ref: "2001", price: "8.50", quantity: "1" }],
  });
  await open(app, page, order);
  const region = await sides(page, words.operation.sides.title);
  await expect(region.locator(".l .name")).toHaveText("<script>alert(1)</script> ⟨202E⟩enoz⟨200B⟩ ␛[31mred");
  const ticket = page.getByRole("region", { name: words.operation.ticket.title });
  await expect(ticket).toContainText("⟨202E⟩");
  expect(await page.evaluate(() => document.querySelectorAll("main script").length)).toBe(0);
});

test("the page turns by itself while the order is on its way, and keeps what is being read", async ({ app, page, hubrise, services, orders, pixelpoint, words }) => {
  await connectWithToken({ app, page, hubrise, services });
  await pixelpoint.behave("store_offline");
  await go(app, "operations");
  const order = await orders.make();
  await expect(await shown(page, order.id)).toContainText(words.operation_state.retrying);
  await row(page, order.id).getByRole("link").click();
  await app.ready();
  const { story } = words.operation;
  const line = page.getByRole("region", { name: story.title });
  await expect(line).toContainText(story.next);
  const region = await sides(page, words.operation.sides.title);
  await region.locator(".l button", { hasText: "Clam chowder" }).focus();
  await pixelpoint.behave("accept");
  await expect(app.heading).toHaveText(words.cause.delivered.title, { timeout: 40_000 });
  await expect(line).toContainText(story.taken);
});
