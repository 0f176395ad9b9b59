// Every word the app shows, from the app's own files, for specs that walk through many screens. Where the very word matters
// a spec spells it out instead. Decides nothing.
import en from "../../locales/en.json" with { type: "json" };
import fr from "../../locales/fr.json" with { type: "json" };

/** One language's words. */
export type Words = typeof fr;

/** What a failure's screen says. */
export type Failure = Words["problem"]["offline"];

/** The name of a failure that has words of its own. */
export type FailureName = Exclude<keyof Words["problem"], "reference">;

export const words: Record<"fr" | "en", Words> = { fr, en };

/** The words of a browser's language. */
export function wordsOf(locale: string): Words {
  return locale.startsWith("fr") ? fr : en;
}

/** Puts values in the place of a text's `{{ names }}`. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => values[name] ?? whole);
}
