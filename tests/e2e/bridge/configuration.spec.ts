// The till's configuration: what is asked at first, what is warned of, two people at once, and forgetting it all.
import { API_TOKEN, expect, fill, PIXELPOINT, test } from "../fixtures.ts";
import { CONFIGURATION, connect, connectWithToken, giveToken, go, MENU, OPERATIONS, row, shown } from "./bridge.ts";

test("at first the token alone, then every choice; kept over a reload", { tag: "@everywhere" }, async ({ app, page, hubrise, services, words, axe }) => {
  await connect({ app, page, hubrise, services });
  await app.link(words.bridge_settings.configure).click();
  await app.ready();
  const token = page.getByLabel(words.configuration.token, { exact: true });
  await expect(token).toHaveAccessibleDescription(/préfixe-jeton/);
  await expect(page.getByRole("heading", { name: words.configuration.deals })).toHaveCount(0);
  await app.button(words.configuration.save).click();
  await expect(app.main.getByRole("alert").filter({ hasText: "Saisissez le jeton d’API." })).toBeVisible();
  await expect(token).toBeFocused();
  await token.fill("CEED65AD33823A5B");
  await expect(app.main).toContainText("Le préfixe semble manquer. Vous pouvez tout de même enregistrer.");
  await axe(page);
  await giveToken(app, page, API_TOKEN);

  await expect(page.getByRole("heading", { name: words.configuration.deals })).toBeVisible();
  await expect(page.locator(".way")).toContainText("Boston (6h4rb-1)");
  await expect(page.locator(".way")).toContainText("··23A5B");
  await expect(token).toHaveValue("");
  await page.getByLabel(words.configuration.debug).check();
  await page.getByLabel(words.configuration.reject).check();
  await page.getByLabel(words.configuration.aggregate).check();
  await page.getByLabel(words.configuration.default_ref).fill("52");
  await expect(app.main).toContainText(words.configuration.unsaved);
  await axe(page);
  await app.button(words.configuration.save).click();
  await expect(app.main).not.toContainText(words.configuration.unsaved);
  await page.reload();
  await app.ready();
  await expect(page.getByLabel(words.configuration.debug)).toBeChecked();
  await expect(page.getByLabel(words.configuration.reject)).toBeChecked();
  await expect(page.getByLabel(words.configuration.hold)).toBeChecked();
  await expect(page.getByLabel(words.configuration.aggregate)).toBeChecked();
  await expect(page.getByLabel(words.configuration.default_ref)).toHaveValue("52");
  await expect(app.main).toContainText("par Kate");
  await expect(token, "the token never comes back").toHaveValue("");
});

test("unsaved changes are not lost by a slip", async ({ app, page, hubrise, services, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "menu");
  await go(app, "configuration");
  await page.getByLabel(words.configuration.debug).check();

  // A link asks.
  const nav = page.getByRole("navigation", { name: words.bridge_settings.pages });
  await nav.getByRole("link", { name: words.bridge_settings.operations }).click();
  const question = app.question(words.configuration.leave_title);
  await expect(question).toBeVisible();
  await axe(page);
  await question.getByRole("button", { name: words.configuration.leave_stay }).click();
  await expect(page).toHaveURL(CONFIGURATION);
  await expect(page.getByLabel(words.configuration.debug)).toBeChecked();

  // Back cannot be asked about: what was changed is still there afterwards.
  await page.goBack();
  await expect(page).toHaveURL(MENU);
  await go(app, "configuration");
  await expect(app.main).toContainText(words.configuration.kept);
  await expect(page.getByLabel(words.configuration.debug)).toBeChecked();

  // Loading another page is asked about by the browser itself.
  const asked = page.waitForEvent("dialog");
  const leaving = page.evaluate(() => location.reload());
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await leaving;
  await expect(page.getByLabel(words.configuration.debug)).toBeChecked();

  await nav.getByRole("link", { name: words.bridge_settings.operations }).click();
  await question.getByRole("button", { name: words.configuration.leave_go }).click();
  await expect(page).toHaveURL(OPERATIONS);
  await go(app, "configuration");
  await expect(page.getByLabel(words.configuration.debug)).not.toBeChecked();
});

test("two people at once: the second is told what changed, and loses nothing", async ({ app, page, hubrise, services, context, watched, words, axe, expectedErrors }) => {
  // The browser itself notes an answer of 409.
  expectedErrors.push(/409/);
  await connectWithToken({ app, page, hubrise, services });
  const other = watched(await context.newPage());
  await other.goto(CONFIGURATION);
  await expect(other.getByRole("main")).toHaveAttribute("data-ready", "true");
  await other.getByLabel(words.configuration.aggregate).check();
  await other.getByLabel(words.configuration.default_ref).fill("51");
  await page.getByLabel(words.configuration.debug).check();
  await page.getByLabel(words.configuration.default_ref).fill("52");
  await other.getByRole("button", { name: words.configuration.save, exact: true }).click();
  await expect(other.getByText(words.configuration.unsaved)).toHaveCount(0);

  await app.button(words.configuration.save).click();
  const conflict = page.getByRole("alert").filter({ hasText: words.configuration.conflict });
  await expect(conflict).toContainText("Kate");
  await expect(conflict.getByRole("listitem")).toHaveText([
    /^Regrouper les prix des promotions\s: Désactivé → Activé$/,
    /^Code ref par défaut\s: aucun → 51 \(le vôtre\s: 52\)$/,
  ]);
  await axe(page);
  await conflict.getByRole("button", { name: words.configuration.conflict_keep }).click();
  await expect(page.getByLabel(words.configuration.aggregate)).toBeChecked();
  await expect(page.getByLabel(words.configuration.debug)).toBeChecked();
  await expect(page.getByLabel(words.configuration.default_ref)).toHaveValue("52");
  await app.button(words.configuration.save).click();
  await expect(page.getByText(words.configuration.unsaved)).toHaveCount(0);

  await other.reload();
  await expect(other.getByLabel(words.configuration.default_ref)).toHaveValue("52");
  await expect(other.getByLabel(words.configuration.debug)).toBeChecked();
  await expect(other.getByLabel(words.configuration.aggregate)).toBeChecked();
});

test("a reset warns, disconnects at once, and keeps the operations", async ({ app, page, hubrise, services, orders, pixelpoint, words, axe }) => {
  test.setTimeout(180_000);
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const order = await orders.make();
  await expect(await shown(page, order.id)).toContainText("OK");
  await go(app, "configuration");
  await app.button(words.configuration.reset).click();
  const question = app.question(fill(words.configuration.reset_title, { till: "PAR PixelPoint" }));
  await expect(question).toContainText("La connexion à HubRise se termine aussitôt");
  await expect(question).toContainText("Les opérations restent.");
  await axe(page);
  await question.getByRole("button", { name: words.configuration.reset_go }).click();
  await expect(page).toHaveURL(PIXELPOINT);
  await expect(app.heading).toHaveText(words.till.off);
  await page.goto(OPERATIONS);
  await app.ready();
  await expect(app.heading).toHaveText(words.bridge_settings.off);
  await axe(page);
  const before = (await pixelpoint.printed()).length;
  await orders.make();

  // Connected again, the token is gone and the operations are there.
  const backOffice = hubrise.backOffice(services.sandbox);
  await backOffice.openConnections("6h4rb");
  await backOffice.connectApp("PixelPoint Bridge");
  await hubrise.allow();
  await app.button(words.till.connect).click();
  await expect(app.heading).toHaveText(words.bridge_settings.first);
  await page.goto(OPERATIONS);
  await app.ready();
  await expect(row(page, order.id)).toContainText("OK");
  expect((await pixelpoint.printed()).length).toBe(before);
});

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("the token, every choice, and a test that prints nothing", async ({ app, page, hubrise, services, pixelpoint, words, axe }) => {
    await connectWithToken({ app, page, hubrise, services });
    await app.button("Test the connection").click();
    await expect(page.locator(".notice")).toContainText("The till answers: orders can be sent.");
    await axe(page);
    await pixelpoint.behave("store_offline");
    await app.button("Test the connection").click();
    await expect(page.locator(".notice")).toContainText("The shop’s till is offline");
    await expect(page.locator(".notice")).toContainText("Somebody at the shop, or the till’s reseller.");
    await page.getByRole("link", { name: words.configuration.test_see }).click();
    await app.ready();
    await expect(app.heading).toHaveText("The shop’s till is offline");
    expect((await pixelpoint.printed()).length).toBe(0);
  });
});
