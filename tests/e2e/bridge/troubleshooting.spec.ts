// Ten faults, one for each row of the table of causes and for what the translation notes: from the list, cause and cure are
// found in at most three clicks. `PASSERELLE_SCREENSHOTS=1` renews the pictures of docs/troubleshooting.md.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator, Page, TestInfo } from "@playwright/test";
import type { Console } from "../console.ts";
import { expect, test } from "../fixtures.ts";
import type { Order, Orders } from "../orders.ts";
import type { StoreMode } from "../pixelpoint.ts";
import type { Words } from "../words.ts";
import { connectWithToken, go, row, shown } from "./bridge.ts";

const DOCUMENTED = join(dirname(fileURLToPath(import.meta.url)), "../../../docs/screenshots");
const renews = process.env["PASSERELLE_SCREENSHOTS"] === "1";

/** Nobody is led further than this. */
const CLICKS = 3;

/** Somebody who looks for the cause, and counts. */
class Reader {
  clicks = 0;

  constructor(
    readonly app: Console,
    readonly page: Page,
    readonly words: Words,
    readonly info: TestInfo,
  ) {}

  async press(what: Locator): Promise<void> {
    this.clicks += 1;
    expect(this.clicks, "clicks from the list").toBeLessThanOrEqual(CLICKS);
    await what.click();
    await this.app.ready();
  }

  async picture(name: string): Promise<void> {
    await this.page.evaluate(() => scrollTo(0, 0));
    const folder = renews ? DOCUMENTED : this.info.outputPath("pictures");
    await this.page.screenshot({ path: join(folder, `troubleshooting-${name}.png`), animations: "disabled", caret: "hide" });
  }

  get cause(): Locator {
    return this.page.locator(".cause");
  }

  get sides(): Locator {
    return this.page.getByRole("region", { name: this.words.operation.sides.title });
  }
}

interface Fault {
  /** Its picture's name. */
  name: string;
  /** How the till behaves. */
  mode?: StoreMode;
  /** The API token, where it is not the right one. */
  token?: string;
  /** Nothing answers at all. */
  shut?: boolean;
  /** The order's shape. */
  shape?: string;
  /** What the list says of it. */
  state: keyof Words["operation_state"];
  /** The title of the card. */
  title: (words: Words) => string;
  /** What to do, on the card. */
  todo: (words: Words) => string;
  /** What else must be found: the part it is about, the page where it is cured. */
  then: (reader: Reader) => Promise<void>;
}

/** What it is about, brought into view by one press. */
async function shows(reader: Reader, name: string, lit: string): Promise<void> {
  await expect(reader.cause).toContainText(name);
  await reader.press(reader.cause.getByRole("button", { name: reader.words.operation.about.show, exact: true }));
  await expect(reader.sides.locator(".cell[data-lit]").filter({ hasText: lit }).first()).toBeVisible();
}

/** The page where it is cured. */
async function leads(reader: Reader, link: string, to: RegExp): Promise<void> {
  await reader.press(reader.cause.getByRole("link", { name: link, exact: true }));
  await expect(reader.page).toHaveURL(to);
}

/** A note says what was left out, and leads there. */
async function notes(reader: Reader, name: string): Promise<void> {
  const note = reader.page.getByRole("region", { name: reader.words.operation.notes }).getByRole("listitem").filter({ hasText: name });
  await expect(note).toBeVisible();
  await reader.press(note.getByRole("button"));
  await expect(reader.sides.locator("button:focus")).toContainText(name);
}

/** Whom to ask, and what to give them. */
async function asks(reader: Reader): Promise<void> {
  await expect(reader.cause).toContainText("partnersupport@partech.com");
  const [file] = await Promise.all([
    reader.page.waitForEvent("download"),
    reader.press(reader.cause.getByRole("link", { name: reader.words.operation.about.take, exact: true })),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.html$/);
}

const FAULTS: Fault[] = [
  {
    name: "wrong-token",
    token: "YT6eR2-0000000000000000",
    state: "refused",
    title: (words) => words.cause.wrong_token.title,
    todo: (words) => words.cause.wrong_token.todo,
    then: (reader) => leads(reader, reader.words.operation.configure, /\/configuration$/),
  },
  {
    name: "store-offline",
    mode: "store_offline",
    state: "retrying",
    title: (words) => words.cause.store_offline.title,
    todo: (words) => words.cause.store_offline.todo,
    then: async (reader) => {
      await expect(reader.cause).toContainText(reader.words.cause.by_itself_at.split("{{")[0]!.trim());
      await expect(reader.cause).toContainText(reader.words.cause.store_offline.who);
    },
  },
  {
    name: "unknown-product",
    shape: "unknown_product",
    state: "refused",
    title: (words) => words.cause.unknown_product.title,
    todo: (words) => words.cause.unknown_product.todo,
    // What the till names, in its own words, then the page that shows what else it lacks.
    then: async (reader) => {
      await expect(reader.cause).toContainText("does not exist");
      await expect(reader.cause).toContainText("Swordfish · 999999");
      await leads(reader, reader.words.operation.check_menu, /\/menu$/);
    },
  },
  {
    name: "till-fault",
    mode: "exception",
    state: "refused",
    title: (words) => words.cause.till_fault.title,
    todo: (words) => words.cause.till_fault.todo,
    then: asks,
  },
  {
    name: "unreachable",
    shut: true,
    state: "retrying",
    title: (words) => words.cause.till_unreachable.title,
    todo: (words) => words.cause.till_unreachable.todo.split(" {{")[0]!,
    then: async (reader) => {
      await expect(reader.cause).toContainText(reader.words.cause.by_itself_at.split("{{")[0]!.trim());
    },
  },
  {
    name: "unknown-outcome",
    mode: "accept_then_drop",
    state: "unknown",
    title: (words) => words.cause.no_answer.title,
    todo: (words) => words.cause.no_answer.todo,
    then: async (reader) => {
      // Sending it again is possible, and warned of.
      await reader.press(reader.cause.getByRole("button", { name: reader.words.operation.act.resend, exact: true }));
      await expect(reader.app.question(reader.words.operation.act.twice)).toBeVisible();
    },
  },
  {
    name: "nonsense",
    mode: "nonsense",
    state: "unknown",
    title: (words) => words.cause.nonsense.title,
    todo: (words) => words.cause.nonsense.todo,
    then: asks,
  },
  {
    name: "totals-differ",
    mode: "total_mismatch",
    shape: "some_refs",
    state: "refused",
    title: (words) => words.cause.till_refused.title,
    todo: (words) => words.cause.till_refused.todo,
    then: async (reader) => {
      const totals = reader.sides.getByRole("table");
      await expect(totals.getByRole("row").filter({ hasText: reader.words.operation.sides.sum_total })).toHaveClass("differs");
      await notes(reader, "Catch of the day");
    },
  },
  {
    name: "no-refs",
    shape: "no_refs",
    state: "failed",
    title: (words) => words.cause.nothing_to_send.title,
    todo: (words) => words.cause.nothing_to_send.todo,
    then: async (reader) => {
      await expect(reader.cause).toContainText("Harbor burger");
      await leads(reader, reader.words.operation.check_menu, /\/menu$/);
    },
  },
  {
    name: "discount-dropped",
    shape: "discount_without_ref",
    state: "delivered",
    title: (words) => words.cause.delivered.title,
    todo: (words) => words.cause.delivered.means,
    then: (reader) => notes(reader, "Happy hour"),
  },
];

test.use({ locale: "en-GB", colorScheme: "light" });

/** The order a fault is met with. */
const order = (orders: Orders, fault: Fault): Promise<Order> => orders.make(fault.shape);

for (const fault of FAULTS) {
  test(`from the list to cause and cure in three clicks: ${fault.name}`, async ({ app, page, hubrise, services, orders, pixelpoint, words }, info) => {
    await connectWithToken({ app, page, hubrise, services }, fault.token);
    if (fault.mode !== undefined) await pixelpoint.behave(fault.mode);
    if (fault.shut === true) await pixelpoint.door(false);
    await go(app, "operations");
    const line = await shown(page, (await order(orders, fault)).id);
    await expect(line).toContainText(words.operation_state[fault.state]);
    const reader = new Reader(app, page, words, info);

    await reader.press(line.getByRole("link"));
    await expect(app.heading).toHaveText(fault.title(words));
    await expect(reader.cause).toContainText(fault.todo(words));
    await expect(reader.sides.locator(".duo").first()).toBeVisible();
    await reader.picture(fault.name);
    await fault.then(reader);
  });
}

test("the list tells a day: what was delivered, and what failed of which cause", async ({ app, page, hubrise, services, orders, pixelpoint, words }, info) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const delivered = [];
  for (const shape of ["plain", "options", "half_and_half", "scheduled", "discount_without_ref"]) delivered.push(await orders.make(shape));
  for (const order of delivered) await expect(await shown(page, order.id)).toContainText("OK");
  await pixelpoint.behave("unknown_product");
  const unknown = await orders.make("options");
  await expect(await shown(page, unknown.id)).toContainText(words.operation_state.refused);
  await pixelpoint.behave("exception");
  const fault = await orders.make();
  await shown(page, fault.id);
  await pixelpoint.behave("accept");
  const last = await orders.make("charge_and_tip");
  await expect(await shown(page, last.id)).toContainText("OK");
  await page.reload();
  await app.ready();
  const groups = page.locator(".groups").getByRole("button");
  await expect(groups).toHaveCount(2);
  await expect(groups.filter({ hasText: words.cause.unknown_product.title })).toBeVisible();
  for (const { id } of [...delivered, unknown, fault, last]) await expect(row(page, id)).toBeVisible();
  await new Reader(app, page, words, info).picture("list");
});

test("a code the till does not know is shown in the order and in the request", async ({ app, page, hubrise, services, orders, pixelpoint, words }, info) => {
  await connectWithToken({ app, page, hubrise, services });
  await pixelpoint.behave("unknown_product");
  await go(app, "operations");
  const line = await shown(page, (await orders.make()).id);
  const reader = new Reader(app, page, words, info);
  await reader.press(line.getByRole("link"));
  await shows(reader, "Clam chowder · 2001", "2001");
  await reader.sides.scrollIntoViewIfNeeded();
  const folder = renews ? DOCUMENTED : info.outputPath("pictures");
  await reader.sides.screenshot({ path: join(folder, "troubleshooting-sides.png"), animations: "disabled", caret: "hide" });
});
