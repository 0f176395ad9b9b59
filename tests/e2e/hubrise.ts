// What a person does on HubRise's pages (the sandbox's): signs in, chooses, authorises or refuses. In both languages, as the
// browser's language decides. Knows nothing of the console.
import type { Page } from "@playwright/test";

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
} as const;

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
