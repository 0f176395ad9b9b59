// Back from HubRise in unusual ways: reloaded, twice, by Back, in two tabs, offline, to a server that is slow or gone.
import { BELLA, CAISSE, CALLBACK, Console, HubRise, expect, people, test } from "../fixtures.ts";
import { intercepted } from "../returning.ts";

test("while the server asks HubRise, the page says what is happening", { tag: "@everywhere" }, async ({ page, app, hubrise, axe }) => {
  let release = (): void => undefined;
  const released = new Promise<void>((go) => (release = go));
  await page.route("**/api/v1/attempts/finish", async (route) => {
    await released;
    await route.continue();
  });
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await expect(app.heading).toHaveText("Connexion en cours");
  await expect(page).toHaveURL(CALLBACK);
  await expect(page.locator("[aria-current=step]")).toContainText(app.words.callback.step_check);
  await axe(page);
  release();
  await app.expectConnected(BELLA);
});

test("reloaded while the server asks HubRise, the page still ends at the connected till", async ({ page, app, hubrise, sandbox }) => {
  await sandbox.fault({ target: "token", mode: "slow", delay_ms: 1_500, times: 1 });
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await expect(app.heading).toHaveText("Connexion en cours");
  await expect.poll(() => sandbox.requests("/oauth2/v1/token")).toHaveLength(1);
  await page.reload();
  await app.expectConnected(BELLA);
  expect(await sandbox.requests("/oauth2/v1/token")).toHaveLength(1);
});

test("reloaded after a failure, the page shows the failure again, with the same way out", async ({ page, app, hubrise, expectedErrors }) => {
  expectedErrors.push(/status of 403/);
  await app.open();
  await app.connect.click();
  await hubrise.signIn(people.nina);
  await hubrise.deny();
  await app.expectFailure("access_denied");
  await page.reload();
  // The reference belongs to the call that failed; this page made none that did.
  await app.expectFailure("access_denied", { reference: false });
  await app.button(app.words.step.again).click();
  await hubrise.authorise(undefined);
  await app.expectConnected(BELLA);
});

test("the same answer opened twice leads to the connected till both times, with one exchange", async ({ page, app, hubrise, sandbox, expectedErrors }) => {
  expectedErrors.push(/status of 409/);
  await app.open();
  await app.connect.click();
  const { url } = await intercepted(page, () => hubrise.authorise(people.nina));
  await page.goto(url);
  await app.expectConnected(BELLA);
  await page.goto(url);
  await app.expectConnected(BELLA);
  await expect(page).toHaveURL(CAISSE);
  expect(await sandbox.requests("/oauth2/v1/token")).toHaveLength(1);
});

test("the callback's address opened by hand says that nothing is under way", async ({ page, app, axe, expectedErrors }) => {
  expectedErrors.push(/status of 404/);
  await app.open(CALLBACK);
  await expect(app.heading).toHaveText("Aucune connexion n’est en cours");
  await axe(page);
  await app.link(app.words.callback.home).click();
  await expect(page).toHaveURL("/");
  await expect(app.heading).toHaveText(app.words.vendors.title);
});

test("the callback's address opened while HubRise's page is unanswered says so, and begins again", async ({ page, app, hubrise, axe }) => {
  await app.open();
  await app.connect.click();
  await expect(page.getByRole("button", { name: people.nina })).toBeVisible();
  await app.open(CALLBACK);
  await expect(app.heading).toHaveText("HubRise n’a pas encore répondu");
  await axe(page);
  await app.button(app.words.step.again).click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
});

test("Back from the connected till leads to HubRise's page, which says that the request is over, and from there to the till", async ({ page, app, hubrise, axe }) => {
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Cette demande n'est plus valable");
  await axe(page);
  await page.goForward();
  await app.expectConnected(BELLA);
  while (!page.url().startsWith("about:") && !page.url().endsWith(CAISSE)) await page.goBack();
  await app.expectConnected(BELLA);
});

test("two tabs that connect at once both end at the same connected till", async ({ page, app, hubrise, context, watched, words, sandbox }) => {
  const other = new Console(watched(await context.newPage()), words);
  const otherHubrise = new HubRise(other.page);
  await app.open();
  await other.open();
  await app.connect.click();
  await hubrise.signIn(people.nina);
  await other.connect.click();
  await expect(other.page.getByRole("button", { name: "Autoriser" })).toBeVisible();
  await Promise.all([hubrise.allow(), otherHubrise.allow()]);
  await app.expectConnected(BELLA);
  await other.expectConnected(BELLA);
  await page.reload();
  await app.expectConnected(BELLA);
  const living = (await sandbox.connections()).filter(({ status }) => status === "active");
  expect(living).toHaveLength(1);
});

test("an answer that cannot be handed over offline is handed over when one is online again", async ({ page, app, hubrise, axe, expectedErrors }) => {
  expectedErrors.push(/ERR_/);
  await app.open();
  await app.connect.click();
  await page.route("**/api/v1/attempts/finish", (route) => route.abort("internetdisconnected"));
  await hubrise.authorise(people.nina);
  await app.expectFailure("offline", { reference: false });
  await axe(page);
  await page.unroute("**/api/v1/attempts/finish");
  await app.button(app.words.step.again).click();
  await app.expectConnected(BELLA);
});

test("an answer whose receipt was lost on the way back is not exchanged twice", async ({ page, app, hubrise, sandbox, expectedErrors }) => {
  expectedErrors.push(/ERR_|status of 409/);
  await app.open();
  await app.connect.click();
  await page.route(
    "**/api/v1/attempts/finish",
    async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    },
    { times: 1 },
  );
  await hubrise.authorise(people.nina);
  await app.expectFailure("offline", { reference: false });
  await app.button(app.words.step.again).click();
  await app.expectConnected(BELLA);
  expect(await sandbox.requests("/oauth2/v1/token")).toHaveLength(1);
});

test("a server that fails while it finishes is said with its reference, and the page begins again", async ({ page, app, hubrise, axe, expectedErrors }) => {
  expectedErrors.push(/status of 500/);
  await app.open();
  await app.connect.click();
  await page.route(
    "**/api/v1/attempts/finish",
    (route) =>
      route.fulfill({
        status: 500,
        contentType: "application/problem+json",
        json: { status: 500, code: "internal", detail: "", request_id: "cccccccccccccccccccccccccc" },
      }),
    { times: 1 },
  );
  await hubrise.authorise(people.nina);
  await app.expectFailure("internal");
  await expect(app.main).toContainText("cccccccccccccccccccccccccc");
  await axe(page);
  await app.button(app.words.step.again).click();
  await hubrise.authorise(undefined);
  await app.expectConnected(BELLA);
});

test("a page of something in between is not taken for the server's answer", async ({ page, app, hubrise }) => {
  await app.open();
  await app.connect.click();
  await page.route("**/api/v1/attempts/finish", (route) => route.fulfill({ contentType: "text/html", body: "<h1>Wi-Fi</h1>" }), {
    times: 1,
  });
  await hubrise.authorise(people.nina);
  await app.expectFailure("unreadable", { reference: false });
  await app.button(app.words.step.again).click();
  await app.expectConnected(BELLA);
});

test("a server that went away while one was at HubRise is said, and found again", async ({ page, app, hubrise, services, expectedErrors }) => {
  expectedErrors.push(/ERR_/);
  await app.open();
  await app.connect.click();
  await hubrise.signIn(people.nina);
  await page.route("**/api/v1/attempts/finish", async (route) => {
    await services.stopConsole();
    await route.continue();
  }, { times: 1 });
  await hubrise.allow();
  await app.expectFailure("offline", { reference: false });
  await services.startConsole();
  await app.button(app.words.step.again).click();
  await app.expectConnected(BELLA);
});
