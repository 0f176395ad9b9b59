// The four back offices, walked from **Connecter** to **Déconnecter**, with third-party cookies blocked: each with its own
// words, its users signed in already, HubRise in a window of its own.
import { BELLA, expect, people, test as base } from "../fixtures.ts";
import { support } from "../hubrise.ts";
import { BRIDGE_OFFICE, CARRE_OFFICE, CARRE_STOCK, HELPER, Office, SOMMIT_OFFICE } from "./office.ts";

const test = base.extend<{ office: Office }>({
  office: async ({ page, offices, services, words }, use) => {
    await use(new Office(page, offices, services.console, words));
  },
});

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), "--test-third-party-cookie-phaseout"] });
  },
});

test("POS HELPER: connected, verified and disconnected without leaving the page", async ({ office, axe, page }) => {
  await office.open(HELPER);
  const app = await office.inside();
  await expect(app.heading).toHaveText("Pas encore connecté à HubRise");
  // The back office has said who it is, and has a bar of its own.
  await expect(app.page.locator("header")).toBeHidden();
  await axe(page);
  await office.connect(app.connect, people.nina);
  await app.expectConnected(BELLA);
  await expect(office.told("connected")).toHaveCount(1);
  await expect(office.told("connected")).toHaveAttribute("data-detail", JSON.stringify({ till: "caisse" }));
  await axe(page);

  // Another look finds it so, whoever looks: the restaurant's, and nobody else's.
  await office.open(HELPER, { user: "viewer" });
  const viewer = await office.inside();
  await expect(viewer.heading).toHaveText("Connecté à HubRise");
  await expect(viewer.disconnect).toBeHidden();
  await office.open(HELPER, { merchant: "resto-2" });
  await expect((await office.inside()).heading).toHaveText("Pas encore connecté à HubRise");

  await office.open(HELPER);
  const again = await office.inside();
  await again.disconnect.click();
  await again.dialog.getByRole("button", { name: "Déconnecter" }).click();
  await expect(again.heading).toHaveText("Pas encore connecté à HubRise");
  await expect(office.told("disconnected")).toHaveCount(1);
});

test("POS HELPER: a till whose choices the console makes", async ({ office }) => {
  await office.open(HELPER, { till: "comptoir" });
  const app = await office.inside();
  await office.connect(app.connect, people.marc, { place: "Dubois Restos" });
  await expect(app.heading).toHaveText("À quel point de vente appartient cette caisse ?");
  await expect(office.told("navigate").last()).toHaveAttribute("data-detail", /comptoir\/choose/);
});

test("SOMM'IT: cards, and a disconnection that only support takes back", async ({ office, axe, page }) => {
  await office.open(SOMMIT_OFFICE);
  const app = await office.inside();
  const card = app.card("Tiller");
  await expect(card.getByRole("button", { name: "Connecter" })).toBeVisible();
  await axe(page);
  await office.connect(card.getByRole("button", { name: "Connecter" }), people.nina);
  await expect(card).toContainText("Connectée");
  await card.getByRole("button", { name: "Détails" }).click();
  await app.page.getByRole("button", { name: "Déconnexion" }).click();
  await app.question("Supprimer la connexion").getByRole("button", { name: "Oui" }).click();
  await expect(card).not.toContainText("Connectée");
});

test("Carré POS: support connects for the restaurant, whose manager sends the stock", async ({ office, sandbox, page, hubrise }) => {
  // The merchant gives support access at HubRise first.
  const account = hubrise.backOffice(sandbox.url);
  await account.openSettings("3r4s3", { email: people.nina });
  await account.addPermission(support["carre-pos"]);
  await page.context().clearCookies();

  await office.open(CARRE_OFFICE, { user: "support" });
  const desk = await office.inside();
  await office.connect(desk.connect, support["carre-pos"], {});
  await expect(desk.heading).toHaveText("Connecté à HubRise");

  await office.open(CARRE_OFFICE);
  const manager = await office.inside();
  await expect(manager.heading).toHaveText("Connecté à HubRise");
  await office.open(CARRE_STOCK);
  await expect((await office.inside()).heading).toHaveText("La caisse n’a pas encore de clé");
});

test("PixelPoint Bridge: HubRise's Ouvrir leads to the console itself", async ({ office, page }) => {
  await office.open(BRIDGE_OFFICE);
  await expect(page.getByRole("main")).toContainText("PixelPoint");
});
