// PixelPoint's stand-in: how its stores behave, whether it can be reached, and what its kitchen printed.
import { Controls } from "./controls.ts";

/** The API token of the store that is there from the start: the example of HubRise's documentation. */
export const API_TOKEN = "YT6eR2-CEED65AD33823A5B";

/** How a store behaves; each but the first goes wrong in a way that is known. */
export type StoreMode =
  | "accept"
  | "wrong_token"
  | "store_offline"
  | "unknown_product"
  | "exception"
  | "slow"
  | "accept_then_drop"
  | "drop"
  | "nonsense"
  | "total_mismatch";

/** An order as the kitchen got it. */
export interface Receipt {
  number: number;
  token: string;
  /** How often this same order had come out, this time included. */
  time: number;
  customer: string;
  total: string;
  debug: boolean;
  order: {
    sale_type: string | null;
    schedule_time: string | null;
    items: {
      id: number;
      parent: number;
      product: string | null;
      coupon: string | null;
      description: string;
      cost_each: string;
      quantity: string;
    }[];
    payments: { method: string; tender: string; tip: string | null }[];
    footer: string | null;
    member: Record<string, string>;
    paid: string;
  };
}

/** A request PixelPoint got. */
export interface Heard {
  number: number;
  /** `order`, `products`… */
  wanted: string | null;
  store: string | null;
  debug: boolean;
  mode: StoreMode;
  /** The receipt's number, where it was printed. */
  printed: number | null;
  /** What was said to be wrong with it. */
  refused: string | null;
}

interface Printed {
  count: number;
  different: number;
  doubles: { number: number; time: number }[];
  orders: Receipt[];
}

export class PixelPoint {
  readonly #controls: Controls;

  constructor(sandbox: string) {
    this.#controls = new Controls(sandbox);
  }

  /** How the store behaves from now on, or for so many requests. */
  async behave(mode: StoreMode, { times, delay_ms }: { times?: number; delay_ms?: number } = {}): Promise<void> {
    await this.#controls.post("pixelpoint/mode", { token: API_TOKEN, mode, times, delay_ms });
  }

  /** Closed, connections are refused: nothing can have been sent. */
  async door(open: boolean): Promise<void> {
    await this.#controls.post("pixelpoint/door", { open });
  }

  /** A store more. */
  async addStore(token: string, name: string): Promise<void> {
    await this.#controls.post("pixelpoint/stores", { token, name });
  }

  /** Everything the kitchen printed, oldest first. */
  async printed(): Promise<Receipt[]> {
    return (await this.#printed()).orders;
  }

  /** How many orders came out more than once. */
  async doubles(): Promise<number> {
    return (await this.#printed()).doubles.length;
  }

  /** The last 500 requests, oldest first. */
  async requests(): Promise<Heard[]> {
    return (await this.#controls.get<{ requests: Heard[] }>("pixelpoint/requests")).requests;
  }

  #printed(): Promise<Printed> {
    return this.#controls.get("pixelpoint/printed");
  }
}
