// The module of what no key stroke needs: loaded when it is first wanted, and not before.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, text, useBrowser, write } from "./playground.js";

useBrowser();

const format = (page) => page.getByRole("button", { name: "Format", exact: true }).click();

function requests(page) {
  const seen = [];
  page.on("request", (request) => seen.push(request.url()));
  return () => seen.filter((url) => url.includes("/workshop/"));
}

test("the workshop is loaded by the first wish, once, from names with a hash", async () => {
  const page = await open();
  const seen = requests(page);
  await page.reload();
  await page.locator("html[data-running]").waitFor({ state: "attached" });
  await write(page, "from alpine:3.23\n");
  assert.deepEqual(seen(), []);
  await format(page);
  await page.locator(".toast", { hasText: "Formatted" }).waitFor();
  assert.equal(await text(page), "FROM alpine:3.23\n");
  const loaded = seen().map((url) => url.split("/").pop());
  assert.equal(loaded.length, 2, loaded.join());
  for (const name of loaded) assert.match(name, /^workshop-[0-9a-f]{16}(\.js|_bg\.wasm)$/);
  await write(page, "from alpine:3.22\n");
  await format(page);
  await page.waitForFunction(() => document.querySelector("#source").value === "FROM alpine:3.22\n");
  assert.equal(seen().length, 2);
  assert.deepEqual(page.trouble, []);
  await page.context().close();
});

for (const [what, file] of [["script", "**/workshop-*.js*"], ["module", "**/workshop-*.wasm"]]) {
  test(`without the ${what} of the workshop the page says so, and another try works`, async () => {
    const page = await open();
    await page.route(file, (route) => route.abort());
    await write(page, "from alpine:3.23\n");
    await format(page);
    const notice = page.locator(".notice", { hasText: "could not be loaded" });
    await notice.waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForTimeout(200);
    assert.equal(await text(page), "from alpine:3.23\n");
    await page.unroute(file);
    await notice.getByRole("button", { name: "Try again" }).click();
    await page.waitForFunction(() => document.querySelector("#source").value === "FROM alpine:3.23\n");
    await notice.waitFor({ state: "detached" });
    await page.context().close();
  });
}

test("a script that is not the one of the build is refused, at each try", async () => {
  const page = await open();
  await page.route("**/workshop-*.js*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()}\n//` });
  });
  await write(page, "from alpine:3.23\n");
  await format(page);
  const again = page.locator(".notice", { hasText: "could not be loaded" }).getByRole("button", { name: "Try again" });
  const refused = (end) => page.trouble.some((line) => /integrity/.test(line) && line.includes(end));
  const ends = [".js'", ".js?2'", ".js?3'"];
  for (const [tried, end] of ends.entries()) {
    if (tried > 0) await again.click();
    for (let waited = 0; waited < 100 && !refused(end); waited += 1) await page.waitForTimeout(100);
    assert.ok(refused(end), `${end} in ${page.trouble.join("\n")}`);
  }
  await again.waitFor();
  assert.equal(await text(page), "from alpine:3.23\n");
  await page.context().close();
});

test("a slow download is told, and edits meanwhile are formatted too", async () => {
  const page = await open();
  await page.route("**/workshop-*.wasm", async (route) => {
    await new Promise((done) => setTimeout(done, 400));
    await route.continue();
  });
  await write(page, "from alpine:3.23\n");
  await format(page);
  await page.locator(".toast", { hasText: "Loading" }).waitFor();
  await page.locator("#source").focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText("cmd [\"sh\"]\n");
  await page.waitForFunction(() => document.querySelector("#source").value === "FROM alpine:3.23\nCMD [\"sh\"]\n");
  assert.deepEqual(page.trouble, []);
  await page.context().close();
});
