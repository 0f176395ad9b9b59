// One picture a vendor for the README's table: each journey where its user looks at it. `PASSERELLE_SCREENSHOTS=1` renews them;
// in any other run they are thrown away with the results.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { API_TOKEN, BELLA, CAISSE, expect, people, PIXELPOINT, SOMMIT, test } from "./fixtures.ts";

const DOCUMENTED = join(dirname(fileURLToPath(import.meta.url)), "../../docs/screenshots");
const renews = process.env["PASSERELLE_SCREENSHOTS"] === "1";

test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1 });

test("the four vendors of the documentation, each on its own way", async ({ page, app, hubrise, services, words }, info) => {
  const take = async (vendor: string): Promise<void> => {
    const folder = renews ? DOCUMENTED : info.outputPath("pictures");
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(folder, `vendor-${vendor}.png`), animations: "disabled", caret: "hide" });
  };

  await app.open("/carre-pos/caisse");
  await expect(app.main).toContainText("hubrise@carrepos.fr");
  await take("carre-pos");

  await app.open(CAISSE);
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  await page.reload();
  await app.expectConnected(BELLA);
  await take("pos-helper");

  await app.open(SOMMIT);
  const tiller = app.card("Tiller");
  await tiller.getByRole("button", { name: "Connecter" }).click();
  await hubrise.authorise(undefined);
  await expect(page).toHaveURL(SOMMIT);
  await expect(tiller.getByText("Connectée", { exact: true })).toBeVisible();
  await page.reload();
  await expect(tiller.getByText("Connectée", { exact: true })).toBeVisible();
  await take("somm-it");

  const backOffice = hubrise.backOffice(services.sandbox);
  await backOffice.openConnections("3r4s3");
  await backOffice.connectApp("PixelPoint Bridge");
  await hubrise.allow();
  await app.main.getByRole("button", { name: words.sign_in.press }).click();
  await hubrise.signInForProfile();
  await app.button("Connecter").click();
  await expect(page).toHaveURL(PIXELPOINT);
  await app.link(words.bridge_settings.configure).click();
  await page.getByLabel(words.configuration.token, { exact: true }).fill(API_TOKEN);
  await app.button(words.configuration.save).click();
  await expect(app.announced).toHaveText(words.configuration.saved);
  await app.open(PIXELPOINT);
  await expect(app.heading).toHaveText("Connecté à HubRise");
  await expect(page.locator(".way")).toContainText("··23A5B");
  await take("pixelpoint-bridge");
});
