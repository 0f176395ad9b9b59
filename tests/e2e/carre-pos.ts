// The sandbox's Carré POS till: what happens at it, by its control calls, and what a person does on its pages, in French as the
// till is. What the console makes of it is the specs' business.
import { expect, type Page } from "@playwright/test";
import { Controls } from "./controls.ts";

/** A product as the till tells of it. */
export interface Entry {
  sku_ref?: string;
  option_ref?: string;
  name: string;
  stock_managed: boolean;
  quantity?: string;
  available: boolean;
  expires_at?: string;
}

/** The till. */
export interface Till {
  has_key: boolean;
  online: boolean;
  /** Whether anything leaves it. */
  sends: boolean;
  sequence: number;
  /** How many products wait to be told of. */
  waiting: number;
  calls: number;
  products: { id: string; category: string; shown: "in_stock" | "exhausted" | "inactive" | "unmanaged"; entry: Entry }[];
}

/** A call it made. */
export interface Call {
  number: number;
  method: "PUT" | "PATCH" | "GET";
  sequence: number;
  entries: number;
  status: number | null;
  answer: string;
}

/** What HubRise holds of a product. */
export interface Held {
  sku_ref?: string;
  option_ref?: string;
  stock: string;
  expires_at: string | null;
}

/** Nina's location and catalog, where the till stands. */
const LOCATION = "3r4s3-1";
const CATALOG = "psmlf";

export class CarrePos {
  readonly #controls: Controls;

  constructor(readonly url: string) {
    this.#controls = new Controls(url);
  }

  look(): Promise<Till> {
    return this.#controls.get("carre-pos/till");
  }

  /** Every call it made, oldest first. */
  calls(): Promise<Call[]> {
    return this.#controls.get("carre-pos/calls");
  }

  sell(product: string, count = 1): Promise<Till> {
    return this.#controls.post("carre-pos/sell", { product, count });
  }

  /** Counts it again, switches its stock management, takes it off the menu or puts it back. */
  change(product: string, change: { quantity?: string; managed?: boolean; available?: boolean; expires_at?: string }): Promise<Till> {
    return this.#controls.post("carre-pos/product", { product, ...change });
  }

  network(online: boolean): Promise<Till> {
    return this.#controls.post("carre-pos/network", { online });
  }

  /** Has it make a call: everything, or an earlier one once more. */
  call(what: "whole" | "check"): Promise<Till>;
  call(what: "repeat", number: number, fresh_key?: boolean): Promise<Till>;
  call(what: string, number?: number, fresh_key?: boolean): Promise<Till> {
    return this.#controls.post("carre-pos/call", { what, ...(number === undefined ? {} : { number, fresh_key: fresh_key ?? false }) });
  }

  /** Sells what a catalog holds. */
  menu(catalog = CATALOG): Promise<Till> {
    return this.#controls.post("carre-pos/menu", { catalog });
  }

  /** Enters a key, ticks all there is to tick and restarts, without its pages. */
  async enable(key: string): Promise<void> {
    await this.#controls.post("carre-pos/console", { key });
    await this.#controls.post("carre-pos/user", { admin: true });
    await this.#controls.post("carre-pos/settings", { web_post: true, enabled: true, order_events: true });
    await this.#controls.post("carre-pos/restart");
  }

  /** The documented steps on its pages: the administrator, the three settings, and the restart. */
  async enableByHand(page: Page, key: string): Promise<void> {
    await page.goto(`${this.url}/_sandbox/carre-pos`);
    await page.getByRole("link", { name: /^ACCUEIL/ }).click();
    await page.getByLabel("Clé de la caisse").fill(key);
    await page.getByLabel("Clé de la caisse").press("Enter");
    await expect(page.getByText("Une clé est enregistrée.")).toBeVisible();
    await expect(page.getByText("WEB POST - Envoi de données")).toHaveCount(0);
    await page.getByRole("button", { name: "ADMIN", exact: true }).click();
    await page.getByLabel("WEB POST - Envoi de données").selectOption({ label: "OUI" });
    await page.getByLabel("WEB POST - Envoi de données").locator("xpath=ancestor::form").getByRole("button").click();
    await page.getByText("PARAMETRER", { exact: true }).click();
    await page.getByLabel("ACTIVER LES ENVOIS").check();
    await page.getByLabel("ENVOYER EVENEMENTS COMMANDES").check();
    await page.getByRole("button", { name: "Valider" }).click();
    await expect(page.getByText("redémarrez Carré POS")).toBeVisible();
    await page.getByRole("button", { name: "Redémarrer Carré POS" }).click();
    await expect(page.getByText("désactivé : rien ne part de la caisse")).toHaveCount(0);
  }

  /** What HubRise holds, by ref. */
  async held(): Promise<Record<string, string>> {
    const held = await this.#controls.get<Held[]>(`inventories/${LOCATION}?catalog=${CATALOG}`);
    return Object.fromEntries(held.map(({ sku_ref, option_ref, stock }) => [sku_ref ?? option_ref ?? "", stock]));
  }

  /** Whether HubRise knows where to tell the console of changes. */
  async isListenedTo(): Promise<boolean> {
    const all = await this.#controls.get<{ location_id: string | null; status: string; callback: { url: string | null } | null }[]>("connections");
    return all.some(({ location_id, status, callback }) => location_id === LOCATION && status === "active" && callback?.url != null);
  }

  /** Somebody else changes the stock at HubRise. */
  async others(entries: { sku_ref: string; stock: string | null }[]): Promise<void> {
    await this.#controls.post(`inventories/${LOCATION}`, { catalog: CATALOG, entries });
  }

  /** Fills the catalog with so many products, or takes a ref away. */
  async catalog(change: { products?: number; without?: string }): Promise<void> {
    await this.#controls.post(`catalogs/${CATALOG}`, change);
  }
}
