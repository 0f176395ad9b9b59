// One exchange: laid out, coloured, folded, searched, explained, copied; bodies that mean harm or are broken; and a request that a
// person writes anew. Bodies no till of ours would send are put into the console's own answer.
import { API_TOKEN, expect, fill, test } from "../fixtures.ts";
import { connectWithToken, go, row, shown } from "./bridge.ts";
import type { Console } from "../fixtures.ts";
import type { Locator, Page } from "@playwright/test";

/** Chromium's parser writes its remark on broken XML into the document, with a style that our policy ignores. */
const STYLED_REMARK = /Applying inline style violates/;

/** Opens an order's exchange with the till; ends on its page. */
async function openExchange(app: Console, page: Page, order: string): Promise<void> {
  await (await shown(page, order)).getByRole("link").first().click();
  await app.ready();
  const till = page.locator("a[href*='/exchanges/']").filter({ hasText: "PAR PixelPoint" }).first();
  await page.goto((await till.getAttribute("href")) ?? "");
  await app.ready();
}

/** Puts something else into the exchange the page asks for. */
async function answerWith(page: Page, change: Record<string, string>): Promise<void> {
  await page.route("**/api/v1/connections/*/exchanges/*", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), ...change } });
  });
}

/** A side's card. */
function side(page: Page, name: "request" | "answer"): Locator {
  return page.locator(`section[aria-labelledby=heading-${name}]`);
}

/** What scrolls in it. */
function code(page: Page, name: "request" | "answer"): Locator {
  return side(page, name).locator(".code");
}

/** The line that holds something. */
function line(page: Page, name: "request" | "answer", text: string): Locator {
  return code(page, name).locator("[data-line]").filter({ hasText: text });
}

test("a request is laid out, folded, searched, explained and copied", { tag: "@everywhere" }, async ({ app, page, context, hubrise, services, orders, words, axe, isMobile }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const order = await orders.make();
  await openExchange(app, page, order.id);
  const said = words.exchange;
  await expect(app.heading).toHaveText(fill(said.way_till, { till: "PAR PixelPoint" }));
  await expect(app.fact(said.code)).toContainText("200");
  await expect(app.fact(said.endpoint)).toContainText("POST");
  await expect(side(page, "answer").getByRole("heading", { level: 2 })).toHaveText(fill(said.response, { status: "200" }));
  expect(await page.content()).not.toContain(API_TOKEN);
  await axe(page);

  // Every known node says what it is and what its value means: by pointing, by touch, by keys.
  const strip = side(page, "request").locator(".strip");
  await expect(strip).toHaveText(said.point);
  const priced = line(page, "request", "PriceApplied").first();
  await (isMobile ? priced.tap() : priced.hover());
  await expect(strip).toContainText("PriceApplied 13");
  await expect(strip).toContainText("Le prix donné ici, et non celui de la caisse.");
  await code(page, "request").focus();
  await page.keyboard.press("Home");
  await page.mouse.move(0, 0);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(strip).toContainText("RequestType 10");
  await expect(strip).toContainText("la caisse la prend et l’imprime");

  // Folded and unfolded, by keys and by pressing.
  const items = line(page, "request", "<Items>");
  await items.locator(".no").click();
  await page.keyboard.press("ArrowLeft");
  await expect(items).toContainText("<Items>…</Items>");
  await expect(items).toHaveAttribute("aria-expanded", "false");
  await expect(priced).toHaveCount(0);
  await items.locator(".fold").click();
  await expect(priced).toHaveCount(1);

  // What is searched for is counted, and unfolded where it hides.
  await items.locator(".fold").click();
  const find = side(page, "request").getByRole("searchbox", { name: said.find });
  await find.fill("priceapplied");
  await expect(side(page, "request").locator(".count")).toHaveText(/^1 sur \d+$/);
  await expect(code(page, "request").locator("mark[aria-current]")).toHaveText("PriceApplied");
  await find.press("Enter");
  await expect(side(page, "request").locator(".count")).toHaveText(/^2 sur \d+$/);
  await find.fill("nowhere");
  await expect(side(page, "request").locator(".count")).toHaveText(said.found_none);
  await find.press("Escape");
  await axe(page);

  await side(page, "request").getByRole("button", { name: said.curl }).click();
  await expect(app.announced).toHaveText(said.copied);
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toMatch(/^curl -X 'POST' 'http/);
  expect(command).toContain("<EOIAuthenticationToken>'\"$TOKEN\"'</EOIAuthenticationToken>");
  await side(page, "request").getByRole("button", { name: said.as_came }).click();
  await expect(strip).toHaveCount(0);
  await expect(code(page, "request")).toContainText("<RequestType>10</RequestType>");
  const download = page.waitForEvent("download");
  await side(page, "answer").getByRole("button", { name: said.download }).click();
  expect((await download).suggestedFilename()).toBe(`${order.id}-answer.xml`);

  // The exchanges before and after, and back.
  await app.link(said.before).click();
  await app.ready();
  await expect(app.heading).toHaveText(said.way_in);
  const event = line(page, "request", "\"status\": \"new\"").first();
  await find.fill("\"new\"");
  await (isMobile ? event.tap() : event.hover());
  await expect(strip).toContainText("Personne ne l’a encore prise.");
  await app.link(said.after).click();
  await expect(app.heading).toHaveText(fill(said.way_till, { till: "PAR PixelPoint" }));
  await page.locator(".back a").click();
  await app.ready();
  await expect(app.heading).toHaveText(words.cause.delivered.title);
});

test.describe("in English and in the dark", () => {
  test.use({ locale: "en-GB", colorScheme: "dark" });

  test("nodes are explained in the reader's language", async ({ app, page, hubrise, services, orders, words, axe, pixelpoint }) => {
    await connectWithToken({ app, page, hubrise, services }, "YT6eR2-0000000000000000");
    await go(app, "operations");
    const order = await orders.make();
    await expect(row(page, order.id).or(page.locator(".new .chip")).first()).toBeVisible();
    await openExchange(app, page, order.id);
    const strip = side(page, "answer").locator(".strip");
    await line(page, "answer", "SubErrorNum").hover();
    await expect(strip).toContainText("Either the API token is wrong, or the shop’s till is offline");
    await line(page, "answer", "ErrorNum>-1").hover();
    await expect(strip).toContainText("It did not: Exception, SubErrorNum or EOIMessage say why.");
    await axe(page);
    expect((await pixelpoint.printed()).length).toBe(0);
    await expect(app.link(words.exchange.before)).toBeVisible();
  });
});

test("bodies that are broken, lie or mean harm are shown as what they are", async ({ app, page, hubrise, services, orders, words, axe, expectedErrors }) => {
  expectedErrors.push(STYLED_REMARK);
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const order = await orders.make();
  await openExchange(app, page, order.id);
  const address = page.url();
  const said = words.exchange;
  const open = async (change: Record<string, string>) => {
    await answerWith(page, change);
    await page.goto(address);
    await app.ready();
    await expect(side(page, "answer")).toBeVisible();
  };
  const remarks = side(page, "answer").locator(".remarks");

  // Broken: as it came, with where it breaks in view.
  await open({ response_body: `<Response>\n${"  <a>1</a>\n".repeat(200)}  <b>2</c>\n</Response>` });
  await expect(remarks).toContainText("Ce XML est rompu ligne 202, colonne");
  await expect(code(page, "answer").locator(".broken")).toContainText("<b>2</c>");
  await code(page, "answer").scrollIntoViewIfNeeded();
  await expect(code(page, "answer").locator(".broken")).toBeInViewport();
  await open({ response_body: "{\"a\": [1, 2,, 3]}" });
  await expect(remarks).toContainText("Ce JSON est rompu");

  // A document type is not parsed, whatever it would unfold into.
  const bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"bang\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>";
  await open({ response_body: bomb });
  await expect(remarks).toContainText(said.defines);
  await expect(code(page, "answer")).toContainText("&c;");
  await expect(code(page, "answer")).not.toContainText("bangbang");

  // Text from outside is text, and what cannot be seen is written out.
  await open({
    response_headers: "content-type: application/json\nx-odd: <img src=x onerror=alert(1)>",
    response_body: "<Response><Name><![CDATA[<script>document.title='bad'</script>]]>\u202eevil\u200b</Name></Response>",
  });
  await expect(code(page, "answer")).toContainText("<script>document.title='bad'</script>");
  await expect(code(page, "answer")).toContainText("⟨202E⟩evil⟨200B⟩");
  await expect(remarks).toContainText(fill(said.lies, { said: "JSON", form: "XML" }));
  expect(await page.title()).not.toBe("bad");
  expect(await side(page, "answer").locator("script, img").count()).toBe(0);
  await open({ response_body: "caf\ufffd \u001b[31mred\u0000 \ufffd" });
  await expect(remarks).toContainText(fill(said.unreadable_several, { count: "2" }));
  await expect(code(page, "answer")).toContainText("␛[31mred␀");
  await axe(page);
});

test("a megabyte never freezes the page, and only what is seen stands in it", async ({ app, page, hubrise, services, orders, words }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const order = await orders.make();
  await openExchange(app, page, order.id);
  const said = words.exchange;
  const address = page.url();
  const rows = code(page, "answer").locator("[data-line]");
  // One element of 1 MiB, then 100,000 elements, then lines of 100,000 characters.
  for (const body of [
    `<a>${"x".repeat(1_000_000)}needle</a>`,
    `<a>${"<b>1</b>".repeat(100_000)}<c>needle</c></a>`,
    `${`${"y".repeat(100_000)}\n`.repeat(9)}needle`,
  ]) {
    await answerWith(page, { response_body: body });
    await page.goto(address);
    await app.ready();
    await expect(rows.first()).toBeVisible();
    expect(await rows.count()).toBeLessThanOrEqual(160);
    const find = side(page, "answer").getByRole("searchbox", { name: said.find });
    await find.fill("NEEDLE");
    await expect(code(page, "answer").locator("mark[aria-current]").first()).toBeInViewport();
    expect(await rows.count()).toBeLessThanOrEqual(160);
    await page.keyboard.press("Tab");
  }
  await expect(side(page, "answer").locator(".strip")).toHaveCount(0);
});

test("a refused request is modified, checked, compared, and sent once", async ({ app, page, hubrise, services, orders, pixelpoint, words, axe, expectedErrors }) => {
  expectedErrors.push(STYLED_REMARK);
  await connectWithToken({ app, page, hubrise, services });
  await pixelpoint.behave("unknown_product");
  await go(app, "operations");
  const order = await orders.make();
  await expect(await shown(page, order.id)).toContainText(words.operation_state.refused);
  await pixelpoint.behave("accept");
  await openExchange(app, page, order.id);
  const said = words.exchange;
  await side(page, "request").getByRole("button", { name: said.edit }).click();
  const editor = page.getByRole("textbox", { name: said.edit_label });
  const judged = page.locator("#verdict");
  const send = app.button(said.send);
  await expect(judged).toHaveText(said.edit_same);
  await expect(send).toHaveAttribute("aria-disabled", "true");
  await expect(editor).toHaveValue(/<Request>/);
  const first = await editor.inputValue();

  // Checked as it is written.
  await editor.fill(first.replace("</Transaction>", "</Transactions>"));
  await expect(judged).toContainText("Ce XML est rompu ligne");
  await expect(send).toHaveAttribute("aria-disabled", "true");
  await editor.fill(first.replaceAll("Request>", "Ask>"));
  await expect(judged).toHaveText(said.edit_root);
  await editor.fill(`<!DOCTYPE a>${first}`);
  await expect(judged).toHaveText(said.edit_defines);
  const changed = first.replace(/<Description>[^<]*</, "<Description>Écrit à la main<");
  expect(changed).not.toBe(first);
  await editor.fill(changed);
  await expect(judged).toHaveText(said.edit_fine);
  await expect(page.locator(".changes .new")).toContainText("Écrit à la main");
  await expect(page.locator(".changes .gone")).toHaveCount(1);
  await axe(page);

  // Not lost by a slip.
  await page.locator(".back a").click();
  await app.question(said.leave_title).getByRole("button", { name: said.leave_stay }).click();
  await expect(editor).toHaveValue(changed);

  await send.click();
  const question = app.question(said.send_title);
  await expect(question).toContainText(said.send_means);
  await axe(page);
  await question.getByRole("button", { name: said.send_now, exact: true }).click();
  await page.waitForURL(/\/operations\/[^/]+$/);
  await app.ready();
  await expect(app.heading).toHaveText(words.cause.delivered.title);
  const printed = await pixelpoint.printed();
  expect(printed.length).toBe(1);
  expect(printed[0]?.order.items[0]?.description).toBe("Écrit à la main");
  expect(printed[0]?.token).toBe(API_TOKEN);
});

test("before a delivered order is sent again by hand, it is said that it may print twice", async ({ app, page, hubrise, services, orders, pixelpoint, words }) => {
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const order = await orders.make();
  await expect(await shown(page, order.id)).toContainText("OK");
  await openExchange(app, page, order.id);
  const said = words.exchange;
  await side(page, "request").getByRole("button", { name: said.edit }).click();
  const editor = page.getByRole("textbox", { name: said.edit_label });
  await expect(editor).toHaveValue(/<Request>/);
  await editor.fill((await editor.inputValue()).replace("<Request>", "<Request><!-- again -->"));
  await expect(page.locator("#verdict")).toHaveText(said.edit_fine);
  await app.button(said.send).click();
  const question = app.question(words.operation.act.twice);
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: said.send_not }).click();
  await expect(question).toBeHidden();
  expect((await pixelpoint.printed()).length).toBe(1);
  await app.button(said.give_up).click();
  await expect(editor).toHaveCount(0);
});

test("another connection's exchange, and another operation's, are nothing here", async ({ app, page, hubrise, services, orders, words, expectedErrors }) => {
  expectedErrors.push(/404/);
  await connectWithToken({ app, page, hubrise, services });
  await go(app, "operations");
  const first = await orders.make();
  const second = await orders.make();
  await shown(page, second.id);
  await openExchange(app, page, first.id);
  const address = page.url();
  await page.goto(address.replace(/exchanges\/.*/, "exchanges/0000000000000000"));
  await app.ready();
  await expect(app.heading).toHaveText(words.problem.not_found.title);
  await page.goBack();
  await app.ready();
  await page.goto(address.replace(/operations\/[^/]+/, "operations/0000000000000000"));
  await app.ready();
  await expect(app.heading).toHaveText(words.problem.not_found.title);
});
