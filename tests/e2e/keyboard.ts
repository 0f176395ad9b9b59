// Going through a page by keyboard alone, as somebody without a mouse does. Knows no page.
import { expect, type Locator, type Page } from "@playwright/test";

/** More stops than any page of ours has. */
const MOST_STOPS = 60;

/** Presses Tab until the focus is on `target`, and proves that one can see that it is there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) {
      expect(await isFocusSeen(target), "the focus can be seen").toBe(true);
      return;
    }
  }
  throw new Error(`${target} cannot be reached with Tab`);
}

/** Whether the element, or the row or menu it stands in, is outlined. */
function isFocusSeen(target: Locator): Promise<boolean> {
  return target.evaluate((element) => {
    const outlined = (one: Element | null): boolean => {
      if (!one) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    };
    return outlined(element) || outlined(element.closest("label"));
  });
}
