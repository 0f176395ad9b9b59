// A vendor's look beside its colour: corners, fonts and theme from its profile, from the first paint on, and what the reader or
// the back office chooses before it.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { CAISSE, expect, test as base } from "../fixtures.ts";
import { HELPER, Office } from "./office.ts";

const profiles = resolve(dirname(fileURLToPath(import.meta.url)), "../../../crates/vendors/profiles");

const test = base.extend<{ office: Office }>({
  settings: async ({}, use, info) => {
    const folder = info.outputPath("profiles");
    const own = join(folder, "pos-helper");
    mkdirSync(folder, { recursive: true });
    cpSync(join(profiles, "pos-helper"), own, { recursive: true });
    const profile = join(own, "profile.toml");
    const look = '[look]\nradius = 0\nfonts = ["DejaVu Serif", "serif"]\ntheme = "dark"\n\n[promise]';
    writeFileSync(profile, readFileSync(profile, "utf8").replace("[promise]", look));
    await use({ PASSERELLE_SERVER_PROFILES_DIR: folder });
    rmSync(folder, { recursive: true });
  },
  office: async ({ page, offices, services, words }, use) => {
    await use(new Office(page, offices, services.console, words));
  },
});

/** How the page is drawn: the corners of its card, its font, and its theme. */
async function drawn(page: Page): Promise<{ corners: string; font: string; theme: string | undefined }> {
  return page.evaluate(() => ({
    corners: getComputedStyle(document.querySelector(".card") as Element).borderRadius,
    font: getComputedStyle(document.body).fontFamily.split(",")[0] ?? "",
    theme: document.documentElement.dataset["theme"],
  }));
}

const WORN = { corners: "0px", font: '"DejaVu Serif"', theme: "dark" };

test("corners, fonts and theme are the vendor's, from the second visit's first paint on", async ({ app, page, axe }) => {
  await app.open();
  expect(await drawn(page)).toEqual(WORN);
  await axe(page);
  await page.route("**/*.wasm", () => {});
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("#shell .bar")).toBeVisible();
  expect(await drawn(page)).toEqual(WORN);
});

test("the reader's theme comes before the vendor's, the system's too", async ({ app, page, words }) => {
  await app.open();
  const choice = page.getByRole("combobox", { name: words.app.theme });
  await choice.selectOption("light");
  await page.reload();
  await app.ready();
  expect((await drawn(page)).theme).toBe("light");
  await choice.selectOption("auto");
  await page.reload();
  await app.ready();
  expect(await drawn(page)).toEqual({ ...WORN, theme: undefined });
});

test("another vendor's page wears its own", async ({ app, page }) => {
  await app.open(CAISSE);
  await app.open("/somm-it");
  const { corners, font, theme } = await drawn(page);
  expect([corners, theme]).toEqual(["10px", undefined]);
  expect(font).not.toBe(WORN.font);
});

test("in a frame it is worn too, but for the theme that the back office asks for", async ({ office }) => {
  // The sandbox's back offices ask for the system's.
  await office.open(HELPER);
  const app = await office.inside();
  expect(await drawn(app.page)).toEqual({ ...WORN, theme: undefined });
  await office.open(HELPER, { theme: "light" });
  expect(await drawn((await office.inside()).page)).toEqual({ ...WORN, theme: "light" });
});
