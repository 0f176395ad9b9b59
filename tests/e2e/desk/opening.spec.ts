// Opening a connection from the support desk, with one's own HubRise rights or without any yet.
import { BELLA, DUBOIS, expect, people } from "../fixtures.ts";
import { support } from "../hubrise.ts";
import { test } from "./desk.ts";

/** Nina's account at HubRise. */
const [, ACCOUNT] = BELLA.account;

test.describe("opening a connection", () => {
  test("without a right: HubRise says no, the manager is asked, and then HubRise says yes", { tag: "@everywhere" }, async ({ page, app, desk, merchant, sandbox, axe, expectedErrors }) => {
    expectedErrors.push(/status of 403/);
    const nina = await merchant("pos-helper", people.nina);
    await nina.connect("caisse");
    const pos = desk("pos-helper");
    await pos.signIn();
    await expect(pos.row("Bella Pizza")).toBeVisible();
    await pos.row("Bella Pizza").click();
    await expect(pos.dialog).toHaveAccessibleName("Bella Pizza · Paris");
    const message = pos.dialog.locator("[lang=fr]").filter({ hasText: "CONFIGURATION > Permissions" });
    await expect(message).toContainText("Ajoutez support@poshelper.fr avec le rôle Manager.");
    await expect(message).toContainText("Appuyez sur +");
    await axe(page);
    await pos.dialog.getByRole("button", { name: "English" }).click();
    await expect(pos.dialog).toContainText("Add support@poshelper.fr with the role Manager.");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await pos.dialog.getByRole("button", { name: "Copier le message" }).click();
    await expect(app.announced).toHaveText("Le message est copié.");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Hello,[^]*Bella Pizza[^]*Press \+/);
    await pos.dialog.getByRole("button", { name: "Prouver votre accès chez HubRise" }).click();
    await app.expectFailure("not_yours");

    await sandbox.addUser(ACCOUNT, support["pos-helper"]);
    await pos.open();
    await pos.row("Bella Pizza").click();
    await pos.dialog.getByRole("button", { name: "Prouver votre accès chez HubRise" }).click();
    await expect(page).toHaveURL("/pos-helper/caisse");
    await app.expectConnected(BELLA);
  });

  test("of two merchants' connections of one till, the one pressed is the one shown", async ({ page, app, desk, merchant, sandbox }) => {
    await (await merchant("pos-helper", people.nina)).connect("caisse");
    const marc = await merchant("pos-helper", people.marc);
    await marc.connect("caisse", { place: DUBOIS.bastille[0], catalog: DUBOIS.bar[0], list: DUBOIS.web[0] });
    for (const account of [ACCOUNT, DUBOIS.account[1]]) await sandbox.addUser(account, support["pos-helper"]);
    const pos = desk("pos-helper");
    await pos.signIn();
    for (const name of ["Bella Pizza", DUBOIS.account[0]]) {
      await pos.open();
      await pos.row(name).click();
      await pos.dialog.getByRole("button", { name: "Prouver votre accès chez HubRise" }).click();
      await expect(app.fact("Compte")).toContainText(name);
    }
    for (const name of ["Bella Pizza", DUBOIS.account[0]]) {
      await pos.open();
      await expect(pos.row(name)).toContainText("ouvert");
      await pos.row(name).click();
      await expect(page).toHaveURL("/pos-helper/caisse");
      await expect(app.fact("Compte")).toContainText(name);
    }
  });
});
