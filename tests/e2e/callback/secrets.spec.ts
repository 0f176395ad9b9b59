// `code` and `state` are secrets while they live: they leave the address bar and the history at once, and go nowhere but to
// our own server.
import { BELLA, CAISSE, CALLBACK, expect, people, test } from "../fixtures.ts";

test("code and state vanish from the address bar and the history", async ({ page, app, hubrise }) => {
  const shown: string[] = [];
  await page.exposeFunction("noteAddress", (url: string) => shown.push(url));
  await page.addInitScript(() => {
    // The app's own first act on the callback page; what stands in the address afterwards is what anybody could see.
    const replace = history.replaceState.bind(history);
    history.replaceState = (...given) => {
      replace(...given);
      void (window as unknown as { noteAddress: (url: string) => void }).noteAddress(location.href);
    };
  });
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  expect(page.url()).toMatch(new RegExp(`${CAISSE}$`));
  await expect.poll(() => shown.filter((url) => url.endsWith(CALLBACK))).toHaveLength(1);

  const visited: string[] = [];
  for (let back = 0; back < 10 && !page.url().startsWith("about:"); back += 1) {
    visited.push(page.url());
    await page.goBack();
  }
  for (let forward = 0; forward < 10; forward += 1) {
    if ((await page.goForward()) === null) break;
    visited.push(page.url());
  }
  expect(visited.length).toBeGreaterThan(2);
  expect([...shown, ...visited].filter((url) => /[?&](code|state)=/.test(url))).toEqual([]);
});

test("code and state are handed to our own server alone, in the body of one call, and to no log or storage", async ({ page, context, app, hubrise, services }) => {
  const requests: { url: string; referer: string; body: string; document: boolean }[] = [];
  let secrets: string[] = [];
  context.on("request", (request) => {
    const asked = new URL(request.url());
    if (asked.pathname === CALLBACK) {
      secrets = [asked.searchParams.get("code"), asked.searchParams.get("state")].filter((one) => one !== null);
    }
    requests.push({
      url: request.url(),
      referer: request.headers()["referer"] ?? "",
      body: request.postData() ?? "",
      document: request.isNavigationRequest(),
    });
  });
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  expect(secrets).toHaveLength(2);

  const tells = (text: string): boolean => secrets.some((secret) => text.includes(secret));
  const console = `${services.console}/`;
  expect(requests.filter(({ referer }) => tells(referer))).toEqual([]);
  // The state goes to HubRise once, in the address the server made; the answer comes back once, as a page.
  const addressed = requests.filter(({ url }) => tells(url)).map(({ url, document }) => [new URL(url).pathname, document]);
  expect(addressed).toEqual([
    ["/oauth2/v1/authorize", true],
    [CALLBACK, true],
  ]);
  const handed = requests.filter(({ body }) => tells(body)).map(({ url }) => url);
  expect(handed).toEqual([`${console}api/v1/attempts/finish`]);

  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie]));
  expect(tells(kept)).toBe(false);
  const log = services.consoleLog();
  expect(log).toContain("/api/v1/attempts/finish");
  expect(tells(log)).toBe(false);
});

test("the session cookie is out of scripts' reach and no token reaches the browser", async ({ page, context, app, hubrise }) => {
  const answers: string[] = [];
  page.on("response", async (response) => {
    if (response.url().includes("/api/v1/")) answers.push(await response.text().catch(() => ""));
  });
  await app.open();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  const session = (await context.cookies()).find(({ name }) => name === "passerelle");
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(answers.length).toBeGreaterThan(3);
  expect(answers.filter((text) => /access_token|refresh_token/.test(text))).toEqual([]);
});
