// POS HELPER: the merchant connects and disconnects alone, with the words of its documentation.
import { CAISSE, DUBOIS, expect, people, test } from "../../fixtures.ts";

const { account, bastille: location, restaurants: catalog, web: list } = DUBOIS;

test("in French: Connecter, Suivant, Autoriser, contrôler, Déconnecter", { tag: "@everywhere" }, async ({ app, page, hubrise, axe }) => {
  await page.goto("/pos-helper");
  await app.ready();
  await expect(app.heading).toHaveText("POS HELPER");
  await axe(page);
  await app.open(CAISSE);
  const support = await app.unfold("Donner accès au support");
  await expect(support).toContainText("Ventes › HUBRISE INTEGRATION");
  await app.button("Connecter").click();
  await hubrise.signIn(people.marc);
  await hubrise.choosePlace("Paris Bastille");
  await page.getByRole("button", { name: "Suivant" }).click();
  await hubrise.chooseCatalog("Carte restaurants");
  await hubrise.chooseCustomerList("Clients Web");
  await page.getByRole("button", { name: "Autoriser" }).click();
  await expect(app.heading).toHaveText("Connecté à HubRise");
  await app.expectConnected({ account, location, catalog, list });
  await expect(app.panel("Donner accès au support · Pas encore vérifié")).toBeVisible();
  await axe(page);

  await app.disconnect.click();
  const question = page.getByRole("dialog");
  await expect(question).toHaveAccessibleName(/^Déconnecter POS HELPER de HubRise\s?\?$/);
  await expect(question).toContainText("Caisse principale");
  await question.getByRole("button", { name: "Déconnecter", exact: true }).click();
  await expect(app.heading).toHaveText("Pas encore connecté à HubRise");
  await expect(app.button("Connecter")).toBeEnabled();
});

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("Connect, Next, Allow, check, Disconnect", async ({ app, page, hubrise, axe }) => {
    await app.open(CAISSE);
    await app.button("Connect").click();
    await hubrise.signIn(people.marc);
    await hubrise.choosePlace("Paris Bastille");
    await page.getByRole("button", { name: "Next" }).click();
    await hubrise.chooseCatalog("Carte restaurants");
    await hubrise.chooseCustomerList("Clients Web");
    await page.getByRole("button", { name: "Allow" }).click();
    await expect(app.heading).toHaveText("Connected to HubRise");
    await app.expectConnected({ account, location, catalog, list });
    await axe(page);
    await app.disconnect.click();
    await page.getByRole("dialog").getByRole("button", { name: "Disconnect", exact: true }).click();
    await expect(app.heading).toHaveText("Not connected to HubRise yet");
  });
});
