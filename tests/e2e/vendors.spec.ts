// `/`, which steps aside when there is nothing to choose, and `/{vendor}`: what a vendor is before anything is connected.
import { CAISSE, expect, test } from "./fixtures.ts";
import { fill } from "./words.ts";

const HELPER = { slug: "pos-helper", name: "POS HELPER", brand: "#c2410c", category: { en: "Till software", fr: "Logiciels de caisse" } };
const OTHER = { slug: "carre-pos", name: "Carré POS", brand: "#1d4ed8", category: { en: "Till software", fr: "Logiciels de caisse" } };
const OVERVIEW = "/pos-helper";

test("the only vendor's overview is opened at once, and leaves no step in between for Back", async ({ page, app }) => {
  await page.route("**/api/v1/vendors", (route) => route.fulfill({ json: [HELPER] }));
  await page.goto("about:blank");
  await page.goto("/");
  await app.ready();
  await expect(page).toHaveURL(OVERVIEW);
  await expect(app.heading).toHaveText("POS HELPER");
  await page.goBack();
  expect(page.url()).toBe("about:blank");
});

test("a vendor's overview tells what it is, what flows which way and what never does, and leads to its till", { tag: "@everywhere" }, async ({ page, app, axe, words }) => {
  await app.open(OVERVIEW);
  await expect(app.heading).toHaveText("POS HELPER");
  await expect(app.main.getByRole("heading", { name: fill(words.overview.flows, { vendor: "POS HELPER" }) })).toBeVisible();
  // The drawing is a list to whoever cannot see it.
  const flows = app.main.getByRole("listitem").filter({ hasText: "HubRise" });
  await expect(flows.first()).toBeAttached();
  await expect(app.main.getByRole("heading", { name: words.overview.never })).toBeVisible();
  await expect(app.main.getByRole("heading", { name: words.overview.prerequisites })).toBeVisible();
  for (const label of ["category", "availability", "price", "website", "contact", "docs"] as const) {
    await expect(app.main.getByRole("term").getByText(words.overview[label], { exact: true })).toBeVisible();
  }
  await axe(page);
  const ways = app.main.getByRole("navigation", { name: words.overview.tills }).getByRole("link");
  await expect(ways).toHaveCount(2);
  await ways.first().click();
  await app.ready();
  await expect(page).toHaveURL(CAISSE);
  await app.expectDisconnected();
  await page.goBack();
  await app.ready();
  await expect(app.heading).toHaveText("POS HELPER");
});

test("the setup text unfolds as text", async ({ app, words }) => {
  await app.open(OVERVIEW);
  const setup = app.main.locator("details").filter({ hasText: words.overview.setup });
  await setup.locator("summary").click();
  await expect(setup.getByRole("heading").first()).toBeVisible();
});

test("several vendors are listed by name and category, and pressing one opens its overview", { tag: "@everywhere" }, async ({ page, app, axe, words }) => {
  await page.route("**/api/v1/vendors", (route) => route.fulfill({ json: [OTHER, HELPER] }));
  await app.open("/");
  await expect(app.heading).toHaveText(words.vendors.title);
  await expect(app.main.getByRole("link")).toHaveText([/Carré POS/, /POS HELPER/]);
  await axe(page);
  await app.main.getByRole("link", { name: "POS HELPER" }).click();
  await app.ready();
  await expect(page).toHaveURL(OVERVIEW);
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
  await page.route("**/api/v1/vendors", (route) => route.fulfill({ json: [OTHER, HELPER] }));
  await app.button(app.words.step.again).click();
  await expect(app.heading).toHaveText(app.words.vendors.title);
});

test("a vendor nobody knows is told apart from a page that does not exist", async ({ page, app, axe, expectedErrors, words }) => {
  expectedErrors.push(/status of 404/);
  await page.goto("/nobody");
  await app.expectFailure("vendor_unknown");
  await axe(page);
  await page.route("**/api/v1/vendors", (route) => route.fulfill({ json: [OTHER, HELPER] }));
  await app.link(app.words.step.home).click();
  await expect(app.heading).toHaveText(words.vendors.title);
});
