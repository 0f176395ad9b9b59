// While data is on its way, when it does not come, and while the device is offline: every page says so and has a way out.
import type { Page } from "@playwright/test";
import { BELLA, CAISSE, COMPTOIR, expect, people, test } from "./fixtures.ts";

const STATUS = "**/api/v1/vendors/pos-helper/tills/comptoir/status";

/** Keeps the till's state from arriving, until told otherwise. */
async function silence(page: Page): Promise<() => void> {
  let silent = true;
  await page.route(STATUS, async (route) => {
    if (!silent) await route.continue();
  });
  return () => {
    silent = false;
  };
}

test("bones stand in for what is on its way, after 8 seconds a sentence, and trying again goes on", { tag: "@everywhere" }, async ({ page, app, axe }) => {
  await page.clock.install();
  await app.open();
  const speak = await silence(page);
  await app.link("Caisse du comptoir").click();
  await expect(page.locator("[data-waiting] .bone").first()).toBeVisible();
  await expect(page.getByText(app.words.wait.slow)).toBeHidden();
  await page.clock.runFor(8_100);
  await expect(page.getByText(app.words.wait.slow).first()).toBeVisible();
  await expect(app.announced).toHaveText(app.words.wait.slow);
  await axe(page);
  speak();
  await app.button(app.words.wait.again).click();
  await app.ready();
  await expect(page).toHaveURL(COMPTOIR);
  await app.expectDisconnected();
});

test("a server that does not answer at all is said after 15 seconds", async ({ page, app, axe, expectedErrors }) => {
  expectedErrors.push(/ERR_ABORTED/);
  await page.clock.install();
  await app.open();
  const speak = await silence(page);
  await app.link("Caisse du comptoir").click();
  await expect(page.locator("[data-waiting]")).toBeVisible();
  await page.clock.runFor(15_100);
  await app.expectFailure("late", { reference: false });
  await axe(page);
  speak();
  await app.button(app.words.step.again).click();
  await app.expectDisconnected();
});

test("a failing server is said with its reference, and asked again", { tag: "@everywhere" }, async ({ page, app, axe, expectedErrors }) => {
  expectedErrors.push(/status of 500/);
  const request_id = "dddddddddddddddddddddddddd";
  await page.route("**/tills/caisse/status", (route) =>
    route.fulfill({
      status: 500,
      contentType: "application/problem+json",
      json: { status: 500, code: "internal", detail: "", request_id },
    }),
  );
  await page.goto(CAISSE);
  await app.expectFailure("internal");
  await expect(app.main.locator("code")).toHaveText(request_id);
  await axe(page);
  await page.unroute("**/tills/caisse/status");
  await app.button(app.words.step.again).click();
  await app.expectDisconnected();
});

test("the page of a Wi-Fi in between is not taken for the server", async ({ page, app }) => {
  await page.route("**/tills/caisse/status", (route) => route.fulfill({ contentType: "text/html", body: "<h1>Wi-Fi</h1>" }));
  await page.goto(CAISSE);
  await app.expectFailure("unreadable", { reference: false });
  await page.unroute("**/tills/caisse/status");
  await app.button(app.words.step.again).click();
  await app.expectDisconnected();
});

test("offline, the page says since when what it shows is true, and online again it goes on", { tag: "@everywhere" }, async ({ page, context, app, hubrise, axe, expectedErrors }) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  await context.setOffline(true);
  await expect(page.getByText(/^Vous êtes hors connexion\. Ce qui est affiché date de \d{2}:\d{2}\.$/)).toBeVisible();
  await app.expectConnected(BELLA);
  await axe(page);
  await app.reconnect.click();
  await expect(app.failureHere("offline")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("Vous êtes hors connexion")).toBeHidden();
  await expect(app.announced).toHaveText("Vous êtes de nouveau en ligne.");
  await app.failureHere("offline").getByRole("button", { name: "Réessayer" }).click();
  await expect(page.getByRole("button", { name: "Autoriser" })).toBeVisible();
});

test("a session that ended while the page was open is renewed unseen", async ({ page, context, app, expectedErrors }) => {
  expectedErrors.push(/status of 40[13]/);
  await app.open();
  await context.clearCookies({ name: "passerelle" });
  await app.connect.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connectez-vous à HubRise");
});
