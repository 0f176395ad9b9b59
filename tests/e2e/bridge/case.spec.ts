// A case: one order's page that anybody with the link may open. It looks right in both schemes and on a phone, runs no
// script, tells the story without saying who ordered, and leads nowhere once it is ended.
import type { APIRequestContext, Page } from "@playwright/test";
import { API_TOKEN, expect, PIXELPOINT, test } from "../fixtures.ts";
import { connectWithToken } from "./bridge.ts";

/** Calls of the console's API with the page's own session. */
class Calls {
  constructor(
    readonly request: APIRequestContext,
    readonly console: string,
    readonly csrf: string,
  ) {}

  static async of(page: Page, console: string): Promise<Calls> {
    const session = await (await page.request.get(`${console}/api/v1/session`)).json();
    return new Calls(page.request, console, session.csrf_token);
  }

  async get<T>(path: string): Promise<T> {
    const answer = await this.request.get(`${this.console}/api/v1${path}`);
    expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
    return answer.json();
  }

  async post<T>(path: string, data: unknown): Promise<T> {
    const headers = { origin: this.console, "x-csrf-token": this.csrf };
    const answer = await this.request.post(`${this.console}/api/v1${path}`, { data, headers });
    expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
    return answer.json();
  }

  async delete(path: string): Promise<number> {
    const headers = { origin: this.console, "x-csrf-token": this.csrf };
    return (await this.request.delete(`${this.console}/api/v1${path}`, { headers })).status();
  }
}

interface Line {
  id: string;
  state: string;
  order: { order_id: string } | null;
}

test("a case is shared by a link that anybody opens until it is ended", async ({ app, page, hubrise, services, orders, pixelpoint, axe, browser, watched }) => {
  await connectWithToken({ app, page, hubrise, services });
  await pixelpoint.behave("unknown_product");
  const order = await orders.make("company");
  const calls = await Calls.of(page, services.console);
  const [, vendor, till] = PIXELPOINT.split("/");
  const status = await calls.get<{ connection: { id: string } }>(`/vendors/${vendor}/tills/${till}/status`);
  const operations = `/connections/${status.connection.id}/operations`;
  const refused = async () => {
    const { operations: lines } = await calls.get<{ operations: Line[] }>(operations);
    return lines.find((line) => line.order?.order_id === order.id && line.state === "refused");
  };
  await expect.poll(refused).toBeDefined();
  const operation = `${operations}/${(await refused())?.id}`;
  const made = await calls.post<{ url: string; share: { id: string } }>(`${operation}/shares?language=en`, { days: 7 });

  // Somebody else, who has never been here, on a phone.
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-GB" });
  const elsewhere = watched(await context.newPage());
  await elsewhere.goto(made.url);
  await expect(elsewhere.getByRole("heading", { level: 1 })).toContainText(order.id);
  await expect(elsewhere.getByRole("heading", { name: "The till does not know a code of this order" })).toBeVisible();
  await expect(elsewhere.getByRole("row").filter({ hasText: "HubRise told the bridge" })).toBeVisible();
  const content = await elsewhere.content();
  for (const secret of [API_TOKEN, API_TOKEN.slice(-5), "Wharf", "1234#", "Smith", "@guests.example", "+1617555"]) {
    expect(content, secret).not.toContain(secret);
  }
  expect(await elsewhere.locator("script").count()).toBe(0);
  expect(await context.cookies()).toEqual([]);
  const overflow = () => elsewhere.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBe(0);
  await axe(elsewhere);

  expect(await calls.delete(`${operation}/shares/${made.share.id}`)).toBe(204);
  const gone = await context.request.get(made.url);
  expect(gone.status()).toBe(410);
  const after = await context.newPage();
  await after.goto(made.url);
  await expect(after.getByRole("heading", { name: "This link leads nowhere any more" })).toBeVisible();
  await expect(after.getByRole("heading", { name: "Ce lien ne mène plus nulle part" })).toBeVisible();
  await axe(after);
  await context.close();
});
