// SOMM'IT: a card for each till, a key, a reason, details, and an end after which only support can allow a beginning.
import { expect, people, SOMMIT, test } from "../../fixtures.ts";
import { TILL_KEY } from "../../services.ts";
import { atDesk } from "./support.ts";

test("in French: Connecter, Connectée, Détails, Déconnexion, Supprimer la connexion, Oui, then locked until support releases it", { tag: "@everywhere" }, async ({ app, page, hubrise, browser, services, words, watched, axe }) => {
  test.setTimeout(120_000);
  await app.open(SOMMIT);
  const tiller = app.card("Tiller");
  await expect(tiller.getByRole("button", { name: "Connecter" })).toBeEnabled();
  const disabled = app.card("L'Addition");
  await expect(disabled.getByRole("button", { name: "Connecter" })).toHaveAttribute("aria-disabled", "true");
  await expect(disabled).toContainText("Cette caisse est connectée par le support de SOMM'IT.");
  await expect(disabled.getByRole("link", { name: "Contacter le support de SOMM'IT" })).toHaveAttribute("href", /^mailto:/);
  await axe(page);

  await tiller.getByRole("button", { name: "Connecter" }).click();
  await hubrise.authorise(people.marc, { place: "Paris Bastille", catalog: "Bar Bastille" });
  await expect(page).toHaveURL(SOMMIT);
  await expect(tiller.getByText("Connectée", { exact: true })).toBeVisible();
  await expect(tiller).toContainText("Votre caisse est connectée.");
  await axe(page);

  await tiller.getByRole("button", { name: "Détails" }).click();
  const details = page.getByRole("dialog", { name: /^Détails\s: Tiller$/ });
  await expect(details).toBeVisible();
  for (const words of ["Dubois Restos", "5k8rd", "Paris Bastille", "5k8rd-1", "Bar Bastille", "c4tbr"]) {
    await expect(details.getByText(words, { exact: true })).toBeVisible();
  }
  await expect(app.fact("Liste de clients")).toHaveText("–");
  await axe(page);
  await details.getByRole("button", { name: "Déconnexion" }).click();
  const question = app.question("Supprimer la connexion");
  await expect(question).toContainText("Ensuite, seul le support de SOMM'IT pourra autoriser une nouvelle connexion.");
  await axe(page);
  await question.getByRole("button", { name: "Oui", exact: true }).click();

  await expect(tiller.getByText("Verrouillée", { exact: true })).toBeVisible();
  await expect(tiller).toContainText("Après une déconnexion, seul le support de SOMM'IT peut autoriser une nouvelle connexion.");
  await expect(tiller.getByRole("button", { name: "Connecter" })).toHaveCount(0);
  await expect(tiller.getByRole("link", { name: "Contacter le support de SOMM'IT" })).toBeVisible();
  await axe(page);

  const { desk } = await atDesk("somm-it", { browser, baseURL: services.console, locale: "fr-FR", words, watched });
  await desk.button("Libérer").click();
  await desk.dialog.getByRole("button", { name: "Libérer" }).click();
  await expect(tiller.getByRole("button", { name: "Connecter" })).toBeEnabled();
  await expect(app.announced).toHaveText("Le support a libéré cette caisse : elle peut être reconnectée.");
});

test("a till that asks for a key says a wrong one plainly, slows down after five, and goes on with the right one", async ({ app, page, hubrise, axe, expectedErrors }) => {
  expectedErrors.push(/status of 403/, /status of 429/);
  await app.open(SOMMIT);
  const zelty = app.card("Zelty");
  await zelty.getByRole("button", { name: "Connecter" }).click();
  const dialog = app.question("Clé d’identification");
  await expect(dialog).toContainText("Le support de SOMM'IT vous la donne.");
  await axe(page);
  const key = dialog.getByLabel("Clé d’identification");
  await expect(key).toBeFocused();
  const send = dialog.getByRole("button", { name: "Connecter" });
  await send.click();
  await expect(dialog.getByRole("alert")).toHaveText("Saisissez la clé.");
  for (let tries = 1; tries <= 5; tries += 1) {
    await key.fill(`faux-${tries}`);
    const answered = page.waitForResponse((answer) => answer.url().endsWith("/api/v1/attempts"));
    await send.click();
    await answered;
  }
  await expect(dialog.getByRole("alert")).toHaveText("Ce n’est pas la bonne clé. Vérifiez-la, ou contactez le support.");
  await key.fill(TILL_KEY);
  await send.click();
  await expect(dialog).toContainText(/Trop de clés erronées\. Réessayez dans 0:[0-3]\d\./);
  await expect(send).toHaveAttribute("aria-disabled", "true");
  await axe(page);
  await expect(send).not.toHaveAttribute("aria-disabled", "true", { timeout: 40_000 });
  await send.click();
  await hubrise.authorise(people.nina);
  await expect(page).toHaveURL(SOMMIT);
  await expect(zelty.getByText("Connectée", { exact: true })).toBeVisible();
});

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("Connect, Connected, Details, Disconnection, Delete the connection, Yes, then locked", async ({ app, page, hubrise, axe }) => {
    await app.open(SOMMIT);
    const tiller = app.card("Tiller");
    await tiller.getByRole("button", { name: "Connect", exact: true }).click();
    await hubrise.authorise(people.nina);
    await expect(tiller.getByText("Connected", { exact: true })).toBeVisible();
    await tiller.getByRole("button", { name: "Details" }).click();
    await expect(app.fact("Customer list")).toHaveText("–");
    await axe(page);
    await page.getByRole("dialog").getByRole("button", { name: "Disconnection" }).click();
    await app.question("Delete the connection").getByRole("button", { name: "Yes", exact: true }).click();
    await expect(tiller.getByText("Locked", { exact: true })).toBeVisible();
    await expect(tiller).toContainText("only SOMM'IT’s support can allow a new connection");
    await axe(page);
  });
});
