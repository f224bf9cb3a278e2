// Which rules speak, how loudly, and fixing many findings at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { address, open, problem, running, text, useBrowser, write } from "./playground.js";

useBrowser();

const TWO = "FROM golang:1.26-alpine as build\nFROM alpine:latest as other\nUSER 10001\nCMD [\"sh\"]\n";

async function finish(page) {
  assert.deepEqual(page.trouble, []);
  await page.context().close();
}

const unfold = (page, rule) => problem(page, rule).first().getByRole("button", { name: /^Details/ }).click();
const settings = (page) => page.getByRole("button", { name: "Settings", exact: true }).click();
const rules = (page) => page.locator(".problem .rule").allTextContents();
const undo = async (page) => {
  await page.locator("#source").focus();
  await page.keyboard.press("ControlOrMeta+z");
};

test("off here is a comment over the instruction, and one step of undo", async () => {
  const page = await open();
  await write(page, TWO);
  await unfold(page, "latest-tag");
  await page.getByRole("button", { name: "Off here" }).click();
  const commented = TWO.replace("FROM alpine", "# hadolint ignore=DL3007\nFROM alpine");
  assert.equal(await text(page), commented);
  await problem(page, "latest-tag").waitFor({ state: "detached" });
  await problem(page, "from-as-casing").nth(1).getByRole("button", { name: /^Details/ }).click();
  await page.getByRole("button", { name: "Off here" }).click();
  assert.equal(await text(page), commented.replace("DL3007", "DL3007,from-as-casing"));
  assert.equal(await problem(page, "from-as-casing").count(), 1);
  await undo(page);
  assert.equal(await text(page), commented);
  await finish(page);
});

test("off everywhere is listed, and each rule can be turned on again", async () => {
  const page = await open();
  await write(page, TWO);
  for (const rule of ["from-as-casing", "latest-tag"]) {
    await unfold(page, rule);
    await page.getByRole("button", { name: "Off everywhere" }).click();
    await problem(page, rule).first().waitFor({ state: "detached" });
  }
  await page.getByText("2 rules are off").click();
  await page.getByRole("button", { name: "Turn latest-tag on" }).click();
  await problem(page, "latest-tag").waitFor();
  assert.equal(await problem(page, "from-as-casing").count(), 0);
  await page.reload();
  await running(page);
  await page.getByText("1 rule is off").click();
  await page.getByRole("button", { name: "Turn from-as-casing on" }).click();
  assert.equal(await problem(page, "from-as-casing").count(), 2);
  await finish(page);
});

test("a level of one's own is in the list, in the link and can be taken back", async () => {
  const page = await open();
  await write(page, TWO);
  await settings(page);
  const dialog = page.getByRole("dialog", { name: "Settings" });
  await dialog.getByLabel("Find a rule").fill("DL3007");
  assert.equal(await dialog.locator(".rule-setting").count(), 1);
  const level = dialog.getByLabel("Level of latest-tag");
  assert.match(await level.locator("option:checked").textContent(), /^default: warning$/);
  await level.selectOption("error");
  await level.focus();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await problem(page, "latest-tag").locator(".level.error").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Settings");

  await page.getByRole("button", { name: "Share" }).click();
  const link = await page.locator("#share-link").inputValue();
  const other = await open({ hash: link.slice(address.length) });
  await problem(other, "latest-tag").locator(".level.error").waitFor();
  await settings(other);
  await other.getByLabel("Only those that differ from the set").check();
  assert.equal(await other.locator(".rule-setting").count(), 1);
  await other.getByRole("button", { name: "Back to the defaults" }).click();
  await other.getByRole("button", { name: "Close" }).click();
  await problem(other, "latest-tag").locator(".level.warning").waitFor();
  await finish(other);
  await finish(page);
});

test("a rule that the set leaves out can be switched on", async () => {
  const page = await open();
  await write(page, TWO);
  await settings(page);
  await page.getByLabel("Rule set").selectOption("buildkit");
  const level = page.getByLabel("Level of latest-tag");
  assert.equal(await level.locator("option:checked").textContent(), "default: off");
  assert.equal(await problem(page, "latest-tag").count(), 0);
  await level.selectOption("info");
  await problem(page, "latest-tag").locator(".level.info").waitFor({ state: "attached" });
  await page.getByTitle("The page on latest-tag").click();
  await page.locator(".prose .page-title").waitFor();
  assert.equal(await page.getByRole("dialog").count(), 0);
  await finish(page);
});

test("registries, labels and limits count at once and are kept", async () => {
  const page = await open();
  await write(page, TWO);
  await settings(page);
  await page.getByText("Registries, labels and limits").click();
  await page.getByLabel(/^Registries that FROM may use/).fill("ghcr.io, *.example.com");
  await page.getByLabel(/^Labels that an image must have/).fill("author: email\nplain");
  await page.getByLabel("Most lines of a file").fill("2");
  await page.getByLabel("No other labels than these").check();
  await page.getByRole("button", { name: "Close" }).click();
  await page.reload();
  await running(page);
  await settings(page);
  await page.getByText("Registries, labels and limits").click();
  assert.equal(await page.getByLabel(/^Registries that FROM may use/).inputValue(), "ghcr.io, *.example.com");
  assert.equal(await page.getByLabel(/^Labels that an image must have/).inputValue(), "author: email\nplain: rawtext");
  assert.equal(await page.getByLabel("Most lines of a file").inputValue(), "2");
  assert.ok(await page.getByLabel("No other labels than these").isChecked());
  await finish(page);
});

test("all fixes of a rule, all safe ones, and all: each one step of undo", async () => {
  const page = await open();
  await write(page, TWO);
  await unfold(page, "from-as-casing");
  await page.getByRole("button", { name: "Fix all 2 of this rule" }).click();
  const cased = TWO.replaceAll(" as ", " AS ");
  assert.equal(await text(page), cased);
  assert.deepEqual(await rules(page), ["latest-tag"]);
  await undo(page);
  assert.equal(await text(page), TWO);

  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  assert.equal(await text(page), cased);
  await undo(page);
  assert.equal(await text(page), TWO);

  await page.getByRole("button", { name: /also unsafe/ }).click();
  const fixed = await text(page);
  assert.match(fixed, / AS other/);
  assert.doesNotMatch(fixed, /latest/);
  assert.deepEqual(await rules(page), []);
  await undo(page);
  assert.equal(await text(page), TWO);
  await finish(page);
});

test("formatting is one step of undo and leaves the caret at its word", async () => {
  const page = await open();
  const untidy = "from   alpine:3.23\nrun echo a &&\\\necho b\nuser 10001\n";
  await write(page, untidy);
  await page.locator("#source").evaluate((area) => area.setSelectionRange(area.value.indexOf("10001"), area.value.indexOf("10001")));
  // The formatter is loaded when it is first wanted.
  const formatted = () => page.waitForFunction(() => document.querySelector("#source").value.startsWith("FROM alpine:3.23\n"));
  await page.getByRole("button", { name: "Format" }).click();
  await formatted();
  const tidy = await text(page);
  assert.match(tidy, /^FROM alpine:3.23\n/);
  const behind = await page.locator("#source").evaluate((area) => area.value.slice(area.selectionStart));
  assert.equal(behind, "10001\n");
  await undo(page);
  assert.equal(await text(page), untidy);
  await page.keyboard.press("Alt+Shift+F");
  await formatted();
  assert.equal(await text(page), tidy);
  await page.keyboard.press("Alt+Shift+F");
  await page.getByText("It is in order already").waitFor();
  assert.equal(await text(page), tidy);
  await finish(page);
});
