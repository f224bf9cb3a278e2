// Without a network: from the service worker while no server runs, and from one file.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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

/** Changes a file of a copied site, and with `honest` what its service worker expects of it. */
async function change(folder, from, to, honest) {
  const hash = (content) => createHash("sha256").update(content).digest("base64");
  const file = join(folder, "index.html");
  const before = await readFile(file, "utf8");
  const after = before.replace(from, to);
  await writeFile(file, after);
  const worker = await readFile(join(folder, "sw.js"), "utf8");
  assert.ok(worker.includes(hash(before)));
  await writeFile(join(folder, "sw.js"), worker.replace(hash(before), honest ? hash(after) : hash("another text")));
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
  await change(folder, `<title>${old}`, "<title>Damaged", false);
  await update().catch(() => {});
  await page.waitForFunction(async () => !(await navigator.serviceWorker.getRegistration()).installing);
  await page.reload();
  await title(old);

  await Promise.all(files.map((file, at) => writeFile(file, originals[at])));
  await change(folder, `<title>${old}`, "<title>The next version", true);
  await update();
  const button = page.getByRole("button", { name: "Update" });
  await button.waitFor();
  await title(old);
  await button.click();
  await title("The next version");
  await running(page);
  assert.equal(await text(page), "FROM scratch\n");
  assert.equal(await button.count(), 0);
  const names = await page.evaluate(() => caches.keys());
  assert.deepEqual(names, ["dockerfile-playground /"]);
  const copies = await page.evaluate(async (name) => {
    const requests = await (await caches.open(name)).keys();
    return requests.filter(({ url }) => new URL(url).pathname === "/").length;
  }, names[0]);
  assert.equal(copies, 1, "the old version is gone");
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
