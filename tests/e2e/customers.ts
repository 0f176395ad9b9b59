// Customers at HubRise: read, changed and anonymised behind the console's back.
import { Controls } from "./controls.ts";

/** Harbor Grill's customer, whom orders of the shape `known_customer` are for. */
export const OLIVIA = "zq4k3";

/** A customer as HubRise shows it, as far as a test looks. */
export interface Customer {
  id: string;
  customer_list_id: string;
  anonymised: boolean;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phone: string | null;
}

export class Customers {
  readonly #controls: Controls;

  constructor(sandbox: string) {
    this.#controls = new Controls(sandbox);
  }

  /** The customers of a list. */
  list(list: string): Promise<Customer[]> {
    return this.#controls.get(`customers?list=${encodeURIComponent(list)}`);
  }

  /** Changes a customer as somebody who is no connection would; whoever sees the list hears of it. */
  change(id: string, fields: Partial<Customer>): Promise<Customer> {
    return this.#controls.post(`customers/${id}`, fields);
  }

  /** Erases a customer's data, as HubRise does when somebody asks to be forgotten. */
  anonymise(id: string): Promise<Customer> {
    return this.#controls.post(`customers/${id}/anonymise`);
  }
}
