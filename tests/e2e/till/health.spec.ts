// Whether a connection works, on top of its page: each cause with its words, since when, and the button that cures it.
import type { Page } from "@playwright/test";
import { BELLA, type Console, expect, people, test } from "../fixtures.ts";

/** Nina's account. */
const ACCOUNT = "3r4s3";

/** The console asks failing connections every half minute; "within a minute" is what the page promises. */
const RECOVERY = 60_000;

test.beforeEach(async ({ app, hubrise }) => {
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
});

/** Has the console make a call with the connection's token. */
async function call({ page, words }: Console): Promise<void> {
  await page.locator("summary").filter({ hasText: words.checks.title }).click();
  await page.getByRole("button", { name: words.checks.verify, exact: true }).click();
}

/** Marks the document, so that a reload would be noticed. */
async function mark(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => (document.documentElement.dataset["marked"] = "yes"));
  return () => page.evaluate(() => document.documentElement.dataset["marked"] === "yes");
}

test("a blocked connection is unblocked at HubRise, and the page recovers by itself within a minute", { tag: "@everywhere" }, async ({ app, page, sandbox, services, axe }) => {
  test.setTimeout(150_000);
  const stayed = await mark(page);
  const { id } = await sandbox.connectionOf("pos-helper");
  await sandbox.block(id);
  await call(app);
  await expect(app.heading).toHaveText("La connexion est bloquée chez HubRise");
  await expect(app.main).toContainText(/Toutes les requêtes échouent depuis \d/);
  await expect(app.cure).toHaveAccessibleName(/^Débloquer chez HubRise/);
  await expect(app.cure).toHaveAttribute("href", services.sandbox);
  await axe(page);

  await sandbox.unblock(id);
  await expect(app.heading).toHaveText("Connecté à HubRise", { timeout: RECOVERY });
  await expect(app.announced).toHaveText(/^La connexion fonctionne à nouveau\./);
  await expect(app.cure).toHaveCount(0);
  expect(await stayed()).toBe(true);
});

test("a revoked connection is cured by connecting again", async ({ app, page, sandbox, hubrise, axe }) => {
  const { id } = await sandbox.connectionOf("pos-helper");
  await sandbox.revoke(id);
  await call(app);
  await expect(app.heading).toHaveText("HubRise a retiré l’autorisation");
  await expect(app.main).toContainText(/Toutes les requêtes échouent depuis \d/);
  await expect(app.announced).toHaveText(/HubRise a retiré l’autorisation/);
  await axe(page);
  await expect(app.cure).toHaveText("Reconnecter");
  await app.cure.click();
  await hubrise.authorise(undefined);
  await app.expectConnected(BELLA);
});

test("an unpaid subscription is explained by HubRise's own page", async ({ app, page, sandbox, services, axe }) => {
  await sandbox.suspend(ACCOUNT);
  await call(app);
  await expect(app.heading).toHaveText(/^HubRise a suspendu la connexion\s: impayé$/);
  await axe(page);
  await expect(app.cure).toHaveText("Voir la page de HubRise");
  await app.cure.click();
  await page.waitForURL((url) => url.origin === services.sandbox);
  await expect(page.getByText(/suspendu/).first()).toBeVisible();
});

for (const { mode, heading } of [
  { mode: "rate_limit", heading: "HubRise demande à la console de ralentir" },
  { mode: "fail", heading: "HubRise est injoignable" },
] as const) {
  test(`what passes by itself (${mode}) asks nothing of anybody, and passes`, async ({ app, page, sandbox, axe }) => {
    test.setTimeout(150_000);
    await sandbox.fault({ target: "api", mode });
    await call(app);
    await expect(app.heading).toHaveText(heading);
    await expect(app.cure).toHaveCount(0);
    await axe(page);
    await sandbox.recover();
    await expect(app.heading).toHaveText("Connecté à HubRise", { timeout: RECOVERY });
  });
}

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("each of the three refusals has its own words and cure", async ({ app, page, sandbox, axe }) => {
    const { id } = await sandbox.connectionOf("pos-helper");
    await sandbox.block(id);
    await call(app);
    await expect(app.heading).toHaveText("The connection is blocked at HubRise");
    await expect(app.main).toContainText("All requests have failed since");
    await expect(app.cure).toHaveAccessibleName(/^Unblock at HubRise/);
    await axe(page);
  });
});
