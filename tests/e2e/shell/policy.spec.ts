// What the console allows its pages, and what its pages ask for.
import { BELLA, CAISSE, expect, people, test } from "../fixtures.ts";

test("no page of a whole journey breaks the content security policy or asks anybody else for anything", async ({ page, context, app, hubrise, services, words }) => {
  const broken: string[] = [];
  await page.exposeFunction("noteViolation", (what: string) => broken.push(what));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      void (window as unknown as { noteViolation: (what: string) => void }).noteViolation(`${violatedDirective} ${blockedURI}`);
    });
  });
  const asked = new Set<string>();
  context.on("request", (request) => asked.add(new URL(request.url()).origin));
  await app.open("/");
  await app.main.getByRole("link", { name: "POS HELPER" }).click();
  await app.main.getByRole("navigation", { name: words.overview.tills }).getByRole("link").first().click();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  await app.link("Caisse du comptoir").click();
  await app.connect.click();
  await hubrise.authorise(undefined);
  await app.expectConnected(BELLA);
  await app.disconnect.click();
  await app.dialog.getByRole("button", { name: "Déconnecter" }).click();
  await app.expectDisconnected();
  expect(broken).toEqual([]);
  expect([...asked].sort()).toEqual([services.console, services.sandbox].sort());
});

test("a script that was smuggled into the page does not run", async ({ page, app, expectedErrors }) => {
  expectedErrors.push(/Content Security Policy/);
  await app.open();
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.smuggled = true";
    document.body.append(script);
    const button = document.createElement("button");
    button.setAttribute("onclick", "window.smuggled = true");
    document.body.append(button);
    button.click();
    return "smuggled" in window;
  });
  expect(ran).toBe(false);
});

test("another site cannot frame the console", async ({ page, services }) => {
  const framing = `${services.sandbox}/framing`;
  await page.route(framing, (route) =>
    route.fulfill({ contentType: "text/html", body: `<iframe src="${services.console}${CAISSE}"></iframe>` }),
  );
  await page.goto(framing);
  await expect.poll(() => page.frames().at(-1)?.url(), { message: "the browser's own page in its place" }).toMatch(/^chrome-error:/);
});
