// The wizard: what HubRise's page left to the console. Location, then catalog and customer list; each step skipped when
// there is one choice.
import { BELLA, COMPTOIR, DUBOIS, expect, people, test } from "./fixtures.ts";
import { tabTo } from "./keyboard.ts";

test.describe("with choices to make", () => {
  test.beforeEach(async ({ app, page, hubrise }) => {
    await app.open(COMPTOIR);
    await app.connect.click();
    await hubrise.authorise(people.marc, { place: "Dubois Restos" });
    await expect(page).toHaveURL(`${COMPTOIR}/choose`);
    await expect(app.heading).toHaveText("À quel point de vente appartient cette caisse ?");
  });

  test("a location, then a catalog and a list, complete the connection", { tag: "@everywhere" }, async ({ page, app, axe }) => {
    await expect(app.heading).toBeFocused();
    await expect(page.getByRole("listitem").filter({ hasText: "Point de vente" })).toHaveAttribute("aria-current", "step");
    await expect(page.getByRole("radio")).toHaveCount(3);
    await expect(page.getByRole("searchbox")).toBeHidden();
    await axe(page);
    await page.getByRole("radio", { name: "Lyon Croix-Rousse" }).check();
    await app.button("Suivant").click();

    await expect(app.heading).toHaveText(app.words.choose.data);
    await expect(app.heading).toBeFocused();
    await expect(page.getByText("Pour Lyon Croix-Rousse")).toBeVisible();
    await expect(page.getByRole("group", { name: "Catalogue" }).getByRole("radio")).toHaveCount(2);
    await axe(page);
    await page.getByRole("radio", { name: "Carte livraison" }).check();
    await page.getByRole("radio", { name: "Fidélité" }).check();
    await app.button("Enregistrer").click();

    await expect(page).toHaveURL(COMPTOIR);
    const { account, croixRousse: location, delivery: catalog, loyalty: list } = DUBOIS;
    await app.expectConnected({ account, location, catalog, list });
    await expect(app.news).toContainText("Votre caisse est connectée.");
  });

  test("a location's own catalog is told from those the account shares", async ({ page, app }) => {
    await page.getByRole("radio", { name: "Paris Bastille" }).check();
    await app.button("Suivant").click();
    const catalogs = page.getByRole("group", { name: "Catalogue" });
    await expect(catalogs.getByRole("radio")).toHaveCount(3);
    await expect(catalogs.getByRole("radio", { name: "Bar Bastille" })).toHaveAccessibleName(/ce point de vente seulement/);
    await expect(catalogs.getByRole("radio", { name: "Carte livraison" })).toHaveAccessibleName(/partagé par le compte/);
  });

  test("can be gone through with the keyboard alone", async ({ page, app }) => {
    const keys = page.keyboard;
    await tabTo(page, page.getByRole("radio").first());
    await keys.press("Space");
    await keys.press("ArrowDown");
    await expect(page.getByRole("radio", { name: "Lyon Croix-Rousse" })).toBeChecked();
    await tabTo(page, app.button("Suivant"));
    await keys.press("Enter");
    await expect(app.heading).toHaveText(app.words.choose.data);
    await tabTo(page, page.getByRole("group", { name: "Catalogue" }).getByRole("radio").first());
    await keys.press("Space");
    await tabTo(page, page.getByRole("group", { name: "Liste de clients" }).getByRole("radio").first());
    await keys.press("Space");
    await tabTo(page, app.button("Enregistrer"));
    await keys.press("Enter");
    await expect(app.heading).toHaveText("Connecté à HubRise");
    await expect(app.fact("Point de vente")).toContainText("Lyon Croix-Rousse");
  });

  test("going on without a choice is answered where the hand is, and aloud", async ({ page, app, axe }) => {
    await app.button("Suivant").click();
    await expect(page.getByText("Faites un choix pour continuer.").last()).toBeVisible();
    await expect(app.announced).toHaveText("Faites un choix pour continuer.");
    await axe(page);
    await page.getByRole("radio", { name: "Paris Bastille" }).check();
    await app.button("Suivant").click();
    await app.button("Enregistrer").click();
    await expect(app.announced).toHaveText("Faites un choix pour continuer.");
    await expect(app.heading).toHaveText(app.words.choose.data);
  });

  test("a reload in the middle stays at the step", async ({ page, app }) => {
    await page.reload();
    await expect(app.heading).toHaveText("À quel point de vente appartient cette caisse ?");
    await page.getByRole("radio", { name: "Marseille Vieux-Port" }).check();
    await app.button("Suivant").click();
    await expect(app.heading).toHaveText(app.words.choose.data);
    await page.reload();
    await expect(app.heading).toHaveText(app.words.choose.data);
    await expect(page.getByText("Pour Marseille Vieux-Port")).toBeVisible();
    await page.getByRole("radio", { name: "Carte restaurants" }).check();
    await page.getByRole("radio", { name: "Clients Web" }).check();
    await app.button("Enregistrer").click();
    await expect(app.fact("Point de vente")).toContainText("Marseille Vieux-Port");
  });

  test("Back and Retour lead to the location with the choice kept", async ({ page, app }) => {
    await page.getByRole("radio", { name: "Paris Bastille" }).check();
    await app.button("Suivant").click();
    await expect(app.heading).toHaveText(app.words.choose.data);
    await page.goBack();
    await expect(page.getByRole("radio", { name: "Paris Bastille" })).toBeChecked();
    await page.goForward();
    await expect(page.getByText("Pour Paris Bastille")).toBeVisible();
    await app.link("Retour").click();
    await expect(page.getByRole("radio", { name: "Paris Bastille" })).toBeChecked();
    await page.getByRole("radio", { name: "Lyon Croix-Rousse" }).check();
    await app.button("Suivant").click();
    await expect(page.getByText("Pour Lyon Croix-Rousse")).toBeVisible();
  });

  test("Back after it is done leads to no wizard", async ({ page, app }) => {
    await page.getByRole("radio", { name: "Paris Bastille" }).check();
    await app.button("Suivant").click();
    await page.getByRole("radio", { name: "Bar Bastille" }).check();
    await page.getByRole("radio", { name: "Fidélité" }).check();
    await app.button("Enregistrer").click();
    await expect(app.heading).toHaveText("Connecté à HubRise");
    await page.goBack();
    await expect(page).toHaveURL(COMPTOIR);
    await expect(app.heading).toHaveText("Connecté à HubRise");
  });

  test("left in the middle, the till's page says what is left, and leads on or disconnects", { tag: "@everywhere" }, async ({ page, app, axe }) => {
    await app.open(COMPTOIR);
    await expect(app.heading).toHaveText("Plus qu’une étape");
    await expect(app.fact("Compte")).toContainText("Dubois Restos");
    await expect(app.fact("Catalogue")).toHaveText("Pas encore choisi");
    await axe(page);
    await app.link("Continuer").click();
    await expect(app.heading).toHaveText("À quel point de vente appartient cette caisse ?");
    await page.goBack();
    await app.disconnect.click();
    await app.dialog.getByRole("button", { name: "Déconnecter" }).click();
    await app.expectDisconnected();
  });

  test("a location that is not there any more is said, and another can be chosen", async ({ page, app, axe, expectedErrors }) => {
    expectedErrors.push(/status of 422/);
    await app.open(`${COMPTOIR}/choose?location=5k8rd-9`);
    await expect(page.getByText(app.words.choose.vanished)).toBeVisible();
    await axe(page);
    await app.link("Retour").click();
    await expect(page.getByRole("radio")).toHaveCount(3);
  });

  test("HubRise failing while the lists are read is said, and they are asked for again", async ({ page, app, sandbox, axe, expectedErrors }) => {
    expectedErrors.push(/status of 502/);
    await page.getByRole("radio", { name: "Paris Bastille" }).check();
    await sandbox.fault({ target: "api", mode: "fail" });
    await app.button("Suivant").click();
    await expect(app.failureHere("hubrise_failed")).toBeVisible();
    await axe(page);
    await sandbox.recover();
    await app.failureHere("hubrise_failed").getByRole("button", { name: "Réessayer" }).click();
    await expect(page.getByRole("radio", { name: "Bar Bastille" })).toBeVisible();
  });

  test("HubRise failing while the choice is saved is said, and saving can be tried again", async ({ page, app, sandbox, axe, expectedErrors }) => {
    expectedErrors.push(/status of 502/);
    await page.getByRole("radio", { name: "Paris Bastille" }).check();
    await app.button("Suivant").click();
    await page.getByRole("radio", { name: "Bar Bastille" }).check();
    await page.getByRole("radio", { name: "Fidélité" }).check();
    await sandbox.fault({ target: "api", mode: "drop" });
    await app.button("Enregistrer").click();
    await expect(app.failureHere("hubrise_unreachable")).toBeVisible();
    await axe(page);
    await sandbox.recover();
    await app.failureHere("hubrise_unreachable").getByRole("button", { name: "Réessayer" }).click();
    await expect(app.heading).toHaveText("Connecté à HubRise");
  });

  test("a token HubRise has killed meanwhile is said, and the till leads to a new connection", async ({ page, app, sandbox, axe, expectedErrors }) => {
    expectedErrors.push(/status of 409/);
    await page.getByRole("radio", { name: "Paris Bastille" }).check(); // read before the token dies
    await sandbox.revokeAll();
    await app.button("Suivant").click();
    await expect(app.failureHere("hubrise_token_dead")).toBeVisible();
    await axe(page);
    await app.failureHere("hubrise_token_dead").getByRole("link", { name: "Aller à la caisse" }).click();
    await expect(page).toHaveURL(COMPTOIR);
  });
});

test("who has one of each has nothing to choose", async ({ page, app, hubrise }) => {
  await app.open(COMPTOIR);
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await expect(page).toHaveURL(COMPTOIR);
  await app.expectConnected(BELLA);
  await expect(app.news).toContainText("Votre caisse est connectée.");
  await page.goBack();
  expect(page.url()).not.toContain("/choose");
});

test("among 200 locations one is found by a few letters, whatever the accents", { tag: "@everywhere" }, async ({ page, app, hubrise, axe }) => {
  await app.open(COMPTOIR);
  await app.connect.click();
  await hubrise.authorise(people.ines);
  await expect(page.getByRole("status").getByText("200 choix")).toBeVisible();
  await expect(page.getByRole("radio")).toHaveCount(200);
  const search = page.getByRole("searchbox", { name: "Rechercher" });
  await search.fill("sete");
  await expect(page.getByText("2 sur 200")).toBeVisible();
  await expect(page.getByRole("radio")).toHaveCount(2);
  // The other 198 rows are the same; going through them all would only take longer.
  await axe(page);
  await search.fill("ÉVREUX gar");
  await expect(page.getByRole("radio")).toHaveCount(1);
  await search.press("Enter");
  await expect(page.getByRole("radio", { name: "Évreux Gare" })).toBeChecked();
  await search.fill("zzz");
  await expect(page.getByText("Rien ne correspond à « zzz ».")).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Effacer la recherche" }).click();
  await expect(page.getByRole("radio")).toHaveCount(200);
  await expect(page.getByRole("radio", { name: "Évreux Gare" })).toBeChecked();
  await app.button("Suivant").click();
  await expect(page.getByText("Pour Évreux Gare")).toBeVisible();
});

test.describe("where there is nothing to choose", () => {
  test.beforeEach(async ({ app, hubrise }) => {
    await app.open(COMPTOIR);
    await app.connect.click();
    await hubrise.authorise(people.lea);
    await expect(app.heading).toHaveText(app.words.choose.data);
  });

  test("HubRise is where to create one, and checking again finds it", { tag: "@everywhere" }, async ({ page, app, context, services, axe, words }) => {
    await expect(page.getByText(words.choose.no_catalog)).toBeVisible();
    await expect(page.getByText(words.choose.no_list)).toBeVisible();
    await expect(app.link("Retour")).toHaveAttribute("href", COMPTOIR);
    await axe(page);
    const create = page.getByRole("link", { name: words.choose.create });
    await expect(create.first()).toHaveAttribute("href", services.sandbox);
    const opened = context.waitForEvent("page");
    await create.first().click();
    const backOffice = await opened;
    await backOffice.getByRole("link", { name: "Le Petit Nouveau" }).click();
    await backOffice.getByLabel("Nouveau catalogue").fill("Carte du soir");
    await backOffice.getByRole("button", { name: "Créer" }).first().click();
    await expect(backOffice.getByText("Carte du soir")).toBeVisible();
    await backOffice.close();
    await app.button(words.choose.check).first().click();
    await expect(page.getByText("Carte du soir")).toBeVisible();
    await expect(page.getByText(words.choose.no_catalog)).toBeHidden();
  });

  test("one can go on without", async ({ app }) => {
    await app.button("Enregistrer").click();
    await expect(app.heading).toHaveText("Connecté à HubRise");
    await expect(app.fact("Point de vente")).toContainText("Nantes");
    await expect(app.fact("Catalogue")).toHaveText("–");
  });
});

test("the wizard of a till that has nothing left to choose leads to the till", async ({ page, app }) => {
  await page.goto(`${COMPTOIR}/choose`);
  await expect(page).toHaveURL(COMPTOIR);
  await app.expectDisconnected();
});
