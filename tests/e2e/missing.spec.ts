// Addresses that lead nowhere, and deep links that do.
import { CAISSE, COMPTOIR, expect, test } from "./fixtures.ts";

test("an address that leads nowhere says so and leads to the start", { tag: "@everywhere" }, async ({ page, app, axe }) => {
  await app.open("/somewhere/else/entirely");
  await expect(app.heading).toHaveText("Cette page n’existe pas");
  await expect(page).toHaveTitle("Page introuvable · Passerelle");
  await axe(page);
  await app.link(app.words.missing.home).click();
  await expect(page).toHaveURL("/");
  await expect(app.heading).toHaveText(app.words.vendors.title);
});

test("a till nobody knows is told apart from a vendor nobody knows", async ({ page, app, axe, expectedErrors }) => {
  expectedErrors.push(/status of 404/);
  await page.goto("/pos-helper/nothing");
  await app.expectFailure("till_unknown");
  await axe(page);
  await page.goto("/nobody/caisse");
  await app.expectFailure("vendor_unknown");
  await app.link(app.words.step.home).click();
  await expect(page).toHaveURL("/");
  await expect(app.heading).toHaveText(app.words.vendors.title);
});

test("the wizard of a till nobody knows says so", async ({ page, app, expectedErrors }) => {
  expectedErrors.push(/status of 404/);
  await page.goto("/pos-helper/nothing/choose");
  await app.expectFailure("till_unknown");
});

test("deep links, reloads and trailing slashes lead where they say", async ({ page, app }) => {
  for (const address of [CAISSE, COMPTOIR, `${COMPTOIR}/`]) {
    await app.open(address);
    await expect(page).toHaveURL(address);
    await app.expectDisconnected();
    await page.reload();
    await app.expectDisconnected();
  }
});

test("names in an address are shown nowhere as markup", async ({ page, app, expectedErrors }) => {
  expectedErrors.push(/status of 404/);
  await page.goto(`/${encodeURIComponent("<img src=x onerror=alert(1)>")}/caisse`);
  await app.expectFailure("vendor_unknown");
  await expect(page.locator("img")).toHaveCount(0);
});
