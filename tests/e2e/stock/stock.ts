// What a person does on the stock page, and how a test gets a till that is connected and sends. Decides nothing.
import type { Locator, Page } from "@playwright/test";
import type { CarrePos } from "../carre-pos.ts";
import { CARRE, type Console, expect, type HubRise } from "../fixtures.ts";
import { Desk } from "../desk/desk.ts";
import { call } from "../desk/merchant.ts";
import { support } from "../hubrise.ts";
import type { Sandbox } from "../sandbox.ts";

/** The page. */
export const STOCK = `${CARRE}/stock`;

/** What getting there takes. */
export interface Hands {
  app: Console;
  page: Page;
  hubrise: HubRise;
  sandbox: Sandbox;
}

/** Has Carré POS's support connect Nina's till, and opens its stock by the till's own page. */
export async function connect({ app, page, hubrise, sandbox }: Hands): Promise<void> {
  const { words } = app;
  await sandbox.addUser("3r4s3", support["carre-pos"]);
  await new Desk(page, words, "carre-pos").signIn();
  const { status, text } = await call(page, "POST", "/attempts", { vendor: "carre-pos", till: "caisse" });
  expect(status, text).toBeLessThan(300);
  await page.goto((JSON.parse(text) as { authorize_url: string }).authorize_url);
  await hubrise.authorise(undefined);
  await page.waitForURL(`**${CARRE}`);
  await app.ready();
  const pages = page.getByRole("navigation", { name: words.bridge_settings.pages });
  await pages.getByRole("link", { name: words.stock.page, exact: true }).click();
  await app.ready();
}

/** Makes a key on the page; its secret. */
export async function makeKey({ app, page }: Hands, label: string): Promise<string> {
  const { words } = app;
  await page.getByLabel(words.stock.key_label).fill(label);
  await app.button(words.stock.key_create).click();
  const secret = page.locator(".keys-of .notice code");
  await expect(secret).toHaveText(/^psk_[\w-]{43}$/);
  return (await secret.textContent()) ?? "";
}

/** A till that is connected, has a key and sends; HubRise has its stock. */
export async function sending(hands: Hands, carrePos: CarrePos): Promise<void> {
  await connect(hands);
  await expect.poll(() => carrePos.isListenedTo()).toBe(true);
  await carrePos.enable(await makeKey(hands, "Comptoir"));
  await expect.poll(async () => (await carrePos.held())["MAR-M"]).toBe("8");
  await expect(tile(hands.page, "Margherita Moyenne")).toContainText("8");
}

/** A tile by what it is called. */
export function tile(page: Page, name: string): Locator {
  return page.getByRole("gridcell").filter({ has: page.getByText(name, { exact: true }) });
}

/** The names of the tiles that stand in the document, in their order. */
export function names(page: Page): Locator {
  return page.locator(".tile .name");
}
