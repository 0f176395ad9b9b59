// The menu check: what the till would not take, to be read, printed, and opened in a spreadsheet that computes nothing.
import { readFile } from "node:fs/promises";
import { expect, test } from "../fixtures.ts";
import { connectWithToken, go } from "./bridge.ts";

test("lists what would be skipped, prints without the page around it, and downloads", { tag: "@everywhere" }, async ({ app, page, hubrise, services, words, axe }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "menu");
  await expect(app.main).toContainText("Menu 2026");
  await axe(page);
  await app.button(words.menu_check.start).click();
  const found = app.main;
  await expect(found.getByRole("heading", { level: 2 })).toContainText("que la caisse ne prendrait pas tels quels");
  const group = (title: string) => page.locator(".group").filter({ has: page.getByRole("heading", { name: title }) });
  await expect(group("Articles · Sans code ref")).toContainText("Catch of the day");
  await expect(group("Articles · Code ref qui n’est pas un nombre")).toContainText("SWORD-1");
  await expect(group("Articles · Code ref en double")).toContainText("Cheesecake");
  await expect(group("Options · Sans code ref")).toContainText("Well done");
  await expect(group("Promotions · Sans code ref")).toContainText("Happy hour");
  await expect(group("Remises · Sans code ref")).toContainText("Loyalty");
  await expect(group("Frais · Sans code ref")).toContainText("Bag");
  await axe(page);

  const downloading = page.waitForEvent("download");
  await app.button(words.menu_check.csv).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("menu-check.csv");
  const table = await readFile(await download.path(), "utf8");
  expect(table.startsWith("\ufeff\"Élément\",\"Nom\",\"Code ref\",\"Ce qui ne va pas\"\r\n")).toBe(true);
  expect(table).toMatch(/"Articles","Swordfish[^"]*","SWORD-1","Code ref qui n’est pas un nombre"\r\n/);
  for (const line of table.slice(1).trimEnd().split("\r\n")) expect(line).toMatch(/^"[^=+@-]/);

  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation", { name: words.bridge_settings.pages })).toBeHidden();
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(app.button(words.menu_check.csv)).toBeHidden();
  await expect(group("Articles · Sans code ref")).toBeVisible();
});
