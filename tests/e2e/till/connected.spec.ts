// The till's page once it is connected: what it shows, what can be copied, and connecting again.
import { BELLA, CAISSE, Console, DUBOIS, HubRise, expect, people, test } from "../fixtures.ts";

test("a reload keeps what is connected, without the news", async ({ page, app, hubrise }) => {
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  await expect(app.fact("Par")).toHaveText("ce navigateur (Chrome, Linux)");
  await expect(app.fact("Depuis").getByRole("time")).toHaveText(/^\d{1,2} \S+ \d{4}\D+\d{2}:\d{2}$/);
  await expect(app.fact("Depuis")).toContainText(/maintenant|seconde/);
  await page.reload();
  await app.expectConnected(BELLA);
  await expect(app.news).toBeHidden();
});

test("each id can be copied, which is said", async ({ page, context, app, hubrise }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  for (const [label, id] of [
    ["Compte", "3r4s3"],
    ["Point de vente", "3r4s3-1"],
    ["Catalogue", "psmlf"],
    ["Liste de clients", "xab66"],
  ] as const) {
    await app.fact(label).getByRole("button", { name: `Copier l’identifiant ${id}` }).click();
    await expect(app.announced).toHaveText(`Copié : ${id}`);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(id);
  }
});

test("a browser that does not allow copying is told what to do instead", async ({ page, app, hubrise }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
  });
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.fact("Compte").getByRole("button").click();
  await expect(app.announced).toHaveText(app.words.copy.failed);
});

test("HubRise's back office opens beside the console, not in its place", async ({ page, context, app, hubrise, services }) => {
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "Ouvrir HubRise (s’ouvre dans un nouvel onglet)" }).click();
  const backOffice = await opened;
  await backOffice.waitForURL(`${services.sandbox}/`);
  expect(await backOffice.evaluate(() => [document.referrer, window.opener])).toEqual(["", null]);
  await app.expectConnected(BELLA);
});

test("connecting again with the same choices says that nothing has changed", async ({ app, hubrise, axe, page }) => {
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.reconnect.click();
  await hubrise.authorise(undefined);
  await app.expectConnected(BELLA);
  await expect(app.news).toContainText("Connexion renouvelée. Rien n’a changé.");
  await expect(app.announced).toHaveText("Connexion renouvelée. Rien n’a changé.");
  await expect(app.fact("Renouvelé")).toBeVisible();
  await axe(page);
});

test("connecting again with another catalog says what changed", { tag: "@everywhere" }, async ({ app, hubrise, axe, page }) => {
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.marc, { place: "Paris Bastille", catalog: "Carte restaurants", list: "Clients Web" });
  await app.reconnect.click();
  await hubrise.authorise(undefined, { place: "Paris Bastille", catalog: "Carte livraison", list: "Clients Web" });
  const { account, bastille: location, delivery: catalog, web: list } = DUBOIS;
  await app.expectConnected({ account, location, catalog, list });
  await expect(app.news).toContainText("Voici ce qui a changé :");
  await expect(app.news.getByRole("listitem")).toHaveText(["Catalogue : Carte restaurants → Carte livraison"]);
  await axe(page);
  await app.news.getByRole("button", { name: "Fermer ce message" }).click();
  await expect(app.news).toBeHidden();
});

test.describe("authorising another account", () => {
  test.beforeEach(async ({ app, hubrise }) => {
    await app.open();
    await app.connect.click();
    await hubrise.authorise(people.marc, { place: "Lyon Croix-Rousse", catalog: "Carte restaurants", list: "Clients Web" });
    await app.reconnect.click();
    await hubrise.authorise(undefined, { place: "Paris" });
    await expect(app.heading).toHaveText("Changer de compte ?");
  });

  test("asks first, and switching says what changed", { tag: "@everywhere" }, async ({ app, axe, page }) => {
    await expect(app.main).toContainText(
      "Caisse principale est connectée à Dubois Restos. HubRise vient d’autoriser Bella Pizza.",
    );
    await expect(app.heading).toBeFocused();
    await axe(page);
    await app.button("Changer").click();
    await app.expectConnected(BELLA);
    await expect(app.news.getByRole("listitem")).toContainText([
      "Compte : Dubois Restos → Bella Pizza",
      "Point de vente : Lyon Croix-Rousse → Paris",
    ]);
  });

  test("can be declined, and the till stays as it was", async ({ app, page, axe }) => {
    await app.button("Garder Dubois Restos").click();
    await expect(page).toHaveURL(CAISSE);
    await expect(app.news).toContainText("Rien n’a changé : la caisse reste connectée à Dubois Restos.");
    const { account, croixRousse: location, restaurants: catalog, web: list } = DUBOIS;
    await app.expectConnected({ account, location, catalog, list });
    await axe(page);
  });

  test("asks again after a reload", async ({ app, page }) => {
    await page.reload();
    await expect(app.heading).toHaveText("Changer de compte ?");
    await app.button("Changer").click();
    await app.expectConnected(BELLA);
  });
});

test("another browser sees nothing of it until it connects too, and then the same", async ({ app, hubrise, browser, watched, words, services, locale }) => {
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);

  const context = await browser.newContext({ baseURL: services.console, locale: locale ?? "fr-FR" });
  const other = new Console(watched(await context.newPage()), words);
  await other.open();
  await other.expectDisconnected();
  await expect(other.main).toContainText(words.till.elsewhere);
  await other.connect.click();
  await new HubRise(other.page).authorise(people.nina);
  await other.expectConnected(BELLA);
  await expect(other.fact("Par")).toContainText("un autre navigateur");
  await context.close();
});

test("a till disconnected in another tab is shown so when it is to be disconnected here too", async ({ app, hubrise, context, watched, words, page, expectedErrors }) => {
  expectedErrors.push(/status of 404/);
  // Without a stream the page is late to know, as on a poor network.
  await page.addInitScript(() => Reflect.deleteProperty(window, "EventSource"));
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  const other = new Console(watched(await context.newPage()), words);
  await other.open();
  await other.expectConnected(BELLA);
  await other.disconnect.click();
  await other.dialog.getByRole("button", { name: "Déconnecter" }).click();
  await other.expectDisconnected();
  await page.bringToFront();
  await app.disconnect.click();
  await app.dialog.getByRole("button", { name: "Déconnecter" }).click();
  await app.expectDisconnected();
});
