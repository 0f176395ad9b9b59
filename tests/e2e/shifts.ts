// Whether anything moved on the page by itself, as the browser measures it.
import { expect, type Page } from "@playwright/test";

interface Shift {
  value: number;
  moved: string[];
}

interface Source {
  node: Node | null;
  previousRect: DOMRectReadOnly;
  currentRect: DOMRectReadOnly;
}

type Measured = Window & { shifts: Shift[] };

/** Measures from the first paint of each page that is opened from now on. */
export async function measureShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const measured = window as unknown as Measured;
    measured.shifts = [];
    const place = ({ x, y, width, height }: DOMRectReadOnly): string => `${x},${y} ${width}×${height}`;
    const told = ({ node, previousRect, currentRect }: Source): string => {
      const name = node instanceof Element ? `${node.tagName.toLowerCase()}.${String(node.className)}` : String(node?.textContent);
      return `${name}: ${place(previousRect)} → ${place(currentRect)}`;
    };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: Source[];
      })[]) {
        // What moves right after one's own press is an answer, not a surprise.
        if (!entry.hadRecentInput) measured.shifts.push({ value: entry.value, moved: entry.sources.map(told) });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** Waits until what was just changed has been painted. */
export async function painted(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
  );
}

/** Proves that nothing has moved since the page was opened. */
export async function expectNoShift(page: Page): Promise<void> {
  await painted(page);
  const shifts = await page.evaluate(() => (window as unknown as Measured).shifts);
  expect(shifts, "what moved by itself").toEqual([]);
}
