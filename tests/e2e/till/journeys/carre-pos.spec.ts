// Carré POS: the merchant walks four steps and asks; the vendor's support connects; the merchant's page turns by itself.
import { CARRE, expect, HubRise, people, test } from "../../fixtures.ts";
import { support } from "../../hubrise.ts";
import { atDesk } from "./support.ts";

/** Nina's account, as she tells support. */
const ACCOUNT = "3r4s3";

test("in French: the four steps, the request, and Informations de connexion by itself", { tag: "@everywhere" }, async ({ app, page, hubrise, context, browser, services, words, watched, axe }) => {
  test.setTimeout(120_000);
  await app.open(CARRE);
  await expect(app.heading).toHaveText("Pas encore connecté à HubRise");
  const steps = app.main.getByRole("list", { name: "Étapes" });
  await expect(steps.getByRole("heading")).toHaveText([
    "Vérifiez les prérequis",
    "Créez un compte HubRise",
    "Donnez accès au support",
    "Demandez la connexion au support",
  ]);
  await expect(steps).toContainText("La version PRO de Carré POS.");
  await expect(steps).toContainText("Un abonnement au service Carré POS Cloud.");
  await expect(steps).toContainText("Contactez l'éditeur de Carré POS.");
  await expect(steps.getByRole("link", { name: "Contacter l’éditeur" })).toHaveAttribute("href", /^mailto:/);
  await expect(steps.getByText("hubrise@carrepos.fr", { exact: true })).toBeVisible();
  await expect(steps).toContainText("avec le rôle Manager");
  await expect(steps).toContainText("Appuyez sur + pour ajouter l’utilisateur.");
  await axe(page);

  // Step three, at HubRise.
  const tab = await context.newPage();
  const backOffice = new HubRise(tab).backOffice(services.sandbox);
  await backOffice.openSettings(ACCOUNT, { email: people.nina });
  await backOffice.addPermission(support["carre-pos"]);
  await tab.close();

  // Step four.
  await steps.getByRole("button", { name: words.sign_in.press }).click();
  await hubrise.signInForProfile();
  await expect(page).toHaveURL(CARRE);
  await expect(app.main).toContainText("Vous demandez en tant que Nina Costa");
  await app.button("Envoyer la demande").click();
  await expect(app.main.getByRole("alert").filter({ hasText: "Saisissez votre identifiant HubRise." })).toBeVisible();
  await axe(page);
  await page.getByLabel("Identifiant HubRise").fill(ACCOUNT);
  await page.getByLabel("Nom du point de vente").fill("Paris");
  await app.button("Envoyer la demande").click();
  await expect(app.heading).toHaveText("Demande envoyée au support");
  await expect(app.fact("Identifiant HubRise")).toHaveText(ACCOUNT);
  await expect(app.fact("Nom du point de vente")).toHaveText("Paris");
  await axe(page);
  await page.reload();
  await expect(app.heading).toHaveText("Demande envoyée au support");
  await page.evaluate(() => (document.documentElement.dataset["marked"] = "yes"));

  const { desk, hubrise: theirs } = await atDesk("carre-pos", { browser, baseURL: services.console, locale: "fr-FR", words, watched });
  await desk.page.getByRole("group", { name: "Nina Costa, Paris" }).getByRole("button", { name: "Connecter" }).click();
  await theirs.authorise(undefined);
  await expect(desk.heading).toHaveText("Connecté à HubRise");

  await expect(app.heading).toHaveText("Connecté à HubRise");
  await expect(app.announced).toHaveText("La caisse est maintenant connectée à HubRise.");
  await expect(page.getByRole("heading", { name: "Informations de connexion" })).toBeVisible();
  await expect(app.fact("Compte")).toContainText("Bella Pizza");
  await expect(app.fact("Point de vente")).toContainText("3r4s3-1");
  await expect(app.fact("Catalogue")).toContainText("psmlf");
  await expect(app.fact("Liste de clients")).toHaveText("–");
  await expect(app.fact("Par")).toContainText("Carré POS");
  expect(await page.evaluate(() => document.documentElement.dataset["marked"])).toBe("yes");
  // The merchant looks; support changes.
  await expect(app.main).toContainText("Le support de Carré POS a établi cette connexion pour vous");
  await expect(app.disconnect).toHaveCount(0);
  await expect(app.reconnect).toHaveCount(0);
  await axe(page);
});

test("a request can be withdrawn, and one that was declined is asked again with support's answer in view", async ({ app, page, hubrise, browser, services, words, watched, axe }) => {
  test.setTimeout(120_000);
  await app.open(CARRE);
  await app.main.getByRole("button", { name: words.sign_in.press }).click();
  await hubrise.signInForProfile(people.nina);
  const send = async (name: string): Promise<void> => {
    await page.getByLabel("Identifiant HubRise").fill("3r4s3-9");
    await page.getByLabel("Nom du point de vente").fill(name);
    await app.button("Envoyer la demande").click();
    await expect(app.heading).toHaveText("Demande envoyée au support");
  };
  await send("Paris");
  await app.button("Retirer la demande").click();
  await expect(app.heading).toHaveText("Pas encore connecté à HubRise");
  await expect(app.announced).toHaveText("Votre demande a été retirée.");

  await send("Paris Nord");
  const { desk } = await atDesk("carre-pos", { browser, baseURL: services.console, locale: "fr-FR", words, watched });
  await desk.page.getByRole("group", { name: "Nina Costa, Paris Nord" }).getByRole("button", { name: "Refuser" }).click();
  await desk.dialog.getByRole("textbox").fill("Cet identifiant n’existe pas chez HubRise.");
  await desk.dialog.getByRole("button", { name: "Envoyer et refuser" }).click();

  await expect(app.heading).toHaveText("Le support n’a pas pu connecter votre caisse");
  await expect(app.main).toContainText("Cet identifiant n’existe pas chez HubRise.");
  await expect(page.getByLabel("Identifiant HubRise")).toHaveValue("3r4s3-9");
  await axe(page);
  await send("Paris");
});

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("the four steps, the request, and the connection information by itself", async ({ app, page, hubrise, sandbox, browser, services, words, watched, axe }) => {
    test.setTimeout(120_000);
    await sandbox.addUser(ACCOUNT, support["carre-pos"]);
    await app.open(CARRE);
    await expect(app.main.getByRole("list", { name: "Steps" }).getByRole("heading")).toHaveText([
      "Check what you need",
      "Create a HubRise account",
      "Give support access",
      "Ask support for the connection",
    ]);
    await axe(page);
    await app.main.getByRole("button", { name: words.sign_in.press }).click();
    await hubrise.signInForProfile(people.nina);
    await page.getByLabel("HubRise identifier").fill(ACCOUNT);
    await page.getByLabel("Name of the location").fill("Paris");
    await app.button("Send the request").click();
    await expect(app.heading).toHaveText("Request sent to support");
    const { desk, hubrise: theirs } = await atDesk("carre-pos", { browser, baseURL: services.console, locale: "en-GB", words, watched });
    await desk.page.getByRole("group", { name: "Nina Costa, Paris" }).getByRole("button", { name: "Connect" }).click();
    await theirs.authorise(undefined);
    await expect(app.heading).toHaveText("Connected to HubRise");
    await expect(page.getByRole("heading", { name: "Connection information" })).toBeVisible();
    await axe(page);
  });
});
