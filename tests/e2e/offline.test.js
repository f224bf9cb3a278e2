// Without a network: from the service worker while no server runs, and from one file.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { DIST, NARROW, open, problem, running, show, text, useBrowser, WIDE, write } from "./playground.js";
import { serve } from "./server.js";

useBrowser();

const BASHISM = "FROM debian:13-slim\nRUN [[ -f /etc/passwd ]] && echo found\nUSER 1000\nCMD [\"bash\"]\n";

const finish = async (page) => {
  assert.deepEqual(page.trouble, []);
  await page.context().close();
};

/** All that is loaded after the page: the linter of shell scripts, the workshop, pages and messages. */
async function usesEverything(page) {
  await write(page, BASHISM);
  await problem(page, "SC3010").waitFor();
  await write(page, "from scratch\n");
  await page.getByRole("button", { name: "Format" }).click();
  await page.locator(".toast").waitFor();
  assert.equal(await text(page), "FROM scratch\n");
  await page.evaluate(() => { location.hash = "#rule/from-as-casing"; });
  await page.locator(".page-title").waitFor();
  await show(page, "Explain");
  await page.getByLabel("Paste an error message").fill("exec /server: no such file or directory");
  await page.locator(".explanation").first().waitFor();
}

/** Waits until a service worker has kept everything and serves the page. */
const kept = (page) => page.evaluate(async () => {
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) {
    await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  }
});

test("after one visit it works while no server runs", async () => {
  const server = await serve(DIST, "/a/b/");
  const page = await open({ site: server.address, serviceWorkers: "allow" });
  await kept(page);
  server.close();
  await page.context().setOffline(true);
  await page.goto(`${server.address}?from=elsewhere`);
  await running(page);
  await usesEverything(page);
  await page.goto(`${server.address}privacy.html`);
  await page.getByRole("heading", { name: "How to check it" }).waitFor();
  // No such page was ever there; offline, the playground is the better answer.
  await page.goto(`${server.address}no/such/page`);
  await page.locator("#source").waitFor();
  page.trouble = page.trouble.filter((line) => !/ERR_INTERNET_DISCONNECTED/.test(line));
  await page.context().close();
});

const hash = (kind, content) => createHash(kind).update(content).digest("base64");
const put = (text, from, to) => (assert.ok(text.includes(from), from), text.replaceAll(from, to));

/** Changes a copied site into another version, whose service worker expects `claimed` of its page. */
async function change(folder, title, claimed = (html) => html) {
  const read = (name) => readFile(join(folder, name), "utf8");
  const page = await read("index.html");
  const next = put(page, /<title>[^<]*/.exec(page)[0], `<title>${title}`);
  await writeFile(join(folder, "index.html"), next);
  await writeFile(join(folder, "sw.js"), put(await read("sw.js"), hash("sha256", page), hash("sha256", claimed(next))));
}

const NEXT_STYLE = "main-0000000000000001.css";

/** Gives the style sheet of a copied site another content and name, and takes the old one away. */
async function restyle(folder) {
  const read = (name) => readFile(join(folder, name), "utf8");
  const page = await read("index.html");
  const [, old] = /href="\.\/(main-[^"]*\.css)"/.exec(page);
  const style = await read(old);
  const next = `${style}:root { --version: next; }`;
  await rename(join(folder, old), join(folder, NEXT_STYLE));
  await writeFile(join(folder, NEXT_STYLE), next);
  await writeFile(join(folder, "index.html"), put(put(page, old, NEXT_STYLE), hash("sha384", style), hash("sha384", next)));
  const worker = put(put(await read("sw.js"), old, NEXT_STYLE), hash("sha256", style), hash("sha256", next));
  await writeFile(join(folder, "sw.js"), put(worker, hash("sha256", page), hash("sha256", await read("index.html"))));
  return old;
}

test("a new version waits until it is asked for, and a damaged one never comes", async () => {
  const folder = await mkdtemp(join(tmpdir(), "playground-"));
  await cp(DIST, folder, { recursive: true, filter: (path) => !/\/(v|download)$/.test(path) });
  const server = await serve(folder);
  const page = await open({ site: server.address, serviceWorkers: "allow" });
  await kept(page);
  await write(page, "FROM scratch\n");
  const update = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const title = (name) => page.waitForFunction((name) => document.title === name, name);
  const old = await page.title();

  const files = ["index.html", "sw.js"].map((name) => join(folder, name));
  const originals = await Promise.all(files.map((file) => readFile(file, "utf8")));
  await change(folder, "Damaged", () => "another text");
  await update().catch(() => {});
  await page.waitForFunction(async () => !(await navigator.serviceWorker.getRegistration()).installing);
  await page.reload();
  await title(old);

  await Promise.all(files.map((file, at) => writeFile(file, originals[at])));
  const style = await restyle(folder);
  await change(folder, "The next version");
  await update();
  const button = page.getByRole("button", { name: "Update" });
  await button.waitFor();
  await title(old);
  // The server has the next version only; what is not asked for anew is the old one, and all of it.
  assert.equal((await fetch(server.address + style)).status, 404);
  const version = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--version"));
  const styled = () => page.evaluate(() => document.styleSheets[0].cssRules.length > 0);
  await page.reload();
  await running(page);
  await title(old);
  assert.deepEqual([await version(), await styled()], ["", true]);
  await button.click();
  await title("The next version");
  await running(page);
  assert.deepEqual([await version(), await styled()], ["next", true]);
  assert.equal(await text(page), "FROM scratch\n");
  assert.equal(await button.count(), 0);
  const names = await page.evaluate(() => caches.keys());
  assert.deepEqual(names, ["dockerfile-playground /"]);
  const copies = await page.evaluate(async (name) => {
    const requests = await (await caches.open(name)).keys();
    return requests.map(({ url }) => new URL(url).pathname).filter((path) => path === "/" || path.startsWith("/main-"));
  }, names[0]);
  assert.deepEqual(copies.sort(), ["/", `/${NEXT_STYLE}`], "the old version is gone");
  await page.context().close();
  server.close();
  await rm(folder, { recursive: true });
});

const FILE = pathToFileURL(join(DIST, "download", "dockerfile-playground.html")).href;

for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
  test(`one file opens without a server or a network: ${size}`, async () => {
    const page = await open({ site: FILE, viewport, offline: true });
    if (size === "wide") {
      await usesEverything(page);
      await write(page, "FROM busybox\n");
      await page.waitForFunction(() => localStorage.getItem("dockerfile-playground.draft")?.includes("busybox"));
      await page.goto(FILE);
      await running(page);
      assert.equal(await text(page), "FROM busybox\n");
    } else {
      await show(page, "Problems");
      await problem(page, "from-as-casing").waitFor();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
    }
    const policy = await page.locator("meta[http-equiv]").getAttribute("content");
    assert.match(policy, /default-src 'none'; .*connect-src 'none';/);
    assert.doesNotMatch(policy, /'self'|https?:|\*/);
    await finish(page);
  });
}
