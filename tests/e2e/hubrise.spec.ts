// HubRise's pages, as the sandbox draws them: they read well, work without a mouse, and everybody can use them.
import { COMPTOIR, expect, people, test } from "./fixtures.ts";

for (const { locale, words } of [
  { locale: "fr-FR", words: { title: "Connectez-vous à HubRise", unknown: "Aucun utilisateur HubRise n'a cette adresse.", deny: "Refuser" } },
  { locale: "en-GB", words: { title: "Sign in to HubRise", unknown: "No HubRise user has this address.", deny: "Deny" } },
]) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test("signing in and consenting are accessible", { tag: "@everywhere" }, async ({ page, app, hubrise, axe }) => {
      await app.open();
      await app.connect.click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.title);
      await axe(page);
      await hubrise.signInByTyping("nobody@nowhere.example");
      await expect(page.getByRole("alert")).toHaveText(words.unknown);
      await axe(page);
      await hubrise.signInByTyping(people.nina);
      await expect(page.getByRole("button", { name: words.deny })).toBeVisible();
      await expect(page.getByRole("heading", { level: 1 })).toContainText("POS HELPER");
      await axe(page);
    });
  });
}

test("a suspended account cannot be chosen, and is told why", async ({ page, app, hubrise, axe }) => {
  await app.open();
  await app.connect.click();
  await hubrise.signIn(people.paul);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("button", { name: "Autoriser" })).toBeHidden();
  await axe(page);
});

test("a whole account is asked for where the till needs one", async ({ page, app, hubrise, axe }) => {
  await app.open(COMPTOIR);
  await app.connect.click();
  await hubrise.signIn(people.marc);
  await expect(page.getByLabel("Compte", { exact: true })).toBeVisible();
  await axe(page);
});

for (const { name, path } of [
  { name: "the back office", path: "/" },
  { name: "an account's page", path: "/accounts/5k8rd" },
  { name: "signing up", path: "/signup" },
  { name: "the control page", path: "/_sandbox" },
  { name: "the orders' page", path: "/_sandbox/orders/page" },
  { name: "PixelPoint's page", path: "/_sandbox/pixelpoint" },
  { name: "a page that is not there", path: "/nowhere" },
]) {
  test(`${name} is accessible`, { tag: "@everywhere" }, async ({ page, services, axe }) => {
    await page.goto(`${services.sandbox}${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await axe(page);
  });
}

test("a request HubRise cannot read is shown there and never sent back", async ({ page, services, axe }) => {
  const authorize = `${services.sandbox}/oauth2/v1/authorize?client_id=nobody&redirect_uri=https://evil.example&scope=location[orders.read]`;
  await page.goto(authorize);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Application inconnue");
  await axe(page);
  expect(page.url()).toBe(authorize);
  await page.getByRole("link", { name: "HubRise" }).first().click();
  await expect(page).toHaveURL(`${services.sandbox}/`);
});
