// The vendor's support in a browser of its own: signed in with HubRise, at its desk. Decides nothing.
import type { Browser, Page } from "@playwright/test";
import { Console } from "../../console.ts";
import { HubRise, support } from "../../hubrise.ts";
import type { Vendor } from "../../services.ts";
import type { Words } from "../../words.ts";

/** What a support browser needs of the test that opens it. */
export interface Surroundings {
  browser: Browser;
  /** Where the console answers. */
  baseURL: string;
  locale: string;
  words: Words;
  watched: (page: Page) => Page;
}

/** Opens a browser, signs the vendor's support in, and leaves it at its desk. */
export async function atDesk(vendor: Vendor, { browser, baseURL, locale, words, watched }: Surroundings): Promise<{ desk: Console; hubrise: HubRise }> {
  const context = await browser.newContext({ baseURL, locale });
  const page = watched(await context.newPage());
  const desk = new Console(page, words);
  const hubrise = new HubRise(page);
  await page.goto(`/${vendor}/desk`);
  await desk.main.getByRole("button", { name: words.desk.sign_in, exact: true }).click();
  await hubrise.signInForProfile(support[vendor]);
  await page.waitForURL(`${baseURL}/${vendor}/desk`);
  return { desk, hubrise };
}
