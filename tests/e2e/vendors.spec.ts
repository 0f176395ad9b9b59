// `/` and `/{vendor}`: pages that step aside when there is nothing to choose.
import { CAISSE, expect, test } from "./fixtures.ts";

const HELPER = { slug: "pos-helper", name: "POS HELPER", brand: "#c2410c" };
const OTHER = { slug: "carre-pos", name: "Carré POS", brand: "#1d4ed8" };

test("the only vendor's first till is opened at once, and leaves no step in between for Back", async ({ page, app }) => {
  await page.goto("about:blank");
  await page.goto("/");
  await app.ready();
  await expect(page).toHaveURL(CAISSE);
  await app.expectDisconnected();
  await page.goBack();
  expect(page.url()).toBe("about:blank");
});

test("a vendor's address leads to its first till", async ({ page, app }) => {
  await page.goto("/pos-helper");
  await app.ready();
  await expect(page).toHaveURL(CAISSE);
});

test("several vendors are listed by name, and pressing one opens its till", { tag: "@everywhere" }, async ({ page, app, axe, words }) => {
  await page.route("**/api/v1/vendors", (route) => route.fulfill({ json: [OTHER, HELPER] }));
  await app.open("/");
  await expect(app.heading).toHaveText(words.vendors.title);
  await expect(app.main.getByRole("link")).toHaveText([/Carré POS/, /POS HELPER/]);
  await axe(page);
  await app.main.getByRole("link", { name: "POS HELPER" }).click();
  await app.ready();
  await expect(page).toHaveURL(CAISSE);
});

test("a console without vendors says so, and who can change it", async ({ page, app, axe, words }) => {
  await page.route("**/api/v1/vendors", (route) => route.fulfill({ json: [] }));
  await app.open("/");
  await expect(app.heading).toHaveText(words.vendors.empty);
  await expect(app.main).toContainText(words.vendors.empty_next);
  await axe(page);
});

test("a list that cannot be read is asked for again", async ({ page, app, axe, expectedErrors }) => {
  expectedErrors.push(/status of 503/);
  await page.route("**/api/v1/vendors", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      json: { status: 503, code: "database_unavailable", detail: "", request_id: "aaaaaaaaaaaaaaaaaaaaaaaaaa" },
    }),
  );
  await page.goto("/");
  await app.expectFailure("database_unavailable");
  await axe(page);
  await page.unroute("**/api/v1/vendors");
  await app.button(app.words.step.again).click();
  await app.ready();
  await expect(page).toHaveURL(CAISSE);
});

test("a vendor nobody knows is told apart from a page that does not exist", async ({ page, app, axe, expectedErrors }) => {
  expectedErrors.push(/status of 404/);
  await page.goto("/nobody");
  await app.expectFailure("vendor_unknown");
  await axe(page);
  await app.link(app.words.step.home).click();
  await app.ready();
  await expect(page).toHaveURL(CAISSE);
});
