// Who may see the support desk, and what everybody else is told; in both languages.
import { expect, people } from "../fixtures.ts";
import { test } from "./desk.ts";
import { call } from "./merchant.ts";

test.describe("who may see it", () => {
  test("nobody signed in learns what it is, signs in and comes back to the same list", { tag: "@everywhere" }, async ({ page, desk, axe }) => {
    const pos = desk("pos-helper");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await pos.open("?q=bella");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bureau du support");
    await expect(page.getByRole("main")).toContainText("Pour le support de POS HELPER");
    expect(asked.filter((url) => url.includes("/api/v1/vendors/pos-helper/desk"))).toEqual([]);
    await axe(page);
    await pos.signIn({ query: "?q=bella" });
    await expect(pos.search).toHaveValue("bella");
  });

  test("a merchant is told plainly that it is not theirs, and the way back", async ({ page, desk, axe, expectedErrors }) => {
    expectedErrors.push(/status of 403/);
    const pos = desk("pos-helper");
    await pos.signIn({ email: people.nina });
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Cette page est réservée au support de POS HELPER");
    await expect(page.getByRole("main")).toContainText(people.nina);
    await axe(page);
    for (const path of ["/desk", "/desk/connections"]) {
      const refused = await call(page, "GET", `/vendors/pos-helper${path}`);
      expect(refused.status).toBe(403);
      expect(JSON.parse(refused.text)).toMatchObject({ code: "support_only" });
    }
    await page.getByRole("link", { name: "Aller à POS HELPER" }).click();
    await expect(page).toHaveURL("/pos-helper");
  });

  test("the support of one vendor is a stranger at another's", async ({ page, desk, expectedErrors }) => {
    expectedErrors.push(/status of 403/);
    await desk("carre-pos").signIn();
    await desk("pos-helper").signIn({ stays: true });
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Cette page est réservée au support de POS HELPER");
    for (const path of ["/desk/requests/any/decline", "/desk/locks/any/release"]) {
      const refused = await call(page, "POST", `/vendors/pos-helper${path}`, { answer: "no" });
      expect(JSON.parse(refused.text)).toMatchObject({ code: "support_only" });
    }
  });

  test("who is nobody gets no line of it from the server either", async ({ page, desk, expectedErrors }) => {
    expectedErrors.push(/status of 403/);
    await desk("pos-helper").open();
    const refused = await call(page, "GET", "/vendors/pos-helper/desk/connections");
    expect(JSON.parse(refused.text)).toMatchObject({ code: "sign_in_required" });
  });
});

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("the desk says what it is, what there is and how to get in", async ({ page, desk, merchant, axe }) => {
    await (await merchant("pos-helper", people.nina)).connect("caisse");
    const pos = desk("pos-helper");
    await pos.open();
    await expect(page.getByRole("main")).toContainText("For the support of POS HELPER");
    await pos.signIn();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Support desk");
    await expect(page.getByRole("main")).toContainText("1 connection");
    await expect(pos.row("Bella Pizza")).toContainText("to prove");
    await pos.row("Bella Pizza").click();
    await expect(pos.dialog).toContainText("open CONFIGURATION > Permissions.");
    await expect(pos.dialog.getByRole("button", { name: "Prove your access at HubRise" })).toBeVisible();
    await axe(page);
  });
});
