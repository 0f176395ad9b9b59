// PixelPoint Bridge: connected from HubRise's back office, confirmed here, then the till's API token.
import { expect, fill, people, PIXELPOINT, test } from "../../fixtures.ts";

/** As PAR's support gives it, with HubRise's prefix. */
const TOKEN = "YT6eR2-CEED65AD33823A5B";

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
  await expect(app.main).toContainText("mode Push uniquement");
  await expect(page.locator(".direction")).toContainText("Paris (3r4s3-1)");
  const token = page.getByLabel("Jeton d’API");
  await expect(token).toHaveAccessibleDescription(/préfixe-jeton/);
  await app.button("Enregistrer").click();
  await expect(app.main.getByRole("alert").filter({ hasText: "Saisissez le jeton d’API." })).toBeVisible();
  await token.fill("CEED65AD33823A5B");
  await expect(app.main).toContainText("Le préfixe semble manquer. Vous pouvez tout de même enregistrer.");
  await axe(page);
  await token.fill(TOKEN);
  await page.getByLabel("Mode debug").check();
  await app.button("Enregistrer").click();
  await expect(app.heading).toHaveText("Connecté à HubRise");
  await expect(app.fact("Jeton d’API")).toHaveText("Se termine par 23A5B");
  await expect(app.fact("Mode debug")).toHaveText("Activé");
  await expect(page.locator(".direction")).toContainText("··23A5B");
  await expect(app.announced).toHaveText("La configuration de la caisse est enregistrée.");
  await axe(page);

  await page.reload();
  await expect(app.fact("Jeton d’API")).toHaveText("Se termine par 23A5B");
  expect(await page.content()).not.toContain(TOKEN);
  const flows = await app.unfold("Ce qui passe");
  await expect(flows).toContainText("Commandes et leurs statuts (vers la caisse)");
  await expect(flows).toContainText("Les commandes passées sur la caisse ne sont jamais envoyées à HubRise.");

  // Later, the token stays when its line is left empty.
  await app.button("Modifier").click();
  await expect(token).toBeFocused();
  await page.getByLabel("Mode debug").uncheck();
  await app.button("Enregistrer").click();
  await expect(app.fact("Jeton d’API")).toHaveText("Se termine par 23A5B");
  await expect(app.fact("Mode debug")).toHaveText("Désactivé");
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
    await expect(app.main).toContainText("One way only (push)");
    await page.getByLabel("API token").fill(TOKEN);
    await app.button("Save").click();
    await expect(app.heading).toHaveText("Connected to HubRise");
    await expect(app.fact("API token")).toHaveText("Ends with 23A5B");
    await axe(page);
  });
});
