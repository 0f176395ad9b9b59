// The till's page before it is connected, and the way to HubRise and back.
import { BELLA, CAISSE, COMPTOIR, DUBOIS, expect, people, test } from "../fixtures.ts";
import { tabTo } from "../keyboard.ts";

test.describe("in French", () => {
  test("a newcomer connects a till with the mouse", async ({ page, app, hubrise, axe }) => {
    await app.open(CAISSE);
    await expect(page).toHaveTitle("Caisse principale · POS HELPER");
    await expect(app.heading).toHaveText("Pas encore connecté à HubRise");
    await expect(app.main).toContainText("Recevez vos commandes en ligne dans votre caisse.");
    await axe(page);
    await app.button("Connecter").click();

    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connectez-vous à HubRise");
    await hubrise.signIn(people.nina);
    await expect(page.getByText("Suivant")).toBeHidden();
    await page.getByRole("button", { name: "Autoriser" }).click();

    await expect(page).toHaveURL(CAISSE);
    await expect(app.heading).toHaveText("Connecté à HubRise");
    await app.expectConnected(BELLA);
    await expect(app.news).toContainText("Votre caisse est connectée.");
    await expect(app.announced).toHaveText("Votre caisse est connectée.");
    await axe(page);
  });
});

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("a newcomer connects a till with the mouse", async ({ page, app, hubrise, axe }) => {
    await app.open(CAISSE);
    await expect(page).toHaveTitle("Main till · POS HELPER");
    await expect(app.heading).toHaveText("Not connected to HubRise yet");
    await axe(page);
    await app.button("Connect").click();

    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in to HubRise");
    await hubrise.signInByTyping(people.nina);
    await page.getByRole("button", { name: "Allow" }).click();

    await expect(page).toHaveURL(CAISSE);
    await expect(app.heading).toHaveText("Connected to HubRise");
    await app.expectConnected(BELLA);
    await expect(app.news).toContainText("Your till is connected.");
    // As in Great Britain, not as in America.
    await expect(app.fact("Since").getByRole("time")).toHaveText(/^\d{1,2} [A-Z][a-z]+ \d{4}, \d{2}:\d{2}$/);
    await axe(page);
  });
});

test("a newcomer connects and disconnects a till with a finger", { tag: "@phone" }, async ({ page, app, axe }) => {
  await app.open();
  await axe(page);
  await app.connect.tap();
  await page.getByRole("button", { name: people.nina }).tap();
  await page.getByRole("button", { name: "Autoriser" }).tap();
  await app.expectConnected(BELLA);
  await axe(page);
  await app.disconnect.tap();
  await axe(page);
  await app.dialog.getByRole("button", { name: "Déconnecter" }).tap();
  await app.expectDisconnected();
});

test("a newcomer connects and disconnects a till with the keyboard alone", async ({ page, app }) => {
  await app.open();
  await tabTo(page, app.connect);
  await page.keyboard.press("Enter");

  await tabTo(page, page.getByRole("button", { name: people.nina }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Autoriser" }));
  await page.keyboard.press("Space");

  await app.expectConnected(BELLA);
  await tabTo(page, app.fact("Catalogue").getByRole("button"));
  await page.keyboard.press("Enter");
  await expect(app.announced).toHaveText("Copié : psmlf");

  await tabTo(page, app.disconnect);
  await page.keyboard.press("Enter");
  await expect(app.dialog).toBeVisible();
  await expect(app.dialog.getByRole("button", { name: "Annuler" })).toBeFocused();
  await tabTo(page, app.dialog.getByRole("button", { name: "Déconnecter" }));
  await page.keyboard.press("Enter");
  await app.expectDisconnected();
  await expect(app.main).toBeFocused();
});

test("who has choices at HubRise makes them there, with Suivant in between", { tag: "@everywhere" }, async ({ page, app, hubrise, axe }) => {
  await app.open();
  await app.connect.click();
  await hubrise.signIn(people.marc);
  await expect(page.getByRole("button", { name: "Autoriser" })).toBeHidden();
  await hubrise.choosePlace("Paris Bastille");
  await axe(page);
  await page.getByRole("button", { name: "Suivant" }).click();
  await hubrise.chooseCatalog("Bar Bastille");
  await hubrise.chooseCustomerList("Fidélité");
  await axe(page);
  await hubrise.allow();
  const { account, bastille: location, bar: catalog, loyalty: list } = DUBOIS;
  await app.expectConnected({ account, location, catalog, list });
});

test("who opens a HubRise account on the way comes back connected", async ({ page, app, hubrise }) => {
  await app.open();
  await app.connect.click();
  await page.getByRole("link", { name: "Créer un compte" }).click();
  await page.getByLabel("Adresse e-mail").fill("zoe@chez-zoe.example");
  await page.getByLabel("Prénom").fill("Zoé");
  await page.getByLabel("Nom", { exact: true }).fill("Blanc");
  await page.getByLabel("Nom du compte").fill("Chez Zoé");
  await page.getByLabel("Nom du point de vente").fill("Rennes");
  await page.getByRole("button", { name: "Créer le compte" }).click();
  await hubrise.allow();
  await expect(app.heading).toHaveText("Connecté à HubRise");
  await expect(app.fact("Compte")).toContainText("Chez Zoé");
  await expect(app.fact("Point de vente")).toContainText("Rennes");
});

test("the page says what connecting brings, what it allows, and what to do without an account", async ({ page, app, services, axe, words }) => {
  await app.open();
  const signUp = page.getByRole("link", { name: words.till.sign_up });
  await expect(signUp).toHaveAttribute("href", `${services.sandbox}/signup`);
  await expect(signUp).toHaveAttribute("rel", "noopener noreferrer");
  await page.getByText("Ce que POS HELPER pourra faire").click();
  await expect(app.main.getByRole("listitem")).toHaveText([
    "voir les commandes et mettre à jour leur statut",
    "voir et modifier les clients d’une liste",
    "voir un catalogue : produits, options et prix",
  ]);
  await page.getByText("Donner accès au support").click();
  await expect(page.getByText("support@poshelper.fr")).toBeVisible();
  await axe(page);
});

test("the other till of the vendor is one press away and stands on its own", async ({ page, app }) => {
  await app.open();
  await app.link("Caisse du comptoir").click();
  await expect(page).toHaveURL(COMPTOIR);
  await app.ready();
  await expect(page).toHaveTitle("Caisse du comptoir · POS HELPER");
  await expect(app.link("Caisse du comptoir")).toHaveAttribute("aria-current", "page");
});

test("pressing Connecter twice begins one attempt", async ({ page, app, sandbox }) => {
  const begun: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/v1/attempts")) begun.push(request.url());
  });
  await app.open();
  // The server answers once both presses are over: the second is never HubRise's page's.
  let pressed = (): void => {};
  const both = new Promise<void>((done) => {
    pressed = done;
  });
  await page.route("**/api/v1/attempts", async (route) => {
    await both;
    await route.continue();
  });
  await app.connect.dblclick();
  pressed();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connectez-vous à HubRise");
  expect(begun).toHaveLength(1);
  const opened = (await sandbox.requests("/oauth2/v1/authorize")).filter(({ path }) => path === "/oauth2/v1/authorize");
  expect(opened).toHaveLength(1);
});

test("Back from HubRise's page leads to a till that can be connected", async ({ page, app, hubrise }) => {
  await app.open();
  await app.connect.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connectez-vous à HubRise");
  await page.goBack();
  await app.expectDisconnected();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
});

test("a HubRise page that fails can be left with Back and tried again", async ({ page, app, hubrise, sandbox }) => {
  await sandbox.fault({ target: "authorize", mode: "fail" });
  await app.open();
  await app.connect.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Une erreur est survenue");
  await sandbox.recover();
  await page.goBack();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
});

test("what keeps an attempt from beginning is said under the button, and trying again goes on", async ({ page, app, axe, expectedErrors }) => {
  expectedErrors.push(/ERR_FAILED/);
  await app.open();
  await page.route("**/api/v1/attempts", (route) => route.abort());
  await app.connect.click();
  await expect(app.failureHere("offline")).toBeVisible();
  await axe(page);
  await page.unroute("**/api/v1/attempts");
  await app.failureHere("offline").getByRole("button", { name: "Réessayer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connectez-vous à HubRise");
});
