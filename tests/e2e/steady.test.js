// What stays where it is while somebody types, unfolds and chooses.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MIDDLE, NARROW, open, problem, show, useBrowser, WIDE, write } from "./playground.js";

useBrowser();

/** Where the first of each selector is, from left and top. */
const places = (page, ...selectors) => page.evaluate((all) => all.map((selector) => {
  const { left, top } = document.querySelector(selector).getBoundingClientRect();
  return [selector, left, top];
}), selectors);

for (const [size, viewport] of Object.entries({ wide: WIDE, middle: MIDDLE })) {
  test(`findings come and go, and nothing else moves, ${size}`, async () => {
    const page = await open({ viewport });
    await problem(page, "from-as-casing").waitFor();
    const parts = () => places(page, "#source", "#problems-list", "#tab-problems", "#tab-size", ".panel-bar .options", "#editor-status");
    const before = await parts();
    await write(page, "");
    await page.getByText("Nothing to check yet").waitFor();
    assert.deepEqual(await parts(), before, "without a text");
    await page.keyboard.insertText("FRO");
    await problem(page, "unknown-instruction").waitFor();
    assert.deepEqual(await parts(), before, "with an error");
    await page.keyboard.insertText("M scratch");
    await problem(page, "unknown-instruction").waitFor({ state: "detached" });
    assert.deepEqual(await parts(), before, "with a stage");
    await page.context().close();
  });
}

test("a tab that is chosen moves no other", async () => {
  const page = await open();
  const tabs = await page.locator("#tabs [role=tab]").evaluateAll((all) => all.map(({ id }) => `#${id}`));
  const before = await places(page, ...tabs);
  for (const tab of tabs) {
    await page.locator(tab).click();
    assert.deepEqual(await places(page, ...tabs), before, tab);
  }
  await page.context().close();
});

test("the tabs of a phone are as high before the application runs", async () => {
  const page = await open({ viewport: NARROW });
  const height = () => page.locator("#tabs").evaluate((it) => it.getBoundingClientRect().height);
  const running = await height();
  await page.locator("#tabs > *").evaluate((it) => { it.hidden = true; });
  assert.equal(await height(), running);
  await page.context().close();
});

test("the verdict stays where it is when it unfolds", async () => {
  const page = await open();
  const before = await places(page, "#verdict", ".figure");
  await page.locator("#verdict").click();
  await page.locator(".reasons").waitFor();
  assert.deepEqual(await places(page, "#verdict", ".figure"), before);
  await page.context().close();
});

test("the finding at the caret looks like the others", async () => {
  const page = await open();
  const looks = () => problem(page, "apk-cache").evaluate((it) => {
    const { color, fontSize, display } = getComputedStyle(it);
    return { color, fontSize, display, fold: it.querySelector(".fold").getBoundingClientRect().right };
  });
  const before = await looks();
  await problem(page, "apk-cache").locator(".problem-main").click();
  await page.locator(".problem.here", { hasText: "apk-cache" }).waitFor();
  assert.deepEqual(await looks(), before);
  await page.context().close();
});

test("a panel that a key press opens has the focus", async () => {
  const page = await open();
  await write(page, "");
  await page.getByRole("button", { name: "Build one" }).press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "view");
  await show(page, "Size");
  assert.equal(await page.evaluate(() => document.activeElement.id), "tab-size");
  await page.context().close();
});
