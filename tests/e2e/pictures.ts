// The screens a picture is taken of, and where pictures go. `PASSERELLE_SCREENSHOTS=1` renews those of the documentation; in any
// other run they are thrown away with the results.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page, TestInfo } from "@playwright/test";

export const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1 },
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
} as const;

export const renews = process.env["PASSERELLE_SCREENSHOTS"] === "1";

const DOCUMENTED = join(dirname(fileURLToPath(import.meta.url)), "../../docs/screenshots");

/** Takes the picture of a page that stands still; of those in `kept`, for the documentation. */
export async function picture(page: Page, info: TestInfo, name: string, kept: ReadonlySet<string>): Promise<void> {
  const folder = renews && kept.has(name) ? DOCUMENTED : info.outputPath("pictures");
  // Pressing a row may have scrolled to it.
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled", caret: "hide" });
}

/** Every combination when pictures are wanted; else those that are documented, to prove that they can be taken. */
export const isWanted = (name: string, kept: ReadonlySet<string>): boolean => renews || [...kept].some((one) => one.endsWith(name));
