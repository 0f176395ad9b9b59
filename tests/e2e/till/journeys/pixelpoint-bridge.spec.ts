// PixelPoint Bridge: connected from HubRise's back office, confirmed here, then the till's API token on its own page.
import { API_TOKEN, expect, fill, people, PIXELPOINT, test } from "../../fixtures.ts";

test("in French: from HubRise's Connecter to the API token and Debug mode", { tag: "@everywhere" }, async ({ app, page, hubrise, services, words, axe }) => {
  await app.open(PIXELPOINT);
  await expect(app.heading).toHaveText("Pas encore connecté à HubRise");
  await expect(app.main).toContainText("PixelHQ et PixelPoint version 12.3 ou supérieure.");
  await expect(app.main).toContainText("Le jeton d'API fourni par l'équipe d'assistance de PAR PixelPoint.");
  await expect(app.main).toContainText("À côté de PixelPoint Bridge, appuyez sur Connecter, puis sur Autoriser.");
  await expect(app.main.getByRole("button", { name: "Connecter" })).toHaveCount(0);
  await axe(page);

  const backOffice = hubrise.backOffice(services.sandbox);
  await backOffice.openConnections("3r4s3", { email: people.nina });
  await backOffice.connectApp("PixelPoint Bridge");
  await hubrise.allow();
  await expect(app.heading).toHaveText(fill(words.arrival.title, { place: "Paris" }));
  await app.main.getByRole("button", { name: words.sign_in.press }).click();
  await hubrise.signInForProfile();
  await expect(app.heading).toHaveText(fill(words.arrival.title, { place: "Paris" }));
  await app.button("Connecter").click();

  await expect(page).toHaveURL(PIXELPOINT);
  await expect(app.heading).toHaveText(/^Plus qu’une étape\s: le jeton d’API$/);
  await expect(page.locator(".way")).toContainText("Paris (3r4s3-1)");
  const flows = await app.unfold("Ce qui passe");
  await expect(flows).toContainText("mode Push uniquement");
  await expect(flows).toContainText("Commandes et leurs statuts (vers la caisse)");
  await expect(flows).toContainText("Les commandes passées sur la caisse ne sont jamais envoyées à HubRise.");
  await axe(page);

  await app.link("Configurer").click();
  await app.ready();
  await expect(app.heading).toHaveText("Configuration");
  await page.getByLabel("Jeton d’API", { exact: true }).fill(API_TOKEN);
  await page.getByLabel("Mode debug").check();
  await app.button("Enregistrer").click();
  await expect(app.announced).toHaveText("La configuration de la caisse est enregistrée.");
  await axe(page);

  await app.link("Connexion").click();
  await app.ready();
  await expect(app.heading).toHaveText("Connecté à HubRise");
  await expect(page.locator(".way")).toContainText("··23A5B");
  expect(await page.content()).not.toContain(API_TOKEN);
  await axe(page);
  await app.link("Opérations").click();
  await app.ready();
  await expect(app.heading).toHaveText("Aucune commande depuis 24 heures");
});

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("from HubRise's Connect to the API token and Debug mode", async ({ app, page, hubrise, services, words, axe }) => {
    const backOffice = hubrise.backOffice(services.sandbox);
    await backOffice.openConnections("3r4s3", { email: people.nina });
    await backOffice.connectApp("PixelPoint Bridge");
    await hubrise.allow();
    await expect(app.heading).toHaveText(fill(words.arrival.title, { place: "Paris" }));
    await app.main.getByRole("button", { name: words.sign_in.press }).click();
    await hubrise.signInForProfile();
    await app.button("Connect").click();
    await expect(app.heading).toHaveText("One step left: the till’s API token");
    await app.link("Configure").click();
    await app.ready();
    await page.getByLabel("API token", { exact: true }).fill(API_TOKEN);
    await app.button("Save").click();
    await expect(app.announced).toHaveText("The till’s configuration is saved.");
    await app.link("Connection").click();
    await app.ready();
    await expect(app.heading).toHaveText("Connected to HubRise");
    await axe(page);
  });
});
