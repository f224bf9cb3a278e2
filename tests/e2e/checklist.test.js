// The ready-to-ship list: judged as one types, with the way to each place, fix and chapter.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, show, text, useBrowser, write } from "./playground.js";

useBrowser();

const MISTAKES = `FROM golang:latest
WORKDIR /app
COPY . .
RUN go mod download
RUN go build -o server ./cmd/server
CMD ["./server"]
`;
const point = (page, title) => page.locator(".point").filter({ hasText: title });
const state = (locator) => locator.evaluate((element) => element.className);

test("points are judged while one types, and a fix moves one of them", async () => {
  const page = await open();
  await write(page, MISTAKES);
  await show(page, "Checklist");
  const cached = point(page, "Dependencies come before the code");
  await cached.waitFor();
  assert.match(await state(cached), /missing/);
  await cached.getByRole("button", { name: /^line 3/ }).click();
  const start = await page.locator("#source").evaluate((source) => source.selectionStart);
  assert.equal(await text(page).then((all) => all.slice(0, start).split("\n").length), 3);
  await cached.locator(".fix").first().click();
  await page.locator(".point.done").filter({ hasText: "Dependencies come before the code" }).waitFor();
  assert.match(await text(page), /COPY go\.mod go\.sum\*? /);
  assert.deepEqual(page.trouble, []);
  await page.context().close();
});

test("an empty text is told where to begin", async () => {
  const page = await open();
  await write(page, "");
  await show(page, "Checklist");
  await page.getByText("begin with FROM").waitFor();
  assert.deepEqual(page.trouble, []);
  await page.context().close();
});

test("the badge is a picture of its own, as SVG and in Markdown", async () => {
  const page = await open();
  await write(page, MISTAKES);
  await show(page, "Checklist");
  const copied = async (button) => {
    await page.getByRole("button", { name: button }).click();
    await page.getByText(/^The badge is copied as/).waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const svg = await copied("Badge as SVG");
  await page.locator(".toast").waitFor({ state: "detached" });
  const markdown = await copied("Badge as Markdown");
  const [, label, address] = markdown.match(/^!\[(.*)\]\((data:image\/svg\+xml,.*)\)\n$/);
  assert.equal(decodeURIComponent(address.split(",")[1]), svg.trimEnd());
  assert.ok(svg.includes(`aria-label="${label}"`));
  const reader = await page.context().newPage();
  const width = await reader.evaluate((address) => {
    const image = new Image();
    return new Promise((done, failed) => Object.assign(image, { onload: () => done(image.naturalWidth), onerror: failed, src: address }));
  }, address);
  assert.ok(width > 100);
  assert.deepEqual(page.trouble, []);
  await page.context().close();
});
