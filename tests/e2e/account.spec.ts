// Who is signed in: the panel at the end of the bar, one's account and sessions, and what HubRise's back office opens and ends.
import { BELLA, CAISSE, Console, expect, HubRise, people, test } from "./fixtures.ts";

for (const locale of ["fr-FR", "en-GB"]) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test("a manager signs in from the bar, sees and ends another browser's session, and signs out", { tag: "@everywhere" }, async ({ page, app, hubrise, browser, services, words, watched, axe }) => {
      await app.open(CAISSE);
      const mark = page.getByRole("banner").getByRole("button", { name: words.sign_in.signed_out });
      await mark.click();
      await app.button(words.sign_in.press).click();
      await hubrise.signInForProfile(people.nina);
      await expect(page).toHaveURL(CAISSE);

      const context = await browser.newContext({ baseURL: services.console, locale });
      const other = new Console(watched(await context.newPage()), words);
      await other.open("/pos-helper/account");
      await expect(other.heading).toHaveText(words.account.asked_title);
      await other.main.getByRole("button", { name: words.sign_in.press }).click();
      await new HubRise(other.page).signInForProfile(people.nina, { granted: true });
      await expect(other.page).toHaveURL("/pos-helper/account");
      await expect(other.fact(words.account.email)).toHaveText(people.nina);

      await page.getByRole("banner").getByRole("button", { name: "Nina Costa" }).click();
      await app.link(words.sign_in.account).click();
      await expect(app.heading).toHaveText(words.account.title);
      await expect(app.fact(words.account.name)).toHaveText("Nina Costa");
      await axe(page);
      await app.main.getByRole("button", { name: words.account.end }).click();
      await expect(app.announced).toHaveText(words.account.ended);
      await expect(app.main.getByRole("button", { name: words.account.end })).toHaveCount(0);
      await other.page.reload();
      await expect(other.heading).toHaveText(words.account.asked_title);
      await context.close();

      await app.main.getByRole("button", { name: words.sign_in.out }).click();
      await expect(page).toHaveURL("/pos-helper");
      await expect(page.getByRole("banner").getByRole("button", { name: words.sign_in.signed_out })).toBeVisible();
    });
  });
}

test("HubRise's Ouvrir leads, through its word alone, to the till, and Déconnecter there closes it here", async ({ app, hubrise, browser, services, words, watched }) => {
  await app.open(CAISSE);
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);

  const context = await browser.newContext({ baseURL: services.console, locale: "fr-FR" });
  const other = new Console(watched(await context.newPage()), words);
  const theirs = new HubRise(other.page);
  const backOffice = theirs.backOffice(services.sandbox);
  await backOffice.openConnections("3r4s3", { email: people.nina });
  await backOffice.openApp("POS HELPER");
  await theirs.signInForProfile();
  await expect(other.page).toHaveURL(CAISSE);
  await other.expectConnected(BELLA);

  await backOffice.openConnections("3r4s3");
  await backOffice.disconnectApp("POS HELPER");
  await expect(backOffice.told).toBeVisible();
  // The page that was open all along turns by itself.
  await expect(app.heading).toHaveText(words.till.off);
  await context.close();
});

test("an installation that is somebody else's opens nothing", async ({ page, app, hubrise, sandbox, words, expectedErrors }) => {
  expectedErrors.push(/status of 403/);
  await app.open(CAISSE);
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  const { app_instance_id } = await sandbox.connectionOf("pos-helper");
  await page.context().clearCookies();
  await page.goto(`/pos-helper/hubrise/open?app_instance_id=${app_instance_id}`);
  await hubrise.signInForProfile(people.lea);
  await app.expectFailure("not_yours");
  await expect(app.main).not.toContainText("Bella Pizza");
  await expect(app.heading).toHaveText(words.problem.not_yours.title);
});
