// Every page on every screen: narrow, zoomed, touched, still, in forced colours.
import type { Page } from "@playwright/test";
import { BELLA, CAISSE, COMPTOIR, type Console, type HubRise, expect, people, test } from "../fixtures.ts";
import { smallTargets } from "../targets.ts";

/** Goes through the pages of both tills and calls `look` at each. */
async function walk(page: Page, app: Console, hubrise: HubRise, look: (where: string) => Promise<void>): Promise<void> {
  await app.open();
  await page.getByText("Ce que POS HELPER pourra faire").click();
  await page.getByText("Donner accès au support").click();
  await look("connect");
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  await look("connected");
  await app.disconnect.click();
  await look("the question before disconnecting");
  await page.keyboard.press("Escape");
  await app.open(COMPTOIR);
  await app.connect.click();
  await page.getByRole("button", { name: "Changer d'utilisateur" }).click();
  await hubrise.authorise(people.ines);
  await expect(page.getByText("200 choix")).toBeVisible();
  await look("choosing a location");
  await page.getByRole("radio").first().check();
  await app.button("Suivant").click();
  await expect(page.getByRole("radio", { name: "Carte nationale" })).toBeVisible();
  await look("choosing a catalog and a list");
  await page.goto("/oauth/callback?code=0123456789&state=AAAAAAAAAAAAAAAAAAAAAA");
  await app.expectFailure("state_unknown");
  await look("a failure");
  await app.open("/a/b/c");
  await look("a missing page");
}

/** Proves that nothing is wider than the screen. */
async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const { wide, outside } = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const outside = [...document.querySelectorAll("body *")]
      // What cannot be seen takes no room, and the tills are a strip that scrolls by itself.
      .filter((element) => element.getClientRects().length > 0 && !element.closest(".hidden, .skip, select, nav > *"))
      .filter((element) => element.getBoundingClientRect().right > width + 1 || element.getBoundingClientRect().left < -1)
      .map((element) => element.outerHTML.slice(0, 120));
    return { wide: document.documentElement.scrollWidth - width, outside };
  });
  expect.soft(outside, where).toEqual([]);
  expect.soft(wide, where).toBeLessThanOrEqual(0);
}

test.describe("320 px wide", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("no page scrolls sideways", async ({ page, app, hubrise, expectedErrors }) => {
    expectedErrors.push(/status of 404/);
    await walk(page, app, hubrise, (where) => expectNoSidewaysScroll(page, where));
  });
});

test.describe("zoomed to 200 %", () => {
  // What a window of 1280 × 800 comes to.
  test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

  test("no page scrolls sideways", async ({ page, app, hubrise, expectedErrors }) => {
    expectedErrors.push(/status of 404/);
    await walk(page, app, hubrise, (where) => expectNoSidewaysScroll(page, where));
  });
});

test("on a phone everything to press is at least 44 px high and wide", { tag: "@phone" }, async ({ page, app, hubrise, expectedErrors }) => {
  expectedErrors.push(/status of 404/);
  await walk(page, app, hubrise, async (where) => {
    expect.soft(await smallTargets(page), where).toEqual([]);
  });
});

test("who asks for less motion gets none", async ({ page, app }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.route("**/api/v1/vendors/**", () => {});
  await page.goto(CAISSE);
  await expect(page.locator("[data-waiting] .bone").first()).toBeVisible();
  const moving = await page.evaluate(() =>
    document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 1).length,
  );
  expect(moving).toBe(0);
  await page.unroute("**/api/v1/vendors/**");
  await app.open();
  await page.route("**/api/v1/attempts", () => {});
  await app.connect.click();
  await expect(app.button("Ouverture de HubRise…")).toHaveAttribute("aria-busy", "true");
  const turning = await page.evaluate(() =>
    document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 1).length,
  );
  expect(turning).toBe(0);
});

test("in forced colours buttons keep an edge and the state its icon", async ({ page, app, axe, hubrise }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await app.open();
  const edge = await app.connect.evaluate((button) => {
    const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(button);
    return { seen: borderTopStyle === "solid" && Number.parseFloat(borderTopWidth) > 0 && borderTopColor !== backgroundColor };
  });
  expect(edge).toEqual({ seen: true });
  await expect(app.heading.locator("svg")).toBeVisible();
  await app.connect.click();
  await hubrise.authorise(people.nina);
  await app.expectConnected(BELLA);
  await expect(app.heading.locator("svg")).toBeVisible();
  await axe(page);
});

test("the link past the bar is the first stop, and leads to the content", async ({ page, app }) => {
  await app.open();
  await page.keyboard.press("Tab");
  await expect(app.link("Aller au contenu")).toBeFocused();
  await expect(app.link("Aller au contenu")).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(app.main).toBeFocused();
});
