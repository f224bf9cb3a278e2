// The book: in the panel, by address, searched, beside the cursor; and as pages that need no script.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, show, text, useBrowser, write } from "./playground.js";

useBrowser();

async function finish(page) {
  assert.deepEqual(page.trouble, []);
  await page.context().close();
}

const title = (page, words) => page.locator(".page-title", { hasText: words }).waitFor();

test("a chapter has an address, and leads to the next one and back to the contents", async () => {
  const page = await open({ hash: "#guide/scratch" });
  await title(page, "scratch, and what it lacks");
  assert.ok((await page.locator(".fig").count()) > 0);
  await page.getByRole("link", { name: "Distroless: files without a system" }).last().click();
  await title(page, "Distroless");
  assert.ok(page.url().endsWith("#guide/distroless"));
  await page.getByRole("button", { name: "Contents" }).click();
  await page.locator(".chapter-link").first().waitFor();
  assert.ok((await page.locator(".chapter-link").count()) >= 24);
  await show(page, "Problems");
  assert.ok(!page.url().includes("#guide"));
  await finish(page);
});

test("an example opens in the editor, as one step of undo", async () => {
  const page = await open({ hash: "#guide/scratch" });
  await page.locator(".pair").first().waitFor();
  const before = await text(page);
  await page.locator(".pair").getByRole("button", { name: "Open in editor" }).first().click();
  await page.getByText("Undo takes it back").waitFor();
  assert.match(await text(page), /USER app/);
  await page.locator("#source").focus();
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await text(page), before);
  await finish(page);
});

test("a decision leads to a Dockerfile", async () => {
  const page = await open({ hash: "#guide/choosing-a-base" });
  await page.locator("td").getByRole("button", { name: "Open in editor" }).first().click();
  await page.locator(".starts").first().waitFor();
  assert.match(await text(page), /FROM gcr.io\/distroless/);
  await finish(page);
});

test("a decision opens the form with its recipe", async () => {
  const page = await open({ hash: "#guide/choosing-a-base" });
  await page.locator("td").getByRole("button", { name: "Open in the form" }).nth(2).click();
  await page.locator("#build").waitFor();
  await page.waitForFunction(() => /^FROM scratch/m.test(document.querySelector("#source").value));
  await page.locator("#source").focus();
  await page.keyboard.press("ControlOrMeta+z");
  await page.waitForFunction(() => !/^FROM scratch/m.test(document.querySelector("#source").value));
  await finish(page);
});

test("words are found in chapters and rules, without another host", async () => {
  const page = await open({ hash: "#guide" });
  await page.getByLabel("Search the guide and the rules").fill("time zones");
  const hits = page.locator(".rule-link");
  await page.getByText(/^Pages that have all these words/).waitFor();
  assert.match(await hits.first().getAttribute("href"), /^#guide\//);
  await page.getByLabel("Search the guide and the rules").fill("DL3007");
  await page.locator('.rule-link[href="#rule/latest-tag"]').waitFor();
  await page.getByLabel("Search the guide and the rules").fill("zebra crossing");
  await page.getByText("No page has all these words.").waitFor();
  await page.getByLabel("Search the guide and the rules").fill("graceful");
  await hits.first().click();
  await page.locator(".page-title").waitFor();
  await finish(page);
});

test("the panel follows the cursor", async () => {
  const page = await open();
  await write(page, "FROM alpine:latest\nHEALTHCHECK CMD curl localhost\nUSER nobody\nCMD [\"sh\"]\n");
  await show(page, "Guide");
  const here = page.locator(".at-cursor");
  const put = (words) => page.locator("#source").evaluate((area, words) => {
    area.focus();
    const at = area.value.indexOf(words) + 1;
    area.setSelectionRange(at, at);
  }, words);
  await put("HEALTHCHECK");
  await here.getByRole("link", { name: "Health checks" }).waitFor();
  await put("curl");
  await here.getByRole("link", { name: "healthcheck-tool" }).waitFor();
  await put("latest");
  await here.getByRole("link", { name: "latest-tag" }).click();
  await title(page, "latest-tag");
  await page.getByRole("link", { name: "Pinning, labels and updates" }).click();
  await title(page, "Pinning");
  await finish(page);
});

test("a part of the image leads into the guide", async () => {
  const page = await open();
  await show(page, "Size");
  await page.locator(".layer summary").first().click();
  await page.getByRole("link", { name: "More in the guide" }).first().click();
  await title(page, "choosing a base");
  await finish(page);
});

test("static pages are read without JavaScript, under their policy", async () => {
  const page = await open({ ready: false, hash: "guide/scratch/", javaScriptEnabled: false });
  await page.locator("h1", { hasText: "scratch" }).waitFor();
  assert.equal(await page.locator("script").count(), 0);
  assert.match(await page.locator("meta[http-equiv]").getAttribute("content"), /^default-src 'none'/);
  assert.ok((await page.locator("meta[name=description]").getAttribute("content")).length > 20);
  await page.locator(".toc").getByRole("link").first().click();
  await page.getByRole("link", { name: /Distroless/ }).last().click();
  await page.locator("h1", { hasText: "Distroless" }).waitFor();
  await page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "Rules" }).click();
  await page.getByRole("link", { name: "shell-form", exact: true }).click();
  await page.locator("h1", { hasText: "shell-form" }).waitFor();
  await finish(page);
});

test("a static page opens its example in the playground", async () => {
  const page = await open({ ready: false, hash: "guide/scratch/" });
  await page.locator(".pair").getByRole("link", { name: "Open in the playground" }).first().click();
  await page.locator("html[data-running]").waitFor({ state: "attached" });
  assert.match(await text(page), /USER app/);
  await finish(page);
});

test("a chapter prints as text, without the editor", async () => {
  const page = await open({ hash: "#guide/scratch" });
  await page.locator(".pair").first().waitFor();
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#editor").isVisible(), false);
  assert.ok(await page.locator(".page-title").isVisible());
  const cut = await page.locator(".view").evaluate((view) => view.scrollHeight > view.clientHeight + 1);
  assert.equal(cut, false);
  for (const it of [".skip", ".example-code button", ".guide-bar"]) assert.equal(await page.locator(it).first().isVisible(), false, it);
  await finish(page);
});

test("paper is white: in the dark theme too, ink is dark", async () => {
  const page = await open({ hash: "#guide/scratch", prepare: (context) => context.addInitScript(() => localStorage.setItem("dockerfile-playground.theme", "dark")) });
  await title(page, "scratch, and what it lacks");
  const ink = () => page.locator(".page-title").evaluate((it) => getComputedStyle(it).color);
  const onScreen = await ink();
  await page.emulateMedia({ media: "print" });
  const onPaper = await ink();
  const light = (color) => color.match(/\d+/g).slice(0, 3).reduce((sum, it) => sum + Number(it), 0);
  assert.ok(light(onScreen) > 500 && light(onPaper) < 200, `${onScreen}, ${onPaper}`);
  await finish(page);
});

test("back leads to where a page was opened, and the keyboard stays in the panel", async () => {
  const page = await open();
  const inPanel = () => page.waitForFunction(() => document.activeElement.closest("#view"));
  await show(page, "Build");
  await page.getByRole("link", { name: "More about Language" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".page-title").waitFor();
  await inPanel();
  await page.goBack();
  await page.locator("#build").waitFor();
  await show(page, "Guide");
  await page.locator(".chapter-link").nth(2).focus();
  await page.keyboard.press("Enter");
  await page.locator(".page-title").waitFor();
  await inPanel();
  await page.goBack();
  await page.locator(".chapter-link").first().waitFor();
  await inPanel();
  await finish(page);
});
