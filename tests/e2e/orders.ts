// Orders at HubRise: made by nobody's application, one by one or in a stream, changed and read behind the console's back.
import { Controls } from "./controls.ts";

/** Harbor Grill in Boston: numbered for a PixelPoint till, in dollars, on New York's time. Kate's. */
export const HARBOR = {
  account: ["Harbor Grill", "6h4rb"],
  location: ["Boston", "6h4rb-1"],
  catalog: ["Menu 2026", "w2men"],
  list: ["Web customers", "w3cus"],
} satisfies Record<string, [string, string]>;

/** An order as HubRise shows it, as far as a test looks. */
export interface Order {
  id: string;
  location_id: string;
  ref: string | null;
  status: string;
  created_at: string;
  total: string | null;
  items: { id: string; product_name: string; sku_ref: string | null; deleted: boolean }[];
  customer: { email: string | null; first_name: string | null; last_name: string | null } | null;
  custom_fields: Record<string, unknown>;
}

/** A rush, which ends, or a trickle, which does not. */
export interface Stream {
  id: number;
  kind: "rush" | "trickle";
  made: number;
  over: boolean;
}

export class Orders {
  readonly #controls: Controls;

  constructor(sandbox: string) {
    this.#controls = new Controls(sandbox);
  }

  /** The shapes an order can be asked for in, by name. */
  shapes(): Promise<{ name: string; what: string }[]> {
    return this.#controls.get("orders/shapes");
  }

  /** Makes an order of a shape at a location (its id or name); every connection there hears of it. */
  async make(shape = "plain", location: string = HARBOR.location[1]): Promise<Order> {
    return first(await this.#controls.post<Order[]>("orders", { location, shape }));
  }

  /** Makes an order that is exactly as given: a bare amount (`"8.50"`) is in the location's currency. */
  async put(order: Record<string, unknown>, location: string = HARBOR.location[1]): Promise<Order> {
    return first(await this.#controls.post<Order[]>("orders", { location, order }));
  }

  /** An order as it is now. */
  get(id: string): Promise<Order> {
    return this.#controls.get(`orders/${id}`);
  }

  /** The last 500 orders of a location or an account, oldest first. */
  list(place: string = HARBOR.location[1]): Promise<Order[]> {
    return this.#controls.get(`orders?location=${encodeURIComponent(place)}`);
  }

  /** Changes an order as somebody who is no connection would, so that every connection hears of it. */
  change(id: string, fields: Record<string, unknown>): Promise<Order> {
    return this.#controls.post(`orders/${id}`, fields);
  }

  cancel(id: string): Promise<Order> {
    return this.change(id, { status: "cancelled" });
  }

  /** So many orders a second for so long, at a location or at all of an account's in turn. */
  rush(perSecond: number, seconds: number, place: string = HARBOR.location[1], shapes?: string[]): Promise<Stream> {
    return this.#controls.post("orders/rush", { location: place, per_second: perSecond, seconds, shapes });
  }

  /** An order now, and one every so often until it is stopped. */
  trickle(everySeconds: number, place: string = HARBOR.location[1], shapes?: string[]): Promise<Stream> {
    return this.#controls.post("orders/trickle", { location: place, every_seconds: everySeconds, shapes });
  }

  /** Ends every rush and trickle. */
  async stop(): Promise<void> {
    await this.#controls.post("orders/stop");
  }

  streams(): Promise<Stream[]> {
    return this.#controls.get("orders/streams");
  }
}

function first<T>(list: T[]): T {
  const [only] = list;
  if (only === undefined) throw new Error("no order was made");
  return only;
}
