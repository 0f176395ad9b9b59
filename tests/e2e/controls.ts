// One control call of the sandbox: JSON in, JSON out, and an error that says what was asked. What can be asked stands in
// sandbox.ts, orders.ts, callbacks.ts and pixelpoint.ts.

export class Controls {
  constructor(readonly url: string) {}

  async get<T>(name: string): Promise<T> {
    return this.#call("GET", name);
  }

  async post<T>(name: string, body: unknown = {}): Promise<T> {
    return this.#call("POST", name, body);
  }

  async delete<T>(name: string): Promise<T> {
    return this.#call("DELETE", name, {});
  }

  async #call<T>(method: "GET" | "POST" | "DELETE", name: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/_sandbox/${name}`, {
      method,
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} /_sandbox/${name} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
