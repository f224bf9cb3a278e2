// Asks Lighthouse, as a phone, about pages of dist/ that nginx serves:
//   node tests/servers/lighthouse.mjs [PATH...]
//
// It is installed into a temporary folder, which WORK may name. The figures of "performance" come
// from the time that this machine takes, so nothing else may run on it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { start } from "./servers.mjs";

const VERSION = "12.8.2";
const PAGES = ["", "embed.html?view=editor", "guide/", "guide/scratch/", "rules/no-user/", "privacy.html", "404.html"];
const METRICS = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"];
const WORK = resolve(process.env.WORK ?? mkdtempSync(join(tmpdir(), "lighthouse-")));

const entry = join(WORK, "node_modules/lighthouse/core/index.js");
if (!existsSync(entry)) spawnSync("npm", ["install", "--no-audit", "--no-fund", "--prefix", WORK, `lighthouse@${VERSION}`], { stdio: "inherit" });
const { default: lighthouse } = await import(pathToFileURL(entry));

const profile = mkdtempSync(join(tmpdir(), "lighthouse-profile-"));
const chromium = spawn(process.env.CHROMIUM ?? "/usr/bin/chromium", ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"], { stdio: "ignore" });
const announced = join(profile, "DevToolsActivePort");
for (let tries = 0; tries < 100 && !existsSync(announced); tries += 1) await new Promise((done) => setTimeout(done, 100));
const port = Number(readFileSync(announced, "utf8").split("\n")[0]);

const server = await start("nginx");
for (const path of process.argv.length > 2 ? process.argv.slice(2) : PAGES) {
  const { lhr } = await lighthouse(server.site + path, { port, logLevel: "error", onlyCategories: ["performance", "accessibility", "best-practices", "seo"] });
  const scores = Object.values(lhr.categories).map(({ score }) => Math.round(score * 100));
  console.log(`/${path}: ${scores.join(" / ")}; ${METRICS.map((name) => `${name} ${lhr.audits[name].displayValue}`).join(", ")}`);
  for (const category of ["accessibility", "best-practices", "seo"]) {
    const lost = lhr.categories[category].auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1);
    for (const { id } of lost) console.log(`  ${category}: ${id}`);
  }
}
await server.end();
chromium.kill();
process.exit(0);
