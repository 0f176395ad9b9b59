// Getting hold of HubRise's answer on its way back to the console: to spend its code, to open it elsewhere, to keep it from
// arriving. Decides nothing about what should come of it.
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { CALLBACK } from "./console.ts";

/** HubRise's answer as it stood in the address. */
export interface Returned {
  url: string;
  code: string | null;
  state: string;
}

function read(url: string): Returned {
  const { searchParams } = new URL(url);
  const state = searchParams.get("state");
  if (state === null) throw new Error(`HubRise's answer bears no state: ${url}`);
  return { url, code: searchParams.get("code"), state };
}

/**
 * Does `press`, which has HubRise send the browser back, but keeps it from arriving: the browser stays where it is, and the
 * answer is the caller's.
 */
export async function intercepted(page: Page, press: () => Promise<void>): Promise<Returned> {
  let url: string | undefined;
  const pattern = "**/oauth2/v1/authorize/*/consent";
  await page.route(pattern, async (route) => {
    const answer = await route.fetch({ maxRedirects: 0 });
    url = answer.headers()["location"];
    // 204: the browser stays on HubRise's page.
    await route.fulfill({ status: 204 });
  });
  await press();
  await expect.poll(() => url, { message: "HubRise sends the browser back" }).toContain(`${CALLBACK}?`);
  await page.unroute(pattern);
  return read(url ?? "");
}

/** Does `then` with HubRise's answer just before the console's server is given it. */
export async function beforeFinish(page: Page, then: (returned: { code?: string; state: string }) => Promise<unknown>): Promise<void> {
  await page.route(
    "**/api/v1/attempts/finish",
    async (route) => {
      await then(route.request().postDataJSON() as { code?: string; state: string });
      await route.continue();
    },
    { times: 1 },
  );
}

/** Ends the console's session, as a browser that clears its cookies does; HubRise's stays. */
export async function loseSession(context: BrowserContext): Promise<void> {
  await context.clearCookies({ name: "passerelle" });
}
