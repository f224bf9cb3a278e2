// What can be taken away and brought along: findings, files, configuration.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { address, open, problem, useBrowser, write } from "./playground.js";

useBrowser();

const LATEST = "FROM alpine:latest\nUSER 10001\nCMD [\"sh\"]\n";

async function finish(page) {
  assert.deepEqual(page.trouble, []);
  await page.context().close();
}

/** Presses a button that saves a file; returns its name and what is in it. */
async function saved(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name, exact: true }).click(),
  ]);
  return [download.suggestedFilename(), await readFile(await download.path(), "utf8")];
}

async function copied(page, name) {
  await page.getByRole("button", { name, exact: true }).click();
  await page.locator(".toast", { hasText: "copied" }).waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

const menu = (page) => page.getByRole("button", { name: "Export", exact: true }).click();

test("findings are saved and copied as SARIF, JSON and Markdown", async () => {
  const page = await open();
  await write(page, LATEST);
  await menu(page);
  const [name, text] = await saved(page, "Save SARIF");
  assert.equal(name, "dockerfile.sarif");
  const [run] = JSON.parse(text).runs;
  assert.equal(run.results[0].ruleId, "latest-tag");
  assert.equal(run.results[0].locations[0].physicalLocation.region.startLine, 1);
  assert.ok(text.includes(`${address}#rule/latest-tag`));

  const json = JSON.parse(await copied(page, "Copy JSON"));
  assert.equal(json[0].diagnostics[0].rule, "latest-tag");
  assert.match(await copied(page, "Copy Markdown"), /latest-tag/);
  await finish(page);
});

test("the files are saved under their own names", async () => {
  const page = await open();
  await write(page, LATEST);
  await menu(page);
  assert.equal(await page.getByRole("button", { name: "Save .dockerignore" }).count(), 0);
  assert.deepEqual(await saved(page, "Save Dockerfile"), ["Dockerfile", LATEST]);
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: ".dockerignore" }).click();
  await page.locator("#ignore").focus();
  await page.keyboard.insertText("*.md\n");
  await menu(page);
  // Browsers do not let a page save a hidden file under its own name.
  const [name, text] = await saved(page, "Save .dockerignore");
  assert.match(name, /dockerignore$/);
  assert.equal(text, "*.md\n");
  await finish(page);
});

test("a configuration of hadolint is pasted, opened, copied and saved", async () => {
  const page = await open();
  await write(page, LATEST);
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.locator("summary", { hasText: ".hadolint.yaml" }).click();
  const area = page.getByLabel(/^Paste a configuration/);
  await area.fill("override:\n  error: [DL3007]\nnonsense: 1\n");
  await area.press("Tab");
  await problem(page, "latest-tag").locator(".level.error").waitFor({ state: "attached" });
  await page.getByText(/^Line 3: .*nonsense/).waitFor();
  assert.equal(await page.getByLabel("Level of latest-tag").inputValue(), "error");
  assert.match(await area.inputValue(), /DL3007/);
  assert.doesNotMatch(await area.inputValue(), /nonsense/);

  await page.getByLabel("Open a file").setInputFiles({
    name: ".hadolint.yaml", mimeType: "application/yaml", buffer: Buffer.from("ignored:\n  - DL3007\ntrustedRegistries: [docker.io]\n"),
  });
  await problem(page, "latest-tag").waitFor({ state: "detached" });
  assert.equal(await page.getByText(/nonsense/).count(), 0);
  const [name, text] = await saved(page, "Save .hadolint.yaml");
  assert.match(name, /hadolint\.yaml$/);
  assert.match(text, /ignored:\s+- DL3007/);
  assert.match(text, /docker\.io/);
  assert.doesNotMatch(text, /override/);
  assert.equal(await copied(page, "Copy .hadolint.yaml"), text);
  await finish(page);
});
