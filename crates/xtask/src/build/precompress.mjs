// Run by precompress.rs: node --eval … FOLDER. Writes .br and .gz beside every file over 1 kB that is not one already.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[1];
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath ?? entry.path, entry.name);
  if (!entry.isFile() || /\.(br|gz)$/.test(file)) continue;
  const raw = readFileSync(file);
  const made = {
    br: () =>
      brotliCompressSync(raw, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_LGWIN]: 24,
          [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
        },
      }),
    gz: () => gzipSync(raw, { level: 9 }),
  };
  for (const [extension, compress] of Object.entries(made)) {
    const sibling = `${file}.${extension}`;
    const packed = raw.length > 1000 ? compress() : raw;
    // What compression makes no smaller (pictures, fonts) is served as it is.
    if (packed.length < raw.length * 0.95) writeFileSync(sibling, packed);
    else rmSync(sibling, { force: true });
  }
}
