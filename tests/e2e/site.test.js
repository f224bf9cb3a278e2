// The site as it is published: under any path, and what it has beside the page.
import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { address, DIST, NARROW, open, problem, running, show, useBrowser, WIDE } from "./playground.js";
import { serve } from "./server.js";

useBrowser();

const BELOW = "/a/b/";
const RECORD = new URL("requests.txt", import.meta.url);

let deep;
before(async () => { deep = await serve(DIST, BELOW); });
after(() => deep?.close());

/** What is asked of a site, each file once, with a star for the hash in its name. */
function record(context, site) {
  const seen = new Set();
  context.on("request", (request) => {
    const path = request.url().startsWith(site) ? `/${request.url().slice(site.length)}` : request.url();
    seen.add(`${request.method()} ${path.replace(/#.*/, "").replace(/[0-9a-f]{12,16}/g, "*")}`);
  });
  return seen;
}

/** What the privacy page calls a visit: a fix, each panel, a page about a rule, a link. */
async function visit(page) {
  await problem(page, "from-as-casing").getByRole("button", { name: /^Fix:/ }).click();
  for (const panel of ["Size", "Stages", "Explain", "Guide"]) await show(page, panel);
  await page.evaluate(() => { location.hash = "#rule/from-as-casing"; });
  await page.locator(".page-title").waitFor();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.locator(".toast", { hasText: "Link copied" }).waitFor();
}

for (const [where, site] of [["/", () => address], [BELOW, () => deep.address]]) {
  test(`under ${where} the page works and asks for nothing but what is recorded`, async () => {
    let seen, linter;
    const page = await open({
      site: site(),
      prepare: (context) => {
        seen = record(context, site());
        linter = context.waitForEvent("response", (response) => /shellcheck_bg\.wasm$/.test(response.url()));
      },
    });
    await linter;
    await visit(page);
    assert.deepEqual(page.trouble, []);
    const log = `${[...seen].sort().join("\n")}\n`;
    if (process.env.RECORD) await writeFile(RECORD, log);
    assert.equal(log, await readFile(RECORD, "utf8"), "RECORD=1 records them anew");
    await page.context().close();
  });
}

test("what is not what the build made it does not run", async () => {
  const page = await open({
    ready: false,
    prepare: (context) => context.route("**/*_bg.wasm", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: Buffer.concat([await response.body(), Buffer.from([0])]) });
    }),
  });
  await page.locator("#boot-status", { hasText: "could not start" }).waitFor();
  assert.ok(page.trouble.some((text) => /integrity/i.test(text)), page.trouble.join("\n"));
  await page.context().close();
});

test("a version has an address of its own, which nobody keeps for use without a network", async () => {
  const [version] = await readdir(join(DIST, "v"));
  assert.match(version, /^\d+\.\d+\.\d+$/);
  const page = await open({ site: `${address}v/${version}/`, serviceWorkers: "allow" });
  await problem(page, "from-as-casing").waitFor();
  // Longer than the page waits before it registers a service worker.
  await page.waitForTimeout(1_500);
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  assert.deepEqual(page.trouble, []);
  await page.context().close();
});

test("the privacy page shows the policy that the playground has, and every key that it uses", async () => {
  const page = await open();
  const policy = await page.locator("meta[http-equiv]").getAttribute("content");
  await page.getByRole("button", { name: /^Theme/ }).click();
  await page.locator("#source").press("End");
  await page.keyboard.type(" ");
  const keys = () => page.evaluate(() => Object.keys(localStorage).sort());
  await page.waitForFunction(() => localStorage.getItem("dockerfile-playground.draft"));
  const used = await keys();
  await page.getByRole("link", { name: "Nothing you type leaves your browser." }).click();
  await page.getByRole("heading", { name: "What stays in your browser" }).waitFor();
  assert.equal((await page.locator("pre").textContent()).replaceAll(";\n", "; "), policy);
  const listed = await page.locator("td:first-child code").allTextContents();
  assert.deepEqual(used.filter((key) => !listed.includes(key)), []);
  assert.ok(used.length >= 2);
  assert.deepEqual(page.trouble, []);
  await page.context().close();
});

test("a missing address has a page", async () => {
  const page = await open({ site: `${address}no/such/page`, ready: false });
  await page.getByRole("heading", { name: "There is nothing at this address" }).waitFor();
  const home = page.getByRole("link", { name: "To the playground" });
  // Below a path, only a build that knows its address can say where home is.
  if (new URL(address).pathname === "/") {
    await home.click();
    await running(page);
  } else assert.equal(await home.getAttribute("href"), "/");
  await page.context().close();
});

test("a browser may install it", async () => {
  const page = await open();
  const manifest = await page.evaluate(async () => (await fetch(document.querySelector("link[rel=manifest]").href)).json());
  assert.equal(manifest.display, "standalone");
  for (const { src, sizes } of manifest.icons) {
    const width = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return image.naturalWidth;
    }, src);
    assert.equal(`${width}x${width}`, sizes);
  }
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito"), []);
  assert.deepEqual(page.trouble, []);
  await page.context().close();
});

for (const name of ["privacy.html", "404.html"]) {
  for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
    for (const colorScheme of ["light", "dark"]) {
      test(`${name}, ${size}, ${colorScheme}`, async () => {
        const page = await open({ site: address + name, ready: false, viewport, colorScheme });
        await page.locator("h1").waitFor();
        const { violations } = await new AxeBuilder({ page }).analyze();
        assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
        await page.context().close();
      });
    }
  }
}
