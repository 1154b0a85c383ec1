// Bundle the page: `node build.mjs OUTPUT`. Writes report.js, report.css, world.json and LICENSES.txt.
// Each file in src/ that is named in ENTRIES becomes a bundle of its own.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { world } from "./world.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ENTRIES = ["report", "service"].filter((name) => existsSync(join(HERE, "src", `${name}.ts`)));
const output = resolve(process.argv[2] ?? join(HERE, "dist"));

mkdirSync(output, { recursive: true });

const bundled = await build({
  entryPoints: ENTRIES.map((name) => join(HERE, "src", `${name}.ts`)),
  outdir: output,
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  target: ["es2020", "chrome100", "firefox100", "safari15"],
  loader: { ".png": "dataurl", ".svg": "dataurl", ".gif": "dataurl" },
  legalComments: "none", // LICENSES.txt has them in full
  metafile: true,
  logLevel: "warning",
});

writeFileSync(join(output, "world.json"), JSON.stringify(world()));
const packages = packagesOf(Object.keys(bundled.metafile.inputs));
packages.set("world-atlas", join(HERE, "node_modules", "world-atlas"));
writeFileSync(join(output, "LICENSES.txt"), licences(packages));

/** Folder of every npm package that a bundled file comes from, by name. */
function packagesOf(inputs) {
  const found = new Map();
  for (const input of inputs) {
    const match = /^(.*node_modules\/)((?:@[^/]+\/)?[^/]+)\//.exec(input.replaceAll("\\", "/"));
    if (match) found.set(match[2], resolve(match[1], match[2]));
  }
  return found;
}

/** Name, version and full licence text of each package. */
function licences(packages) {
  const parts = ["Third-party code and data in the page of frontledger's report."];
  for (const [name, folder] of [...packages].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((one) => /^licen[cs]e(\.|$)/i.test(one));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : "(the package has no licence file)";
    parts.push(`${name} ${about.version} (${about.license})\n${about.homepage ?? ""}\n\n${text}`);
  }
  parts.push("Land and borders: Natural Earth (naturalearthdata.com), public domain. Borders are de facto.");
  return parts.join(`\n\n${"-".repeat(72)}\n\n`) + "\n";
}
