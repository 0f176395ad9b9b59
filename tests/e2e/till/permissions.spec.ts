// The permissions panel of a connected till: what was asked for, what of it was verified and when, and what is missing.
import type { Page } from "@playwright/test";
import { BELLA, expect, people, test } from "../fixtures.ts";

/** The calls a verification may make: light reads alone. */
const LIGHT = /^\/v1\/(location|location\/orders|locations\/[^/]+\/orders|customer_lists\/[^/]+|catalogs\/[^/]+(\/location\/inventory)?)$/;

test.beforeEach(async ({ app, hubrise }) => {
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
});

test("nothing is ticked before it was checked, and a check says what it found and when", { tag: "@everywhere" }, async ({ app, page, sandbox, axe }) => {
  const panel = await app.unfold("Autorisations : pas encore vérifiées");
  await expect(panel.getByRole("listitem")).toHaveCount(3);
  await expect(panel.getByText("Pas encore vérifiée", { exact: true })).toHaveCount(3);
  await expect(panel.locator(".known.ok")).toHaveCount(0);
  await expect(panel.getByText("Écriture accordée, non vérifiable sans écrire")).toHaveCount(2);
  await axe(page);

  const before = (await sandbox.requests("/v1/")).length;
  await panel.getByRole("button", { name: "Vérifier maintenant" }).click();
  const verified = app.panel("Autorisations : 3 vérifiées");
  await expect(verified.getByText("Lecture vérifiée", { exact: true })).toHaveCount(3);
  await expect(verified.locator(".known.ok").getByRole("time")).toHaveCount(3);
  await expect(verified.getByText("Écriture accordée, non vérifiable sans écrire")).toHaveCount(2);
  await expect(verified).toContainText("Vous pourrez vérifier à nouveau à");
  await expect(app.announced).toHaveText("Autorisations : 3 vérifiées");
  await axe(page);

  const made = (await sandbox.requests("/v1/")).slice(before);
  expect(made.length).toBeGreaterThan(0);
  for (const { method, path, query } of made) {
    expect(`${method} ${path}`).toMatch(new RegExp(`^GET ${LIGHT.source.slice(1)}`));
    if (/^\/v1\/catalogs\/[^/]+$/.test(path)) expect(query).toContain("hide_data=true");
    // One to verify the right; a few of the last week to know when the latest came.
    if (path.endsWith("/orders")) expect(query).toMatch(/^count=(1$|20&after=)/);
  }
  await page.reload();
  await expect(app.panel("Autorisations : 3 vérifiées")).toBeVisible();
});

test("within the same minute nothing is asked of HubRise again", async ({ app, sandbox }) => {
  const panel = await app.unfold(/^Autorisations/);
  await panel.getByRole("button", { name: "Vérifier maintenant" }).click();
  await expect(app.panel("Autorisations : 3 vérifiées")).toBeVisible();
  const before = (await sandbox.requests("/v1/")).length;
  const answered = app.page.waitForResponse((answer) => answer.url().endsWith("/permissions") && answer.request().method() === "POST");
  await panel.getByRole("button", { name: "Vérifier maintenant" }).click();
  expect((await answered).status()).toBe(200);
  expect(await sandbox.requests("/v1/")).toHaveLength(before);
});

/** Has the console find a permission missing and another one silent. */
async function lacking(page: Page): Promise<void> {
  const checked_at = "2026-11-21T19:31:02Z";
  const permission = (resource: string, right: string) => ({ level: "location", resource, right });
  await page.route("**/permissions", (route) =>
    route.fulfill({
      json: {
        again_at: null,
        items: [
          { permission: permission("orders", "write"), read: "verified", checked_at, write_granted: true },
          { permission: permission("customer_list", "write"), read: "missing", checked_at, write_granted: true },
          { permission: permission("catalog", "read"), read: "failed", checked_at, write_granted: false },
        ],
      },
    }),
  );
}

test("what is missing says which feature suffers and offers to reconnect; what failed says that nothing is known", async ({ app, page, axe }) => {
  await lacking(page);
  await page.reload();
  const panel = await app.unfold("Autorisations : 1 vérifiée, 1 manquante");
  const list = panel.getByRole("listitem").nth(1);
  await expect(list).toContainText("Manquante chez HubRise");
  await expect(list).toContainText("Sans elle, la caisse ne voit pas les clients.");
  await expect(list).not.toContainText("Écriture");
  await expect(panel.getByRole("listitem").nth(2)).toContainText("La réponse de HubRise ne dit rien");
  await expect(panel.locator(".known.ok")).toHaveCount(1);
  await axe(page);
  await panel.getByRole("button", { name: "Reconnecter" }).click();
  await expect(page.getByRole("button", { name: "Autoriser" })).toBeVisible();
});

test("support's access is explained, and not said to be verified before it is", async ({ app, page, axe }) => {
  const panel = await app.unfold("Donner accès au support · Pas encore vérifié");
  await expect(panel).toContainText("support@poshelper.fr");
  await expect(panel).toContainText("avec le rôle Manager");
  await axe(page);
});

test("the history tells who connected, when it is unfolded", async ({ app, page, axe }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  await app.expectConnected(BELLA);
  expect(asked.filter((path) => path.endsWith("/audit"))).toEqual([]);
  const panel = await app.unfold("Historique");
  await expect(panel.getByRole("listitem").last()).toContainText("Connexion");
  await expect(panel.getByRole("listitem").last()).toContainText("personne non identifiée (Chrome, Linux)");
  await axe(page);
});

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("nothing is ticked before it was checked, and a check says what it found", async ({ app, page, axe }) => {
    const panel = await app.unfold("Permissions: not verified yet");
    await expect(panel.locator(".known.ok")).toHaveCount(0);
    await panel.getByRole("button", { name: "Verify now" }).click();
    const verified = app.panel("Permissions: 3 verified");
    await expect(verified.getByText("Reading verified", { exact: true })).toHaveCount(3);
    await expect(verified.getByText("Writing granted, not verifiable without writing")).toHaveCount(2);
    await expect(app.panel("Give support access · Not verified yet")).toBeVisible();
    const history = await app.unfold("History");
    await expect(history.getByRole("listitem").last()).toContainText("nobody signed in (Chrome, Linux)");
    await axe(page);
  });
});
