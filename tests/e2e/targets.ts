// What is pressed with a finger, and is smaller than one.
import type { Page } from "@playwright/test";

/** Everything to press that is less than 44 px high or wide. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const pressed = [...document.querySelectorAll("a, button, select, summary, label, input, [role=gridcell]:not(:has(a))")];
    return pressed
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0)
      // A radio button or a search box is pressed through its label; a link within a sentence is as high as its line; the label
      // beside a field is no target of its own.
      .filter((element) => !(element.matches("input") && element.closest("label")))
      .filter((element) => !element.matches("p a, li a, p button, .skip, label[for]"))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 44 || box.width < 44)
      .map(({ element, box }) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${element.outerHTML.slice(0, 100)}`);
  });
}
