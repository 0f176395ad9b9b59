// What waits on the support desk: requests answered, locked tills released.
import { BELLA, expect, people } from "../fixtures.ts";
import { support } from "../hubrise.ts";
import { wordsOf } from "../words.ts";
import { test } from "./desk.ts";
import { call } from "./merchant.ts";

/** Nina's account and location at HubRise. */
const [, ACCOUNT] = BELLA.account;
const [, PARIS] = BELLA.location;

test.describe("requests", () => {
  test("support connects on a merchant's request, whose page turns by itself", { tag: "@everywhere" }, async ({ page, app, desk, hubrise, merchant, sandbox, axe }) => {
    const nina = await merchant("carre-pos", people.nina);
    await nina.signIn();
    await nina.request("caisse", PARIS, "Paris", "fr");
    await nina.page.goto("/carre-pos/caisse");
    await expect(nina.page.getByRole("heading", { level: 1 })).toHaveText("Demande envoyée au support");
    await sandbox.addUser(ACCOUNT, support["carre-pos"]);

    const carre = desk("carre-pos");
    await carre.signIn();
    const waiting = carre.card("Demandes en attente");
    for (const told of ["Nina Costa", people.nina, "Paris", PARIS, "en français"]) await expect(waiting).toContainText(told);
    await waiting.getByRole("button", { name: `Copier l’identifiant ${PARIS}` }).click();
    await expect(app.announced).toHaveText(`Copié\u00a0: ${PARIS}`);
    await expect(page.getByText("Aucune connexion pour l’instant")).toBeVisible();
    await axe(page);
    await waiting.getByRole("button", { name: "Connecter" }).click();
    await hubrise.authorise(undefined);
    await expect(page).toHaveURL("/carre-pos/caisse");
    await expect(app.heading).toHaveText("Connecté à HubRise");
    await expect(nina.page.getByRole("heading", { level: 1 })).toHaveText("Connecté à HubRise");

    await carre.open();
    await expect(waiting).toBeHidden();
    await expect(carre.row("Bella Pizza")).toContainText("ouvert");
    await expect(page.getByRole("main")).toContainText("1 connexion");
  });

  test("declining answers in the merchant's language, whatever support's", async ({ page, app, desk, merchant, axe }) => {
    const marc = await merchant("carre-pos", people.marc, "en-GB");
    await marc.signIn();
    await marc.request("caisse", "zzzzz", "Bastille", "en");

    const carre = desk("carre-pos");
    await carre.signIn();
    const waiting = carre.card("Demandes en attente");
    await waiting.getByRole("group", { name: "Marc Dubois" }).getByRole("button", { name: "Refuser" }).click();
    await expect(carre.dialog).toHaveAccessibleName("Refuser la demande de Marc Dubois\u00a0?");
    const answer = carre.dialog.getByRole("textbox", { name: "Votre réponse, en anglais" });
    await expect(answer).toHaveValue(/^Hello Marc Dubois,[^]*Bastille[^]*zzzzz[^]*hubrise@carrepos\.fr[^]*Manager/);
    await axe(page);
    await answer.fill("  ");
    await carre.dialog.getByRole("button", { name: "Envoyer et refuser" }).click();
    await expect(carre.dialog).toContainText("Écrivez d’abord une réponse.");
    await expect(answer).toBeFocused();
    await answer.fill("There is no location zzzzz.");
    await carre.dialog.getByRole("button", { name: "Envoyer et refuser" }).click();
    await expect(carre.dialog).toBeHidden();
    await expect(waiting).toBeHidden();
    await expect(app.announced).toHaveText("La demande est refusée, et votre réponse est envoyée.");
    await expect(app.main).toBeFocused();

    await marc.page.goto("/carre-pos/caisse");
    await expect(marc.page.getByRole("heading", { level: 1 })).toHaveText(wordsOf("en").asking.declined);
    await expect(marc.page.getByRole("main")).toContainText("There is no location zzzzz.");
  });

  test("a request that somebody else has answered meanwhile is said so, and goes", async ({ page, app, desk, merchant, expectedErrors }) => {
    expectedErrors.push(/status of 404/);
    const marc = await merchant("carre-pos", people.marc);
    await marc.signIn();
    await marc.request("caisse", "zzzzz", "Bastille", "fr");
    const carre = desk("carre-pos");
    await carre.signIn();
    const waiting = carre.card("Demandes en attente");
    await waiting.getByRole("button", { name: "Refuser" }).click();
    const top = JSON.parse((await call(page, "GET", "/vendors/carre-pos/desk")).text) as { requests: { id: string }[] };
    await call(page, "POST", `/vendors/carre-pos/desk/requests/${top.requests[0]?.id}/decline`, { answer: "Non." });
    await carre.dialog.getByRole("button", { name: "Envoyer et refuser" }).click();
    await expect(app.announced).toHaveText("Quelqu’un d’autre a été plus rapide\u00a0: c’est déjà fait.");
    await expect(waiting).toBeHidden();
  });
});

test("a locked till is released, with its consequence said before", { tag: "@everywhere" }, async ({ page, app, desk, merchant, axe }) => {
  const nina = await merchant("somm-it", people.nina);
  await nina.disconnect(await nina.connect("tiller"));

  const somm = desk("somm-it");
  await somm.signIn();
  const locked = somm.card("Caisses verrouillées");
  await expect(locked).toContainText("Bella Pizza · Paris");
  await axe(page);
  await locked.getByRole("button", { name: "Libérer" }).click();
  await expect(somm.dialog).toContainText("Bella Pizza · Paris pourra reconnecter cette caisse aussitôt.");
  await page.keyboard.press("Escape");
  await expect(locked).toBeVisible();
  await locked.getByRole("button", { name: "Libérer" }).click();
  await axe(page);
  await somm.dialog.getByRole("button", { name: "Libérer" }).click();
  await expect(locked).toBeHidden();
  await expect(app.announced).toHaveText("La caisse est libérée.");
  await nina.connect("tiller");
});
