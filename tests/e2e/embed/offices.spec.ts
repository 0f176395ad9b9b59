// The four back offices, walked from **Connecter** to **Déconnecter**, with third-party cookies blocked: each with its own
// words, its users signed in already, HubRise in a window of its own.
import { connect, giveToken, shown } from "../bridge/bridge.ts";
import { API_TOKEN, BELLA, expect, people, PIXELPOINT, test as base } from "../fixtures.ts";
import { support } from "../hubrise.ts";
import { makeKey, tile } from "../stock/stock.ts";
import {
  BRIDGE_CONFIGURATION,
  BRIDGE_CONNECTION,
  BRIDGE_OFFICE,
  BRIDGE_OPERATIONS,
  CARRE_OFFICE,
  CARRE_STOCK,
  HELPER,
  Office,
  SOMMIT_OFFICE,
} from "./office.ts";

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

test("Carré POS: support connects for the restaurant, whose manager sends the stock", async ({ office, sandbox, page, hubrise, carrePos, axe }) => {
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
  const stock = await office.inside();
  await expect(stock.heading).toHaveText("La caisse n’a pas encore de clé");
  await expect.poll(() => carrePos.isListenedTo()).toBe(true);
  await carrePos.enable(await makeKey({ app: stock, page: stock.page, hubrise, sandbox }, "Comptoir"));
  await expect(tile(stock.page, "Margherita Moyenne")).toContainText("8");
  await axe(page);

  await office.open(CARRE_OFFICE);
  const ending = await office.inside();
  await ending.disconnect.click();
  await ending.dialog.getByRole("button", { name: "Déconnecter" }).click();
  await expect(ending.heading).not.toHaveText("Connecté à HubRise");
  await expect(office.told("disconnected")).toHaveCount(1);
});

test("PixelPoint Bridge: connected, configured, read and disconnected from the pages in HubRise's menu", async ({ office, orders, pixelpoint, axe, page, words }) => {
  await office.open(BRIDGE_OPERATIONS);
  const list = await office.inside();
  await list.link(words.step.till).click();
  await expect(list.heading).toHaveText(words.till.off);
  await expect(list.main).toContainText(words.till.needs);
  await axe(page);
  await office.connect(list.connect, people.kate);
  await expect(list.heading).toHaveText(words.bridge_settings.first);
  await expect(office.told("connected")).toHaveCount(1);

  await office.open(BRIDGE_CONFIGURATION);
  const settings = await office.inside();
  await giveToken(settings, settings.page, API_TOKEN);

  await office.open(BRIDGE_OPERATIONS);
  const log = await office.inside();
  await pixelpoint.behave("unknown_product");
  const order = await orders.make("company");
  await (await shown(log.page, order.id)).click();
  await expect(log.heading).toHaveText("La caisse ne connaît pas un code de cette commande");
  await expect(log.main).toContainText(order.id);
  await expect(office.told("navigate").last()).toHaveAttribute("data-detail", /operations\/[\w-]+/);
  await axe(page);

  // Whoever else the restaurant lets look sees it, and another restaurant does not.
  await office.open(BRIDGE_OPERATIONS, { user: "viewer" });
  await shown((await office.inside()).page, order.id);
  await office.open(BRIDGE_OPERATIONS, { merchant: "resto-2" });
  await expect((await office.inside()).heading).toHaveText(words.bridge_settings.off);

  await office.open(BRIDGE_CONNECTION);
  const till = await office.inside();
  await till.disconnect.click();
  await till.dialog.getByRole("button", { name: "Déconnecter" }).click();
  await expect(till.heading).toHaveText(words.till.off);
  await expect(office.told("disconnected")).toHaveCount(1);
});

test("PixelPoint Bridge: HubRise's Ouvrir leads to the console itself", async ({ office, hubrise, app, page, words, services }) => {
  await connect({ app, page, hubrise, services });
  await office.open(BRIDGE_OFFICE);
  await page.getByRole("link", { name: /^OUVRIR PixelPoint Bridge/ }).click();
  await expect(app.heading).toHaveText(words.bridge_settings.first);
  await expect(page).toHaveURL(`${services.console}${PIXELPOINT}`);
});
