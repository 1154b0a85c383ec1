// Run the unit tests of the pure parts: esbuild makes JavaScript of each test, Node's own runner runs them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const output = mkdtempSync(join(HERE, "node_modules", ".tests-"));
const names = readdirSync(join(HERE, "test")).filter((name) => name.endsWith(".test.ts"));
try {
  await build({
    entryPoints: names.map((name) => join(HERE, "test", name)),
    outdir: output, outExtension: { ".js": ".mjs" }, bundle: true, platform: "node", format: "esm", sourcemap: "inline", logLevel: "warning",
  });
  const files = names.map((name) => join(output, name.replace(/\.ts$/, ".mjs")));
  const done = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit" });
  process.exitCode = done.status ?? 1;
} finally {
  rmSync(output, { recursive: true, force: true });
}
