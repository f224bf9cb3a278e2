// Would it start, and why not: reasons with their places, and pictures that lead to theirs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CGO_ON_SCRATCH, NARROW, open, problem, show, text, useBrowser, write } from "./playground.js";

useBrowser();

const verdict = (page) => page.locator("#verdict");
const lit = (page, which) => page.locator(which).allTextContents().then((pieces) => pieces.join(""));
const selected = (page) => page.locator("#source").evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd));
const copied = (page) => page.evaluate(() => navigator.clipboard.readText());

async function finish(page) {
  assert.deepEqual(page.trouble, []);
  await page.context().close();
}

test("a reason shows its places in both stages, leads to them, and its fix makes it start", async () => {
  const page = await open();
  await write(page, CGO_ON_SCRATCH);
  assert.match(await verdict(page).textContent(), /^Would not start, because .*glibc/);
  assert.equal(await problem(page, "go-cgo-into-scratch").locator(".decides").textContent(), "Would not start");
  assert.equal(await page.locator(".lit").count(), 0);

  await verdict(page).click();
  await page.locator(".reason").hover();
  assert.match(await lit(page, ".lit:not(.also)"), /^CGO_ENABLED=1 go build/);
  assert.equal(await lit(page, ".lit.also"), "scratch");
  await page.locator(".tab").first().hover();
  await page.locator(".lit").first().waitFor({ state: "detached" });

  await verdict(page).focus();
  for (let step = 0; step < 4; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.locator(".to-place.also").evaluate((button) => button === document.activeElement)) break;
  }
  assert.equal(await lit(page, ".lit.also"), "scratch");
  await page.keyboard.press("Enter");
  assert.equal(await selected(page), "scratch");
  await page.locator(".number.current", { hasText: /^8$/ }).waitFor();
  assert.equal(await lit(page, ".lit.also"), "scratch", "the places stay while the caret is at one of them");

  assert.equal(await page.locator(".reason a").getAttribute("href"), "#rule/go-cgo-into-scratch");
  await page.locator(".reason .fix").click();
  await page.locator("#verdict.starts").waitFor();
  assert.match(await verdict(page).textContent(), /^Starts\./);
  assert.doesNotMatch(await text(page), /FROM scratch/);
  assert.equal(await verdict(page).evaluate((button) => button === document.activeElement), true);
  await page.locator("[role=status]", { hasText: /^Verdict: starts$/ }).waitFor({ state: "attached" });
  await page.locator("#source").focus();
  await page.keyboard.press("ControlOrMeta+z");
  await page.locator("#verdict.would-not-start").waitFor();
  await finish(page);
});

test("a place leads to the editor on a phone", async () => {
  const page = await open({ viewport: NARROW });
  await write(page, CGO_ON_SCRATCH);
  await show(page, "Size");
  await verdict(page).click();
  await page.locator(".to-place").first().click();
  await page.locator("#source").waitFor();
  assert.match(await selected(page), /^CGO_ENABLED=1 go build/);
  await finish(page);
});

test("what is unknown is said, and an unfinished text is no verdict", async () => {
  const page = await open();
  await write(page, "FROM company/base:1\nCMD [\"/app\"]\n");
  assert.match(await verdict(page).textContent(), /^Not known, because nothing is known about company\/base:1/);
  await verdict(page).click();
  await page.locator(".reasons", { hasText: "Nothing in the text speaks against it." }).waitFor();
  await write(page, " ");
  await verdict(page).waitFor({ state: "detached" });
  await finish(page);
});

test("a part of the treemap leads to its line, by pointer and by key", async () => {
  const page = await open();
  await write(page, CGO_ON_SCRATCH.replace("scratch", "debian:13-slim"));
  await show(page, "Size");
  const base = page.locator(".cell", { hasText: "base image" });
  await base.click();
  assert.equal(await selected(page), "debian:13-slim");
  await page.locator(".cell", { hasText: "/app" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".number.current", { hasText: /^9$/ }).waitFor();
  await finish(page);
});

test("pictures and their tables are copied, with units and without gaps", async () => {
  const page = await open();
  await write(page, CGO_ON_SCRATCH.replace("scratch", "debian:13-slim"));
  await show(page, "Size");
  // The page's own policy lets no text become markup.
  const reader = await page.context().newPage();
  for (const section of ["#bases-title", "#layers-title"]) {
    const part = page.locator(".size section").filter({ has: page.locator(section) });
    await part.getByRole("button", { name: "Copy as SVG" }).click();
    await page.locator(".toast", { hasText: "Picture copied" }).waitFor();
    const drawn = await reader.evaluate((svg) => {
      const file = new DOMParser().parseFromString(svg, "image/svg+xml");
      const bad = [...file.querySelectorAll("*")].filter((element) =>
        [...element.attributes].some(({ value }) => /NaN|undefined|var\(/.test(value)));
      return { root: file.documentElement.localName, rects: file.querySelectorAll("rect").length, bad: bad.length };
    }, await copied(page));
    assert.equal(drawn.root, "svg");
    assert.equal(drawn.bad, 0);
    assert.ok(drawn.rects >= 2, `${drawn.rects} rectangles`);
    await part.getByRole("button", { name: "Copy as Markdown" }).click();
    await page.locator(".toast", { hasText: "Table copied" }).waitFor();
    assert.match(await copied(page), /^Sizes are unpacked, MB = 10\^6 bytes\.\n\n\| .*\|\n\| --- \|/);
  }
  await finish(page);
});

test("the platform is chosen beside the table", async () => {
  const page = await open();
  await show(page, "Size");
  const arm = page.getByRole("button", { name: "linux/arm64" });
  const before = await page.locator(".bases").textContent();
  await arm.click();
  assert.equal(await arm.getAttribute("aria-pressed"), "true");
  assert.notEqual(await page.locator(".bases").textContent(), before);
  await finish(page);
});
