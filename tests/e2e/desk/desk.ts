// What support sees and presses on its desk, and a list longer than any sandbox holds. What merchants did before is
// arranged by merchant.ts.
import { type Locator, type Page } from "@playwright/test";
import { expect, test as base } from "../fixtures.ts";
import { HubRise, support } from "../hubrise.ts";
import type { Words } from "../words.ts";
import { Merchant, type Slug } from "./merchant.ts";

/** How to sign in. */
export interface SigningIn {
  email?: string;
  /** Whether somebody is signed in at HubRise already. */
  stays?: boolean;
  /** What the desk is asked for. */
  query?: string;
}

/** Rows of the document, however long the list. */
export const MOST_ROWS = 60;

interface PerTest {
  /** The desk of a vendor, in the test's browser. */
  desk: (vendor: Slug) => Desk;
  /** A merchant in a browser of their own. */
  merchant: (vendor: Slug, email: string, locale?: string) => Promise<Merchant>;
}

export const test = base.extend<PerTest>({
  desk: async ({ page, words }, use) => {
    await use((vendor) => new Desk(page, words, vendor));
  },
  merchant: async ({ browser, services, watched }, use) => {
    const arrived: Merchant[] = [];
    await use(async (vendor, email, locale = "fr-FR") => {
      const merchant = await Merchant.arrive(browser, services.console, watched, { vendor, email, locale });
      arrived.push(merchant);
      return merchant;
    });
    await Promise.all(arrived.map(({ page }) => page.context().close()));
  },
});

export class Desk {
  constructor(
    readonly page: Page,
    readonly words: Words,
    readonly vendor: Slug,
  ) {}

  get address(): string {
    return `/${this.vendor}/desk`;
  }

  /** The list. */
  get grid(): Locator {
    return this.page.getByRole("grid");
  }

  /** Its rows that stand in the document, without the heading. */
  get rows(): Locator {
    return this.grid.getByRole("rowgroup").getByRole("row");
  }

  get search(): Locator {
    return this.page.getByRole("searchbox", { name: this.words.desk.search });
  }

  get state(): Locator {
    return this.page.getByRole("combobox", { name: this.words.desk.state });
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  /** A row by what one of its cells says. */
  row(cell: string): Locator {
    return this.rows.filter({ has: this.page.getByRole("gridcell", { name: cell, exact: true }) });
  }

  /** One of the cards over the list, by its heading. */
  card(heading: string): Locator {
    return this.page.getByRole("region", { name: heading });
  }

  /** Opens the desk and waits until it, or what stands in its place, is shown. */
  async open(query = ""): Promise<void> {
    await this.page.goto(`${this.address}${query}`);
    await expect(this.page.getByRole("main")).toHaveAttribute("data-ready", "true");
  }

  /** Opens the desk and signs in: as the vendor's support unless told otherwise, or as who is signed in at HubRise. */
  async signIn({ email = support[this.vendor], stays = false, query = "" }: SigningIn = {}): Promise<void> {
    await this.open(query);
    await this.page.getByRole("button", { name: this.words.desk.sign_in, exact: true }).click();
    await new HubRise(this.page).signInForProfile(stays ? undefined : email);
    await this.page.waitForURL(({ pathname, search }) => `${pathname}${search}` === `${this.address}${query}`);
    await expect(this.page.getByRole("main")).toHaveAttribute("data-ready", "true");
  }
}

/** Answers for the list as the server does, with as many connections as asked for, and keeps the queries. */
export async function longList(page: Page, vendor: Slug, count: number): Promise<URLSearchParams[]> {
  const asked: URLSearchParams[] = [];
  const lines = Array.from({ length: count }, (_, i) => ({
    id: `connection-${i}`,
    till: "caisse",
    account_name: `Restaurant ${i}`,
    location_name: `Paris ${(i % 20) + 1}`,
    health: i % 10 === 4 ? "blocked" : "ok",
    since: "2026-11-01T12:00:00Z",
    last_order_at: i % 2 ? "2026-11-20T19:00:00Z" : null,
    granted: false,
  }));
  await page.route(`**/api/v1/vendors/${vendor}/desk/connections?**`, (route) => fulfil(route.request().url()).then((json) => route.fulfill({ json })));
  await page.route(`**/api/v1/vendors/${vendor}/desk/connections`, (route) => fulfil(route.request().url()).then((json) => route.fulfill({ json })));
  return asked;

  async function fulfil(url: string): Promise<object> {
    const query = new URL(url).searchParams;
    asked.push(query);
    const text = (query.get("q") ?? "").toLowerCase();
    const state = query.get("state");
    const found = lines.filter(
      ({ account_name, location_name, health }) =>
        `${account_name} ${location_name}`.toLowerCase().includes(text) && (state === null || health === state),
    );
    const from = Number(query.get("cursor") ?? 0);
    const next_cursor = from + 60 < found.length ? String(from + 60) : null;
    return { items: found.slice(from, from + 60), total: found.length, next_cursor };
  }
}
