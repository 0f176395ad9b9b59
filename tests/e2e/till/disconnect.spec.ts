// **Déconnecter**: asked about with its consequence, done, told; and HubRise out of reach meanwhile.
import { BELLA, expect, people, test } from "../fixtures.ts";

test.beforeEach(async ({ app, hubrise }) => {
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
});

test("the question names the till and the consequence; Escape cancels and gives the focus back", async ({ page, app, axe }) => {
  await app.disconnect.click();
  await expect(app.dialog).toHaveAccessibleName(/^Déconnecter POS HELPER de HubRise\s?\?$/);
  await expect(app.dialog).toContainText("Caisse principale");
  await expect(app.dialog).toContainText("Les commandes en ligne cesseront aussitôt d’arriver dans cette caisse.");
  await expect(app.dialog).toContainText("Vous pourrez reconnecter la caisse à tout moment.");
  await axe(page);
  await page.keyboard.press("Escape");
  await expect(app.dialog).toBeHidden();
  await expect(app.disconnect).toBeFocused();
  await app.disconnect.click();
  await app.dialog.getByRole("button", { name: "Annuler" }).click();
  await expect(app.dialog).toBeHidden();
  await expect(app.disconnect).toBeFocused();
  await app.expectConnected(BELLA);
});

test("confirming disconnects, says so where the hand is and aloud, and tells HubRise", { tag: "@everywhere" }, async ({ page, app, sandbox, axe }) => {
  await app.disconnect.click();
  await app.dialog.getByRole("button", { name: "Déconnecter" }).click();
  await app.expectDisconnected();
  // Until HubRise has heard it, the page may say that it waits for that.
  await expect(app.news).toHaveCount(1);
  await expect(app.news).toContainText("Déconnecté. Les commandes n’arrivent plus dans cette caisse.");
  await expect(app.announced).toHaveText("Déconnecté. Les commandes n’arrivent plus dans cette caisse.");
  await expect(app.main).toBeFocused();
  await axe(page);
  const told = [...(await sandbox.requests("/v1/callback")), ...(await sandbox.requests("/oauth2/v1/revoke"))];
  expect(told.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
    "DELETE /v1/callback 200",
    "POST /oauth2/v1/revoke 200",
  ]);
  await page.reload();
  await app.expectDisconnected();
  await expect(app.news).toBeHidden();
});

test("a till can be connected again after it was disconnected", async ({ app, hubrise }) => {
  await app.disconnect.click();
  await app.dialog.getByRole("button", { name: "Déconnecter" }).click();
  await app.expectDisconnected();
  await app.connect.click();
  await hubrise.authorise(undefined);
  await app.expectConnected(BELLA);
  await expect(app.news).toContainText("Votre caisse est connectée.");
});

test("a console that does not answer is said in the question, and trying again goes on", async ({ page, app, axe, expectedErrors }) => {
  expectedErrors.push(/ERR_FAILED/);
  await page.route("**/api/v1/connections/*", (route) => route.abort());
  await app.disconnect.click();
  await app.dialog.getByRole("button", { name: "Déconnecter" }).click();
  await expect(app.failureHere("offline")).toBeVisible();
  await axe(page);
  await page.unroute("**/api/v1/connections/*");
  await app.failureHere("offline").getByRole("button", { name: "Réessayer" }).click();
  await app.expectDisconnected();
});

test("HubRise out of reach is told later by itself, and until then the page says so", async ({ page, app, sandbox, axe }) => {
  test.setTimeout(90_000);
  await sandbox.fault({ target: "all", mode: "drop" });
  await app.disconnect.click();
  await app.dialog.getByRole("button", { name: "Déconnecter" }).click();
  await app.expectDisconnected();
  await expect(app.news.first()).toContainText("HubRise n’a pas pu être joint : il sera prévenu dès qu’il répondra.");
  await axe(page);
  await page.reload();
  const told = app.main.getByText(app.words.till.revoking, { exact: true });
  await expect(told).toBeVisible();
  await sandbox.recover();
  // The console tries again after 15 seconds, and looks every 15.
  await expect
    .poll(
      async () => {
        await page.reload();
        await app.ready();
        return told.isVisible();
      },
      { timeout: 60_000, intervals: [2_000] },
    )
    .toBe(false);
  const revoked = await sandbox.requests("/oauth2/v1/revoke");
  expect(revoked.at(-1)?.status).toBe(200);
});
