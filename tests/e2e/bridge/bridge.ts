// What a person does on the pages of a till that orders are pushed to, and how a test gets one that is connected. Decides
// nothing.
import { API_TOKEN, type Console, expect, fill, HARBOR, type HubRise, people, PIXELPOINT } from "../fixtures.ts";
import type { Locator, Page } from "@playwright/test";
import type { Services } from "../services.ts";

/** The pages. */
export const OPERATIONS = `${PIXELPOINT}/operations`;
export const CONFIGURATION = `${PIXELPOINT}/configuration`;
export const MENU = `${PIXELPOINT}/menu`;

/** What connecting takes. */
export interface Hands {
  app: Console;
  page: Page;
  hubrise: HubRise;
  services: Services;
}

/** Connects Boston's PixelPoint from HubRise's back office, as Kate. Ends on the till's page. */
export async function connect({ app, hubrise, services }: Hands): Promise<void> {
  const { words } = app;
  const backOffice = hubrise.backOffice(services.sandbox);
  await backOffice.openConnections(HARBOR.account[1], { email: people.kate });
  await backOffice.connectApp("PixelPoint Bridge");
  await hubrise.allow();
  await expect(app.heading).toHaveText(fill(words.arrival.title, { place: "Boston" }));
  await app.main.getByRole("button", { name: words.sign_in.press }).click();
  await hubrise.signInForProfile();
  await app.button(words.till.connect).click();
  await expect(app.heading).toHaveText(words.bridge_settings.first);
}

/** Connects it, and gives it an API token: the right one unless another is asked for. Ends on the configuration. */
export async function connectWithToken(hands: Hands, token: string = API_TOKEN): Promise<void> {
  await connect(hands);
  const { app, page } = hands;
  await app.link(app.words.bridge_settings.configure).click();
  await app.ready();
  await giveToken(app, page, token);
}

/** Types an API token and saves it. */
export async function giveToken(app: Console, page: Page, token: string): Promise<void> {
  await page.getByLabel(app.words.configuration.token, { exact: true }).fill(token);
  await app.button(app.words.configuration.save).click();
  await expect(app.announced).toHaveText(app.words.configuration.saved);
}

/** Goes to another of the till's pages. */
export async function go(app: Console, name: "operations" | "configuration" | "menu" | "connection"): Promise<void> {
  const { words } = app;
  const nav = app.page.getByRole("navigation", { name: words.bridge_settings.pages });
  await nav.getByRole("link", { name: words.bridge_settings[name], exact: true }).click();
  await app.ready();
}

/** The lines of the list that stand in the document. */
export function rows(page: Page): Locator {
  return page.locator("[role=grid][aria-labelledby=list] .rows [role=row]");
}

/** The line of an order, or of whatever says this. */
export function row(page: Page, text: string): Locator {
  return rows(page).filter({ hasText: text });
}

/** What waits to be shown above the list. */
export function chip(page: Page): Locator {
  return page.locator(".new .chip");
}

/** Shows what waits, if anything does by then, until the order is in the list. */
export async function shown(page: Page, text: string): Promise<Locator> {
  const line = row(page, text);
  await expect(line.or(chip(page)).first()).toBeVisible();
  if (!(await line.isVisible())) await chip(page).click();
  await expect(line).toBeVisible();
  return line;
}
