// Packs packages/embed as npm would publish it, and uses it as a stranger does: the checks of
// publint and "are the types wrong", the TypeScript compiler, two bundlers, and import on a server:
//   node tests/embed/package.mjs
//
// The tools are installed into a temporary folder, which WORK may name. The page is that of DIST,
// else of dist/.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { serve } from "../e2e/server.js";

const HERE = import.meta.dirname;
const PACKAGE = join(HERE, "../../packages/embed");
const { chromium } = createRequire(join(HERE, "../e2e/package.json"))("playwright-core");
const WORK = resolve(process.env.WORK ?? mkdtempSync(join(tmpdir(), "package-")));
const DIST = resolve(process.env.DIST ?? join(HERE, "../../dist"));
const TOOLS = ["typescript@7.0.2", "publint@0.3.25", "@arethetypeswrong/cli@0.18.5", "vite@8.3.8", "webpack@5.112.2", "webpack-cli@7.3.1"];

function run(folder, command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw Error(`${command} ${args.join(" ")}: ${error?.message ?? `exit code ${status}`}`);
}

const npm = (...args) => run(WORK, "npm", ...args, "--no-audit", "--no-fund", "--loglevel=error");
const tool = (name, ...args) => run(WORK, join(WORK, "node_modules/.bin", name), ...args);

mkdirSync(WORK, { recursive: true });
writeFileSync(join(WORK, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
for (const old of readdirSync(WORK).filter((name) => name.endsWith(".tgz"))) rmSync(join(WORK, old));
run(WORK, "npm", "pack", "--silent", PACKAGE);
const packed = join(WORK, readdirSync(WORK).find((name) => name.endsWith(".tgz")));
npm("install", packed, ...TOOLS);

tool("publint", "--strict", packed);
// It is a module for browsers; what is CommonJS takes it by `import()`.
tool("attw", packed, "--profile", "esm-only");
run(WORK, process.execPath, "--eval", 'import("dockerfile-playground-embed").then(({ defaults, mount, upgrade }) => { if (!defaults || !mount || !upgrade) process.exit(1); })');

const playground = await serve(DIST);
const source = readFileSync(join(HERE, "npm/consumer.ts"), "utf8");
writeFileSync(join(WORK, "consumer.ts"), source);
for (const resolution of ["bundler", "nodenext"]) {
  const module = resolution === "bundler" ? "esnext" : "nodenext";
  tool("tsc", "--strict", "--target", "es2024", "--lib", "es2024,dom,dom.iterable", "--module", module, "--moduleResolution", resolution, "--outDir", join(WORK, "compiled"), join(WORK, "consumer.ts"));
}
const script = readFileSync(join(WORK, "compiled/consumer.js"), "utf8").replace("https://playground.example/", playground.address);
writeFileSync(join(WORK, "main.js"), script);
writeFileSync(join(WORK, "index.html"), '<!doctype html><html lang="en"><title>A page</title><body><script type="module" src="./main.js"></script></body></html>');
tool("vite", "build", "--logLevel", "error", "--outDir", join(WORK, "vite"), "--emptyOutDir");
tool("webpack", "--mode", "production", "--entry", "./main.js", "--output-path", join(WORK, "webpack"), "--stats", "errors-warnings");
cpSync(join(WORK, "index.html"), join(WORK, "webpack/index.html"));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
for (const bundler of ["vite", "webpack"]) {
  const site = await serve(join(WORK, bundler));
  const page = await browser.newPage();
  page.on("pageerror", ({ message }) => { throw Error(`${bundler}: ${message}`); });
  await page.goto(site.address);
  await page.waitForFunction(() => document.title.includes("warnings, first"));
  console.log(`${bundler}: ${await page.title()}`);
  await page.close();
  site.close();
}
await browser.close();
playground.close();
