// axe on every view, in both themes, wide and narrow; and nothing that scrolls sideways.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { address, CGO_ON_SCRATCH, MIDDLE, NARROW, open, show, useBrowser, WIDE, write } from "./playground.js";

useBrowser();

async function check(page, what) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const shown = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html}\n  ${node.failureSummary}`).join("\n")}`);
  assert.deepEqual(shown, [], what);
}

async function fits(page, what) {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wider <= 0, `${what} is ${wider} px too wide`);
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll("[popover]:popover-open, dialog[open]")]
      .map((element) => element.getBoundingClientRect())
      .filter((box) => box.left < 0 || box.top < 0 || box.right > window.innerWidth || box.bottom > window.innerHeight)
      .map(({ left, top, right, bottom }) => [left, top, right, bottom]));
  assert.deepEqual(outside, [], `${what} is partly outside`);
  const cut = await page.evaluate(() => [...document.querySelectorAll("#view")].filter((it) => it.scrollWidth > it.clientWidth).length);
  assert.equal(cut, 0, `${what} is wider than its panel`);
}

const SIZES = { wide: WIDE, middle: MIDDLE, narrow: NARROW };

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`${size}, ${colorScheme}`, async () => {
      const page = await open({ viewport, colorScheme });
      const views = size === "narrow" ? ["Editor", "Problems", "Size", "Stages", "Checklist", "Explain", "Guide"] : ["Problems", "Size", "Stages", "Checklist", "Explain", "Guide"];
      for (const view of views) {
        await show(page, view);
        if (view === "Problems") await page.locator(".fold").first().click();
        if (view === "Size") {
          await page.getByText("Your project").click();
          await page.locator(".base-title").first().click();
          await page.locator(".layer summary").last().click();
          await page.locator(".cell").first().focus();
        }
        if (view === "Explain") {
          await fits(page, view);
          await check(page, "Explain without a message");
          await page.getByLabel("Paste an error message").fill("exec /server: no such file or directory\nunknown time zone Europe/Madrid");
          await page.locator(".explanation").first().waitFor();
        }
        await fits(page, view);
        await check(page, view);
      }
      await page.locator("#verdict").click();
      await page.locator(".reasons").waitFor();
      await fits(page, "reasons of a start");
      await check(page, "reasons of a start");
      if (size === "narrow") await show(page, "Editor");
      await write(page, CGO_ON_SCRATCH);
      await page.locator(".to-place").first().focus();
      await page.locator(".lit.also").waitFor();
      await fits(page, "reasons against a start");
      await check(page, "reasons against a start");
      await page.locator("#verdict").click();
      await page.getByRole("button", { name: "Reset" }).click();
      await show(page, "Problems");
      await page.locator(".fold").first().click();
      await page.getByRole("button", { name: "Off everywhere" }).click();
      await page.locator(".silenced summary").click();
      await fits(page, "rules that are off");
      await check(page, "rules that are off");
      await page.getByRole("button", { name: "Settings", exact: true }).click();
      await page.getByText("Registries, labels and limits").click();
      await page.locator("summary", { hasText: ".hadolint.yaml" }).click();
      await fits(page, "the settings");
      await check(page, "the settings");
      await page.keyboard.press("Escape");
      if (size === "narrow") await show(page, "Editor");
      await show(page, ".dockerignore");
      await fits(page, "an empty .dockerignore");
      await check(page, "an empty .dockerignore");
      await page.evaluate(() => { location.hash = "#rule/from-as-casing"; });
      await page.locator(".page-title").waitFor();
      await fits(page, "a page of the guide");
      await check(page, "a page of the guide");
      await page.evaluate(() => { location.hash = "#guide/choosing-a-base"; });
      await page.locator(".page-title", { hasText: "choosing a base" }).waitFor();
      await page.locator(".prose details summary").click();
      await fits(page, "a chapter");
      await check(page, "a chapter");
      await page.getByRole("button", { name: "Contents" }).click();
      await page.locator(".chapter-link").first().waitFor();
      await fits(page, "the contents of the guide");
      await check(page, "the contents of the guide");
      for (const menu of ["Examples", "Export", "Share"]) {
        await page.getByRole("button", { name: menu, exact: true }).click();
        await fits(page, menu);
        await check(page, menu);
        await page.keyboard.press("Escape");
      }
      assert.deepEqual(page.trouble, []);
      await page.context().close();
    });
  }
}

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`static pages, ${size}, ${colorScheme}`, async () => {
      const page = await open({ viewport, colorScheme, javaScriptEnabled: true, ready: false, hash: "guide/" });
      for (const path of ["guide/", "guide/choosing-a-base/", "guide/scratch/", "rules/", "rules/shell-form/"]) {
        await page.goto(`${address}${path}`);
        await page.locator("h1").waitFor();
        await fits(page, path);
        await check(page, path);
      }
      assert.deepEqual(page.trouble, []);
      await page.context().close();
    });
  }
}

test("all tabs are in sight, however wide the panel is", async () => {
  const page = await open();
  await write(page, Array.from({ length: 1100 }, (_, at) => `FROM alpine:latest AS s${at}`).join("\n"));
  await page.locator("#tab-stages", { hasText: "999+" }).waitFor();
  for (const width of [1440, 1366, 1280, 1152, 1024, 900, 899, 768, 600, 599, 570, 540, 420, 375, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const outside = await page.evaluate(() =>
      [...document.querySelectorAll("#tabs .tab")]
        .filter((tab) => tab.getBoundingClientRect().right > window.innerWidth + 0.5 || tab.scrollWidth > tab.clientWidth + 1)
        .map((tab) => tab.id));
    assert.deepEqual(outside, [], `${width} px`);
  }
  await page.context().close();
});

test("on a phone the verdict can be read beside a size that is open", async () => {
  const page = await open({ viewport: NARROW });
  await write(page, "FROM\nFROM golang:1.26 AS b\nCOPY --from=nope /a /b\n");
  await page.locator(".figure", { hasText: "≥" }).waitFor();
  const words = page.locator("#verdict strong");
  assert.equal(await words.textContent(), "Would not build, because");
  const { height } = await words.boundingBox();
  const line = await words.evaluate((element) => Number.parseFloat(getComputedStyle(element).lineHeight));
  assert.ok(height <= 2 * line + 1, `${height} px in lines of ${line} px`);
  assert.ok((await page.locator(".in-words").boundingBox()).width > 130);
  await page.context().close();
});

test("icons of main buttons stand out, and words do not run together", async () => {
  const page = await open();
  await show(page, "Size");
  const words = await page.locator("summary").allTextContents();
  assert.ok(words.some((text) => text.startsWith("Your project tell")), words.join("; "));
  await show(page, "Problems");
  await write(page, "");
  const [icon, button] = await page.locator(".empty .button").evaluate((it) =>
    [it.querySelector("svg"), it].map((element) => getComputedStyle(element)).map(({ color, backgroundColor, width }) => [color, backgroundColor, width]));
  assert.notEqual(icon[0], button[1], "the icon has the colour of the button");
  assert.equal(icon[2], "16px");
  await page.context().close();
});

// WCAG 1.4.10 asks for this: a window of 1280 by 1024 whose text is four times as large.
test("at four times its size all fits, and there is room for the text", async () => {
  const page = await open({ viewport: { width: 320, height: 256 } });
  for (const view of ["Problems", "Size", "Stages", "Build", "Checklist", "Explain", "Guide", "Editor"]) {
    await show(page, view);
    if (view === "Build") await page.locator("#build").waitFor();
    if (view === "Guide") await page.locator(".chapter-link").first().waitFor();
    await fits(page, view);
  }
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  const lines = await page.locator("#code").evaluate((code) => {
    const { top, bottom } = code.getBoundingClientRect();
    return (Math.min(bottom, window.innerHeight) - Math.max(top, 0)) / Number.parseFloat(getComputedStyle(code.querySelector("#source")).lineHeight);
  });
  assert.ok(lines >= 5, `${lines} lines of text`);
  await check(page, "at four times its size");
  await page.context().close();
});

test("wider letters push nothing out of a phone", async () => {
  const page = await open({ viewport: NARROW });
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; line-height: 1.5 !important }");
    document.adoptedStyleSheets = [sheet];
  });
  for (const view of ["Problems", "Size", "Guide", "Editor"]) {
    await show(page, view);
    await fits(page, view);
  }
  await page.context().close();
});

test("forced colours", async () => {
  const page = await open({ forcedColors: "active" });
  await check(page, "forced colours");
  await page.context().close();
});

test("targets are big enough for a thumb", async () => {
  const page = await open({ viewport: NARROW, hasTouch: true, isMobile: true });
  await page.locator("#verdict").click();
  await write(page, CGO_ON_SCRATCH);
  for (const view of ["Editor", ".dockerignore", "Problems", "Size", "Stages", "Build", "Checklist", "Explain", "Guide"]) {
    await show(page, view);
    if (view === "Build") await page.locator("#build").waitFor();
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, select, input, summary, a")]
        .filter((element) => element.checkVisibility() && !element.closest("p, li p") && !element.matches(".skip"))
        .map((element) => [element.textContent.trim().slice(0, 30), element.getBoundingClientRect()])
        .filter(([, box]) => box.height > 0 && box.height < 24)
        .map(([words, box]) => `${words}: ${box.height}`));
    assert.deepEqual(small, [], view);
  }
  await page.context().close();
});
