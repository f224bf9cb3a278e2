// The second file in the editor: the .dockerignore.
import assert from "node:assert/strict";
import { test } from "node:test";
import { address, NARROW, open, problem, running, show, text, useBrowser, write } from "./playground.js";

useBrowser();

const COPIES = "FROM alpine:3.23\nCOPY bin /bin\nUSER 10001\nCMD [\"sh\"]\n";
const ignore = (page) => page.locator("#ignore").inputValue();
const file = (page, name) => page.getByRole("tab", { name, exact: name === "Dockerfile" });

async function finish(page) {
  assert.deepEqual(page.trouble, []);
  await page.context().close();
}

/** Opens the .dockerignore and types a text at its end. */
async function typeIgnore(page, words) {
  await file(page, ".dockerignore").click();
  await page.locator("#ignore").focus();
  await page.keyboard.insertText(words);
}

test("what the .dockerignore leaves out is a problem of the COPY", async () => {
  const page = await open();
  await write(page, COPIES);
  assert.equal(await problem(page, "copy-ignored-file").count(), 0);
  await typeIgnore(page, "# mine\nbin\n");
  await problem(page, "copy-ignored-file").waitFor();
  assert.ok(await page.locator("#source").isHidden());
  assert.equal(await page.locator(".paper .t-comment").textContent(), "# mine");
  await problem(page, "copy-ignored-file").locator(".problem-main").click();
  assert.ok(await page.locator("#ignore").isHidden());
  assert.equal(await file(page, "Dockerfile").getAttribute("aria-selected"), "true");
  const selected = await page.locator("#source").evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd));
  assert.equal(selected, "bin");
  await finish(page);
});

test("an empty file says what it is for, and can be begun and removed", async () => {
  const page = await open();
  await file(page, ".dockerignore").click();
  await page.getByRole("button", { name: "Insert a sensible one" }).click();
  assert.match(await ignore(page), /^\.git$/m);
  await page.locator(".ignore-hint").waitFor({ state: "detached" });
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await ignore(page), "", "inserting is one step of undo");
  await page.getByRole("button", { name: "Insert a sensible one" }).click();
  await page.getByRole("button", { name: "Remove" }).click();
  assert.equal(await ignore(page), "");
  await page.getByText("Without one, the whole folder is sent.").waitFor();
  await page.keyboard.press("ControlOrMeta+z");
  assert.match(await ignore(page), /^\.git$/m);
  await finish(page);
});

test("the .dockerignore is in the draft and in the link, and a missing one stays missing", async () => {
  const page = await open();
  await write(page, COPIES);
  const fragment = async () => {
    await page.getByRole("button", { name: "Share" }).click();
    const link = await page.locator("#share-link").inputValue();
    await page.keyboard.press("Escape");
    return link.slice(address.length);
  };
  const without = await open({ hash: await fragment() });
  await without.getByRole("tab", { name: ".dockerignore (none yet)" }).waitFor();
  await finish(without);

  await typeIgnore(page, "bin");
  const other = await open({ hash: await fragment() });
  assert.equal(await ignore(other), "bin");
  await problem(other, "copy-ignored-file").waitFor();
  await finish(other);

  await page.reload();
  await running(page);
  assert.equal(await ignore(page), "bin");
  assert.equal(await text(page), COPIES);
  await problem(page, "copy-ignored-file").waitFor();
  await finish(page);
});

test("each file keeps its caret, and undo shows the file that it changes", async () => {
  const page = await open();
  await write(page, COPIES);
  await page.locator("#source").evaluate((area) => area.setSelectionRange(5, 5));
  await typeIgnore(page, "bin");
  await file(page, "Dockerfile").click();
  await page.getByText("Ln 1, Col 6").waitFor();
  await file(page, ".dockerignore").click();
  await page.getByText("Ln 1, Col 4").waitFor();
  await page.locator("#ignore").focus();
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await ignore(page), "");
  await page.keyboard.press("ControlOrMeta+z");
  assert.notEqual(await text(page), COPIES);
  assert.ok(await page.locator("#source").isVisible(), "the file that changed is shown");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  assert.equal(await ignore(page), "bin");
  assert.equal(await text(page), COPIES);
  await finish(page);
});

test("examples bring their own .dockerignore, or take yours away", async () => {
  const page = await open();
  await typeIgnore(page, "mine");
  const choose = async (name) => {
    await page.getByRole("button", { name: "Examples" }).click();
    await page.getByRole("button", { name }).click();
  };
  await choose(/^Go service, done well/);
  assert.match(await ignore(page), /_test\.go/);
  assert.ok(await page.locator("#source").isVisible());
  assert.equal(await page.locator(".problem").count(), 0);
  await choose(/^Go on Alpine, with mistakes/);
  assert.equal(await ignore(page), "");
  await page.getByRole("tab", { name: "(none yet)" }).waitFor();
  await page.locator("#source").focus();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await ignore(page), "mine");
  await finish(page);
});

test("the files are one stop of the keyboard", async () => {
  const page = await open();
  await file(page, "Dockerfile").focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.evaluate(() => document.activeElement.id), "file-ignore");
  assert.ok(await page.locator("#ignore").isVisible());
  await page.keyboard.press("Home");
  assert.ok(await page.locator("#source").isVisible());
  assert.equal(await page.locator("[role=tablist][aria-label=Files] [tabindex='0']").count(), 1);
  await finish(page);
});

test("on a phone both files are in the editor", async () => {
  const page = await open({ viewport: NARROW, hasTouch: true, isMobile: true });
  await show(page, "Editor");
  await typeIgnore(page, "bin\n");
  await show(page, "Problems");
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("button", { name: /^Node/ }).click();
  assert.match(await ignore(page), /node_modules/);
  assert.ok(await page.locator("#source").isVisible());
  await finish(page);
});
