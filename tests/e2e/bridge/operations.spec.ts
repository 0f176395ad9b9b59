// Orders on their way to the till: the list that turns by itself and moves nothing, one order with all that was said, and
// the three failures of every day, each with the right words and the right cure.
import { API_TOKEN, expect, test } from "../fixtures.ts";
import { expectNoShift, measureShifts } from "../shifts.ts";
import { chip, connect, connectWithToken, giveToken, go, OPERATIONS, row, shown } from "./bridge.ts";

test("an order reaches the till by itself, and its page tells all that was said", { tag: "@everywhere" }, async ({ app, page, hubrise, services, orders, pixelpoint, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const order = await orders.make();
  await expect(await shown(page, order.id)).toContainText("OK");
  await measureShifts(page);
  await page.reload();
  await app.ready();
  await expect(row(page, order.id)).toBeVisible();
  await expect(app.heading).toHaveText(words.operations.well);
  await expect(page.getByText(/^Heures de /)).toBeVisible();
  await axe(page);

  // Another one is announced, and shown when asked for: nothing moves by itself.
  const second = await orders.make();
  await expect(chip(page)).toContainText(/^1 nouvelle/);
  await expect(row(page, second.id)).toHaveCount(0);
  await expectNoShift(page);
  await chip(page).click();
  await expect(row(page, second.id)).toContainText("OK");
  await expect(chip(page)).toHaveCount(0);
  await axe(page);

  await row(page, order.id).getByRole("link").click();
  await app.ready();
  await expect(app.heading).toHaveText(words.cause.delivered.title);
  await expect(app.fact(words.operation.told)).toHaveText(words.operation.telling_told);
  expect((await orders.get(order.id)).status).toBe("received");
  expect((await pixelpoint.printed()).length).toBe(2);
  const said = page.getByRole("region", { name: words.operation.exchanges }).getByRole("link");
  await expect(said.filter({ hasText: "HubRise → Bridge" })).toHaveCount(1);
  await expect(said.filter({ hasText: "Bridge → HubRise" })).toHaveCount(1);
  await expect(said.filter({ hasText: "Bridge → PAR PixelPoint" })).toContainText("200");
  expect(await page.content()).not.toContain(API_TOKEN);
  await axe(page);

  await app.link(words.operation.back).click();
  await app.ready();
  await expect(row(page, order.id)).toBeVisible();
});

test("a wrong token: the words, the configuration, the test, and the next order is printed", async ({ app, page, hubrise, services, orders, pixelpoint, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services }, "YT6eR2-0000000000000000");
  await go(app, "operations");
  const order = await orders.make();
  const line = await shown(page, order.id);
  await expect(line).toContainText(words.operation_state.refused);
  await expect(line).toContainText("La caisse refuse le jeton d’API");
  await expect(app.heading).toHaveText(words.operations.look_single);
  await line.getByRole("link").click();
  await app.ready();
  await expect(app.heading).toHaveText("La caisse refuse le jeton d’API");
  await expect(app.main).toContainText("Corrigez le jeton d’API dans la configuration, puis testez la connexion.");
  await expect(app.main).toContainText("Access Token Denied");
  await axe(page);
  await app.link(words.operation.configure).click();
  await app.ready();

  const press = app.button(words.configuration.test_title);
  await press.click();
  await expect(page.locator(".notice")).toContainText("La caisse refuse le jeton d’API");
  await expect(page.locator(".notice")).toContainText("Vous, avec le jeton donné par le revendeur de la caisse.");
  await axe(page);
  await giveToken(app, page, API_TOKEN);
  await press.click();
  await expect(page.locator(".notice")).toContainText(words.configuration.test_ok);
  expect((await pixelpoint.printed()).length, "a test prints nothing").toBe(0);
  await go(app, "operations");
  await expect(row(page, words.operations.system)).not.toHaveCount(0);
  const next = await orders.make();
  await expect(await shown(page, next.id)).toContainText("OK");
  expect((await pixelpoint.printed()).length).toBe(1);
});

test("an offline store: held back in words, and delivered once the store is back", async ({ app, page, hubrise, services, orders, pixelpoint, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await pixelpoint.behave("store_offline");
  await go(app, "operations");
  const order = await orders.make();
  const line = await shown(page, order.id);
  await expect(line).toContainText(words.operation_state.retrying);
  await expect(line).toContainText("La caisse du restaurant est hors ligne");
  await line.getByRole("link").click();
  await app.ready();
  await expect(app.heading).toHaveText("La caisse du restaurant est hors ligne");
  await expect(app.main).toContainText("Vérifiez le réseau et l’alimentation du restaurant");
  await expect(app.main).toContainText("La console réessaie d’elle-même");
  await expect(app.main).toContainText("Quelqu’un au restaurant, ou le revendeur de la caisse.");
  await axe(page);
  await pixelpoint.behave("accept");
  // By itself, on the page that is open.
  await expect(app.heading).toHaveText(words.cause.delivered.title, { timeout: 40_000 });
  expect((await pixelpoint.printed()).length).toBe(1);
  expect(await pixelpoint.doubles()).toBe(0);
});

test("an unknown product: the till's own words, the menu check, and what to do meanwhile", async ({ app, page, hubrise, services, orders, pixelpoint, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await pixelpoint.behave("unknown_product");
  await go(app, "operations");
  const order = await orders.make();
  const line = await shown(page, order.id);
  await expect(line).toContainText(words.operation_state.refused);
  await expect(line).toContainText("La caisse ne connaît pas un code de cette commande");
  await line.getByRole("link").click();
  await app.ready();
  await expect(app.heading).toHaveText("La caisse ne connaît pas un code de cette commande");
  await expect(app.main).toContainText("Ajoutez à la caisse le produit qu’elle nomme, ou corrigez le code ref dans le catalogue.");
  await expect(app.main).toContainText("Selon ses propres mots");
  await axe(page);
  await app.link(words.operation.check_menu).click();
  await app.ready();
  await expect(app.heading).toHaveText(words.bridge_settings.menu);
});

test("an unknown outcome is neither success nor failure", async ({ app, page, hubrise, services, orders, pixelpoint, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await pixelpoint.behave("accept_then_drop");
  await go(app, "operations");
  const order = await orders.make();
  const line = await shown(page, order.id);
  await expect(line).toContainText(words.operation_state.unknown);
  await line.getByRole("link").click();
  await app.ready();
  await expect(app.main).toContainText("Regardez la caisse. Si la commande n’y est pas, saisissez-la à la main.");
  await axe(page);
  expect((await pixelpoint.printed()).length).toBe(1);
});

test("what the translation left out is said, item by item", async ({ app, page, hubrise, services, orders, words }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const order = await orders.put({
    status: "new",
    items: [
      { product_name: "Clam chowder", sku_ref: "2001", price: "8.50", quantity: "1" },
      { product_name: "Catch of the day", price: "22.00", quantity: "1" },
    ],
  });
  await (await shown(page, order.id)).getByRole("link").click();
  await app.ready();
  const notes = page.getByRole("region", { name: words.operation.notes });
  await expect(notes).toContainText("«\u00a0Catch of the day\u00a0» n’a pas de code ref");
});

test("before the token there is a way to it, and a list that says what will come", async ({ app, page, hubrise, services, words, axe }) => {
  await connect({ app, page, hubrise, services });
  await page.goto(OPERATIONS);
  await app.ready();
  await expect(page.locator(".notice")).toContainText(words.bridge_settings.first);
  await axe(page);
  await app.link(words.bridge_settings.configure).click();
  await app.ready();
  await expect(page.getByLabel(words.configuration.token, { exact: true })).toBeVisible();
});

test("a forged notification is told loudly, and the registration can be checked", async ({ app, page, hubrise, services, sandbox, callbacks, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const callback = page.getByRole("region", { name: words.operations.callback });
  await expect(callback).toContainText("HubRise prévient la console");
  await callback.getByRole("button", { name: words.operations.check }).click();
  await expect(callback.getByRole("button", { name: words.operations.check })).toBeVisible();
  await expect(callback).toContainText("HubRise prévient la console");
  expect(await callbacks.forge("pixelpoint-bridge", await sandbox.connectionOf("pixelpoint-bridge"))).toBe(401);
  await page.reload();
  await app.ready();
  await expect(page.getByRole("alert").filter({ hasText: words.operations.refused_single })).toContainText("le secret client est faux");
  await axe(page);
});

test("offline, what is shown stays and says how old it is", async ({ app, page, hubrise, services, orders, context, words, expectedErrors }) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const order = await orders.make();
  await shown(page, order.id);
  await context.setOffline(true);
  const [offline = ""] = words.app.offline.split("{{");
  await expect(page.getByText(offline)).toBeVisible();
  await expect(row(page, order.id)).toBeVisible();
  await context.setOffline(false);
  await expect(app.announced).toHaveText(words.app.online);
});

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("a wrong token leads to the right words and the right cure", async ({ app, page, hubrise, services, orders, words, axe }) => {
    await connectWithToken({ app, page, hubrise, services }, "YT6eR2-0000000000000000");
    await go(app, "operations");
    const order = await orders.make();
    const line = await shown(page, order.id);
    await expect(line).toContainText("Refused");
    await line.getByRole("link").click();
    await app.ready();
    await expect(app.heading).toHaveText("The till refuses the API token");
    await expect(app.main).toContainText("Correct the API token in the configuration, then test the connection.");
    await axe(page);
    await expect(app.link(words.operation.configure)).toBeVisible();
  });
});
