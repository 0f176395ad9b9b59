// What a person does on HubRise's pages (the sandbox's): signs in, chooses, authorises or refuses. In both languages, as the
// browser's language decides. Knows nothing of the console.
import type { Locator, Page } from "@playwright/test";

/** Who the sandbox knows. */
export const people = {
  /** One location, one catalog, one customer list. */
  nina: "nina@bella-pizza.example",
  /** Three locations, several catalogs and customer lists. */
  marc: "marc@dubois-restos.example",
  /** Two hundred locations. */
  ines: "ines@grande-chaine.example",
  /** An account HubRise suspended. */
  paul: "paul@suspendu.example",
  /** A location with neither catalog nor customer list yet. */
  lea: "lea@petit-nouveau.example",
  /** One location, whose menu is numbered for a PixelPoint till. */
  kate: "kate@harbor-grill.example",
} as const;

/** The vendors' support users, by slug: registered at HubRise, without access to anything until a manager gives it. */
export const support = {
  "pos-helper": "support@poshelper.fr",
  "carre-pos": "hubrise@carrepos.fr",
  "somm-it": "contact@somm-it.com",
  "pixelpoint-bridge": "contact@hubrise.com",
} as const;

/** What may be given in **CONFIGURATION** > **Permissions**. */
export type Role = "Manager" | "Admin";

/** What is picked on HubRise's pages, where there is something to pick. */
export interface Picked {
  /** The location, or the account when the till asks for a whole one. */
  place?: string;
  catalog?: string;
  list?: string;
}

export class HubRise {
  constructor(readonly page: Page) {}

  /** From the sign-in page to **Autoriser**. Who is signed in already stays so: leave `email` out. */
  async authorise(email: string | undefined, { place, catalog, list }: Picked = {}): Promise<void> {
    if (email) await this.signIn(email);
    if (place) await this.choosePlace(place);
    // **Suivant** stands there when any of the places leaves a choice, even if the one picked does not.
    const go = this.page.getByRole("button", { name: /^(Suivant|Next|Autoriser|Allow)$/ });
    if (/^(Suivant|Next)$/.test(await go.innerText())) await this.next();
    if (catalog) await this.chooseCatalog(catalog);
    if (list) await this.chooseCustomerList(list);
    await this.allow();
  }

  /**
   * Signs in to an application: from the sign-in page (or, without `email`, from the consent page of who is signed in) to
   * **Autoriser**. Where the profile was granted before HubRise shows no consent page: say so with `granted`.
   */
  async signInForProfile(email?: string, { granted = false }: { granted?: boolean } = {}): Promise<void> {
    if (email) await this.signIn(email);
    if (!granted) await this.allow();
  }

  /** Goes on as somebody else, from a consent page or one of the back office. */
  async useAnotherUser(): Promise<void> {
    await this.page.getByRole("button", { name: /^(Changer d'utilisateur|Use another user)$/ }).click();
  }

  /** HubRise's back office at the sandbox's address. */
  backOffice(url: string): BackOffice {
    return new BackOffice(this, url);
  }

  /** Signs in by pressing a seeded user's button. */
  async signIn(email: string): Promise<void> {
    await this.page.getByRole("button", { name: email }).click();
  }

  /** Signs in by typing an e-mail address. */
  async signInByTyping(email: string): Promise<void> {
    await this.page.getByLabel(/^(Adresse e-mail|E-mail address)$/).fill(email);
    await this.page.getByRole("button", { name: /^(Se connecter|Sign in)$/ }).click();
  }

  /** Picks the location (or the account, when the till asks for a whole one). */
  async choosePlace(name: string): Promise<void> {
    const label = /^(Point de vente|Location|Compte|Account)$/;
    await this.page.getByLabel(label).selectOption({ label: name });
  }

  async chooseCatalog(name: string): Promise<void> {
    await this.page.getByLabel(/^(Catalogue|Catalog)$/).selectOption({ label: name });
  }

  async chooseCustomerList(name: string): Promise<void> {
    await this.page.getByLabel(/^(Liste de clients|Customer list)$/).selectOption({ label: name });
  }

  /** Goes on to the catalog and the customer list. */
  async next(): Promise<void> {
    await this.page.getByRole("button", { name: /^(Suivant|Next)$/ }).click();
  }

  async allow(): Promise<void> {
    await this.page.getByRole("button", { name: /^(Autoriser|Allow)$/ }).click();
  }

  async deny(): Promise<void> {
    await this.page.getByRole("button", { name: /^(Refuser|Deny)$/ }).click();
  }
}

/** What a user of an account does in HubRise's back office. */
export class BackOffice {
  constructor(
    readonly hubrise: HubRise,
    readonly url: string,
  ) {}

  get page(): Page {
    return this.hubrise.page;
  }

  /**
   * Opens **CONNEXIONS** of an account (its id), signs in where an e-mail is given, and narrows the page to a location (its
   * name) where one is: an account with several needs that before anything can be connected.
   */
  async openConnections(account: string, { email, location }: { email?: string; location?: string } = {}): Promise<void> {
    await this.#open(`/accounts/${account}/connections`, email);
    if (location === undefined) return;
    await this.page.getByLabel(/^(Point de vente|Location)$/).selectOption({ label: location });
    await this.page.getByRole("button", { name: /^(Afficher|Show)$/ }).click();
  }

  /** Opens **CONFIGURATION** of an account (its id), and signs in where an e-mail is given. */
  async openSettings(account: string, { email }: { email?: string } = {}): Promise<void> {
    await this.#open(`/accounts/${account}/settings`, email);
  }

  /** **Connecter**, up to the app's consent page: **Autoriser** there leads to the app with a code. */
  async connectApp(app: string): Promise<void> {
    await this.page.getByRole("button", { name: new RegExp(`^(Connecter|Connect) ${app}$`) }).click();
  }

  /** **Ouvrir**: leads to the app with its installation's id. */
  async openApp(app: string, location?: string): Promise<void> {
    await this.#action("Ouvrir|Open", app, location).click();
  }

  /** **Déconnecter** > **Confirmer**; the page then says what the app answered when it was told. */
  async disconnectApp(app: string, location?: string): Promise<void> {
    await this.#action("Déconnecter|Disconnect", app, location).click();
    await this.#confirm();
  }

  /** **Bloquer** > **Confirmer**. */
  async blockApp(app: string, location?: string): Promise<void> {
    await this.#action("Bloquer|Block", app, location).click();
    await this.#confirm();
  }

  /** **Débloquer**. */
  async unblockApp(app: string, location?: string): Promise<void> {
    await this.page.getByRole("button", { name: named("Débloquer|Unblock", app, location) }).click();
  }

  /** What the page says of the app's answer after **Déconnecter**. */
  get told(): Locator {
    return this.page.getByRole("status");
  }

  /** The line of a user in **Permissions**. */
  user(email: string): Locator {
    return this.page.getByRole("row").filter({ hasText: email });
  }

  /** Gives a user access: e-mail, role, **+**. */
  async addPermission(email: string, role: Role = "Manager"): Promise<void> {
    await this.page.getByLabel(/^E-?mail$/).fill(email);
    await this.page.getByLabel(/^(Rôle|Role)$/).selectOption({ label: role });
    await this.page.getByRole("button", { name: /^\+/ }).click();
    await this.user(email).waitFor();
  }

  /** Takes a user's access away. */
  async removePermission(email: string): Promise<void> {
    await this.user(email).getByRole("button", { name: /^(Supprimer|Delete)/ }).click();
    await this.user(email).waitFor({ state: "detached" });
  }

  async #open(path: string, email: string | undefined): Promise<void> {
    await this.page.goto(`${this.url}${path}`);
    if (email) await this.hubrise.signIn(email);
  }

  async #confirm(): Promise<void> {
    await this.page.getByRole("button", { name: /^(Confirmer|Confirm)$/ }).click();
  }

  #action(words: string, app: string, location: string | undefined): Locator {
    return this.page.getByRole("link", { name: named(words, app, location) });
  }
}

/** An action's accessible name: what it does, to which app, and, where several are connected, at which location. */
function named(words: string, app: string, location: string | undefined): RegExp {
  return new RegExp(`^(${words}) ${app}${location === undefined ? "" : ` ${location}$`}`);
}
