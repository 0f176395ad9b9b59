// What the benches in a browser have in common: the line, the browser, and how a number is made of several.

/** Slow 4G: 150 ms a round trip, 1.6 Mb/s down, 0.75 Mb/s up. */
export const network = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
