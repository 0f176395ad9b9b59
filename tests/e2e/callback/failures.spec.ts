// Back from HubRise with something that leads nowhere: each failure has its screen, and each screen's button leads on.
import { BELLA, CALLBACK, type Console, Console as ConsolePage, type HubRise, expect, people, test } from "../fixtures.ts";
import { beforeFinish, intercepted, loseSession } from "../returning.ts";

/** **Réessayer**, through HubRise once more, to a connected till. */
async function tryAgain(app: Console, hubrise: HubRise): Promise<void> {
  await app.button(app.words.step.again).click();
  await hubrise.authorise(undefined);
  await app.expectConnected(BELLA);
}

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("who pressed Deny is told that nothing has changed, and can try again", async ({ page, app, hubrise, axe, expectedErrors }) => {
    expectedErrors.push(/status of 403/);
    await app.open();
    await app.connect.click();
    await hubrise.signIn(people.nina);
    await hubrise.deny();
    await expect(app.heading).toHaveText("You did not authorise the connection");
    await app.expectFailure("access_denied");
    await expect(page).toHaveURL(CALLBACK);
    await expect(page).toHaveTitle("Connecting to HubRise · POS HELPER");
    await axe(page);
    await tryAgain(app, hubrise);
  });
});

test("who pressed Refuser is told that nothing has changed, and can try again", { tag: "@everywhere" }, async ({ page, app, hubrise, axe, expectedErrors }) => {
  expectedErrors.push(/status of 403/);
  await app.open();
  await app.connect.click();
  await hubrise.signIn(people.nina);
  await page.getByRole("button", { name: "Refuser" }).click();
  await expect(app.heading).toHaveText("Vous n’avez pas autorisé la connexion");
  await app.expectFailure("access_denied");
  await expect(app.heading).toBeFocused();
  await axe(page);
  await tryAgain(app, hubrise);
});

test("a code that has expired on the way", async ({ page, app, hubrise, sandbox, axe, expectedErrors }) => {
  expectedErrors.push(/status of 400/);
  await app.open();
  await app.connect.click();
  await beforeFinish(page, () => sandbox.advanceClock(601));
  await hubrise.authorise(people.nina);
  await app.expectFailure("code_rejected");
  await axe(page);
  await tryAgain(app, hubrise);
});

test("a code that was used already", async ({ page, app, hubrise, sandbox, expectedErrors }) => {
  expectedErrors.push(/status of 400/);
  await app.open();
  await app.connect.click();
  await beforeFinish(page, ({ code }) => sandbox.spend(code ?? ""));
  await hubrise.authorise(people.nina);
  await app.expectFailure("code_rejected");
  await tryAgain(app, hubrise);
});

test.describe("a console whose key HubRise does not know", () => {
  test.use({ settings: { PASSERELLE_VENDORS_POS_HELPER_CLIENT_SECRET: "not-the-secret" } });

  test("leads to support, with the reference in the mail", async ({ page, app, hubrise, axe, expectedErrors }) => {
    expectedErrors.push(/status of 502/);
    await app.open();
    await app.connect.click();
    await hubrise.authorise(people.nina);
    await app.expectFailure("client_rejected");
    const reference = await app.main.locator("code").textContent();
    const write = app.link("Écrire au support");
    await expect(write).toHaveAttribute("href", `mailto:support@poshelper.fr?subject=HubRise%20${reference}`);
    await axe(page);
    await app.link(app.words.step.till).click();
    await app.expectDisconnected();
  });
});

test("a state nobody gave out is not followed", async ({ page, app, axe, expectedErrors }) => {
  expectedErrors.push(/status of 404/);
  await page.goto(`${CALLBACK}?code=0123456789&state=AAAAAAAAAAAAAAAAAAAAAA`);
  await app.expectFailure("state_unknown");
  await axe(page);
  await app.link(app.words.step.home).click();
  await expect(page).toHaveURL("/");
  await expect(app.heading).toHaveText(app.words.vendors.title);
});

test("a code that comes without a state is not even sent to the server", async ({ page, app, expectedErrors }) => {
  expectedErrors.push(/status of 404/);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/attempts/finish")) sent.push(request.url());
  });
  await page.goto(`${CALLBACK}?code=0123456789`);
  await app.expectFailure("state_unknown", { reference: false });
  expect(sent).toEqual([]);
});

test("an answer that was meant for another browser", async ({ page, app, hubrise, browser, services, locale, watched, words, axe, expectedErrors }) => {
  expectedErrors.push(/status of 40[34]/);
  await app.open();
  await app.connect.click();
  const { url } = await intercepted(page, () => hubrise.authorise(people.nina));
  const context = await browser.newContext({ baseURL: services.console, locale: locale ?? "fr-FR" });
  const other = new ConsolePage(watched(await context.newPage()), words);
  await other.page.goto(url);
  await other.expectFailure("state_foreign");
  await axe(other.page);
  await other.link(words.step.home).click();
  await expect(other.heading).toHaveText(words.vendors.title);
  await other.open();
  await other.expectDisconnected();
  await context.close();
  // It stays good where it was begun.
  await page.goto(url);
  await app.expectConnected(BELLA);
});

test("a session that ended while at HubRise", async ({ page, context, app, hubrise, axe, expectedErrors }) => {
  expectedErrors.push(/status of 40[134]/);
  await app.open();
  await app.connect.click();
  await hubrise.signIn(people.nina);
  await loseSession(context);
  await hubrise.allow();
  await app.expectFailure("state_foreign");
  await axe(page);
  await tryAgain(app, hubrise);
});

test("an attempt that took longer than its quarter of an hour", async ({ page, app, hubrise, axe, expectedErrors }) => {
  expectedErrors.push(/status of 410/);
  await app.open();
  await app.connect.click();
  // Nobody waits 15 minutes here: this is what the server then answers, as its own tests prove.
  await page.route(
    "**/api/v1/attempts/finish",
    (route) =>
      route.fulfill({
        status: 410,
        contentType: "application/problem+json",
        json: { status: 410, code: "state_expired", detail: "the attempt has expired", request_id: "bbbbbbbbbbbbbbbbbbbbbbbbbb" },
      }),
    { times: 1 },
  );
  await hubrise.authorise(people.nina);
  await app.expectFailure("state_expired");
  await axe(page);
  await tryAgain(app, hubrise);
});

test("an answer that comes a second time while another attempt is under way", async ({ page, app, hubrise, axe, expectedErrors }) => {
  expectedErrors.push(/status of 40[39]/);
  await app.open();
  await app.connect.click();
  await hubrise.signIn(people.nina);
  const denied = await intercepted(page, () => hubrise.deny());
  await page.goto(denied.url);
  await app.expectFailure("access_denied");
  await app.button(app.words.step.again).click();
  await expect(page.getByRole("button", { name: "Autoriser" })).toBeVisible();
  await page.goto(denied.url);
  await app.expectFailure("state_replayed");
  await axe(page);
  await tryAgain(app, hubrise);
});

test("an error of HubRise's own", async ({ page, app, hubrise, axe, expectedErrors }) => {
  expectedErrors.push(/status of 502/);
  await app.open();
  await app.connect.click();
  await hubrise.signIn(people.nina);
  const { url } = await intercepted(page, () => hubrise.deny());
  await page.goto(url.replace("access_denied", "server_error"));
  await app.expectFailure("authorize_failed");
  await axe(page);
  await tryAgain(app, hubrise);
});

test.describe("HubRise that is asked for the token", () => {
  // Waiting ten seconds proves no more than waiting one.
  test.use({ settings: { PASSERELLE_HUBRISE_TIMEOUT_SECONDS: "1" } });

  for (const { told, fault, failure, status } of [
    { told: "cannot be reached", fault: { mode: "drop" }, failure: "hubrise_unreachable", status: 502 },
    { told: "is too slow", fault: { mode: "slow", delay_ms: 3_000 }, failure: "hubrise_timeout", status: 504 },
    { told: "answers 500", fault: { mode: "fail" }, failure: "hubrise_failed", status: 502 },
    { told: "answers nonsense", fault: { mode: "nonsense" }, failure: "hubrise_nonsense", status: 502 },
    { told: "asks to slow down", fault: { mode: "rate_limit" }, failure: "hubrise_rate_limited", status: 503 },
  ] as const) {
    test(`and ${told}`, async ({ page, app, hubrise, sandbox, axe, expectedErrors }) => {
      expectedErrors.push(new RegExp(`status of ${status}`));
      await sandbox.fault({ target: "token", ...fault });
      await app.open();
      await app.connect.click();
      await hubrise.authorise(people.nina);
      await app.expectFailure(failure);
      await axe(page);
      await sandbox.recover();
      await tryAgain(app, hubrise);
    });
  }

  test("and is not there at all", async ({ page, app, hubrise, services, expectedErrors }) => {
    expectedErrors.push(/status of 502/);
    await app.open();
    await app.connect.click();
    const { url } = await intercepted(page, () => hubrise.authorise(people.nina));
    await services.stopSandbox();
    await page.goto(url);
    await app.expectFailure("hubrise_unreachable");
  });
});
