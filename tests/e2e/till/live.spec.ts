// A till's page that stays open: what changes elsewhere appears on it by itself, in place, and is said aloud.
import { BELLA, CAISSE, Console, expect, people, test } from "../fixtures.ts";

/** A change is to reach an open page in less: it is told, not found at the next look. How soon is `cargo xtask bench`'s to say. */
const SOON = 8_000;

/** Between two looks where there is no stream. */
const LOOKING = 10_000;

test("disconnecting in one tab turns the page of another by itself, and says so", async ({ app, page, context, hubrise, watched, words }) => {
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);

  const other = new Console(watched(await context.newPage()), words);
  await other.open(CAISSE);
  await other.expectConnected(BELLA);
  await other.page.evaluate(() => (document.documentElement.dataset["marked"] = "yes"));

  await app.disconnect.click();
  await app.dialog.getByRole("button", { name: "Déconnecter" }).click();
  await app.expectDisconnected();
  await expect(other.heading).toHaveText("Pas encore connecté à HubRise", { timeout: SOON });
  await expect(other.announced).toHaveText("La caisse n’est plus connectée à HubRise.");
  expect(await other.page.evaluate(() => document.documentElement.dataset["marked"])).toBe("yes");

  await app.connect.click();
  await hubrise.authorise(undefined);
  await app.expectConnected(BELLA);
  await expect(other.heading).toHaveText("Connecté à HubRise", { timeout: SOON });
  await expect(other.announced).toHaveText("La caisse est maintenant connectée à HubRise.");
  await page.close();
});

test("what is unfolded and what has the focus stay as they are when the state turns", async ({ app, page, sandbox, hubrise }) => {
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  const history = await app.unfold("Historique");
  await expect(history.getByRole("listitem")).not.toHaveCount(0);
  const checks = await app.unfold(/^Autorisations/);
  const { id } = await sandbox.connectionOf("pos-helper");
  await sandbox.block(id);
  await checks.getByRole("button", { name: "Vérifier maintenant" }).click();
  await expect(app.heading).toHaveText("La connexion est bloquée chez HubRise");
  await expect(history).toHaveAttribute("open", "");
  await expect(history.getByRole("listitem")).not.toHaveCount(0);
  await expect(checks.getByRole("button", { name: "Vérifier maintenant" })).toBeFocused();
  await expect(page).toHaveURL(CAISSE);
});

test("a browser without streams looks every ten seconds", async ({ app, context, hubrise, watched, words }) => {
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);

  const page = watched(await context.newPage());
  await page.addInitScript(() => Reflect.deleteProperty(window, "EventSource"));
  const other = new Console(page, words);
  await other.open(CAISSE);
  await other.expectConnected(BELLA);
  await app.disconnect.click();
  await app.dialog.getByRole("button", { name: "Déconnecter" }).click();
  await app.expectDisconnected();
  await expect(other.heading).toHaveText("Pas encore connecté à HubRise", { timeout: LOOKING + SOON });
});

test("a look that fails leaves what is shown", async ({ app, page, hubrise, expectedErrors }) => {
  expectedErrors.push(/ERR_FAILED/);
  await page.addInitScript(() => Reflect.deleteProperty(window, "EventSource"));
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  const failed = page.waitForEvent("requestfailed", { predicate: (request) => request.url().endsWith("/status"), timeout: LOOKING + SOON });
  await page.route("**/status", (route) => route.abort());
  await failed;
  await app.expectConnected(BELLA);
});

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("disconnecting in one tab turns the page of another by itself, and says so", async ({ app, context, hubrise, watched, words }) => {
    await app.open();
    await app.connect.click();
    await hubrise.authorise(people.nina);
    await app.expectConnected(BELLA);
    const other = new Console(watched(await context.newPage()), words);
    await other.open(CAISSE);
    await other.expectConnected(BELLA);
    await app.disconnect.click();
    await app.dialog.getByRole("button", { name: "Disconnect" }).click();
    await expect(other.heading).toHaveText("Not connected to HubRise yet", { timeout: SOON });
    await expect(other.announced).toHaveText("The till is no longer connected to HubRise.");
  });
});
