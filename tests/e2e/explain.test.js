// The panel that says what an error message means.
import assert from "node:assert/strict";
import { test } from "node:test";
import { address, NARROW, open, running, show, text, useBrowser, write } from "./playground.js";

useBrowser();

const BUILD = `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -o /server .
FROM alpine:3.22
COPY --from=build /server /server
USER 65532
ENTRYPOINT ["/server"]
`;
const area = (page) => page.getByLabel("Paste an error message");
const selected = (page) =>
  page.locator("#source").evaluate((source) => source.value.slice(source.selectionStart, source.selectionEnd));

async function finish(page) {
  assert.deepEqual(page.trouble, []);
  await page.context().close();
}

test("the table of messages is fetched only when the panel is shown", async () => {
  const page = await open();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.waitForTimeout(300);
  assert.ok(!asked.some((path) => path.endsWith("messages.txt")));
  await show(page, "Explain");
  await area(page).fill("exec /server: no such file or directory");
  await page.locator(".explanation").first().waitFor();
  assert.equal(asked.filter((path) => path.endsWith("messages.txt")).length, 1);
  await finish(page);
});

test("a message leads to the place that causes it, and to the fix", async () => {
  const page = await open();
  await write(page, BUILD);
  await show(page, "Explain");
  await page.getByRole("button", { name: "The program is not found" }).click();
  const answer = page.locator(".explanation").first();
  await answer.getByRole("heading", { name: /loader or interpreter/ }).waitFor();
  await answer.locator(".place-main").first().click();
  assert.match(await selected(page), /go/);
  await answer.getByRole("button", { name: /^Fix: / }).first().click();
  assert.match(await text(page), /CGO_ENABLED=0 go build/);
  await page.getByText("Undo takes it back").waitFor();
  await finish(page);
});

test("a whole log with colours is read, and what nobody knows is said to be unknown", async () => {
  const page = await open();
  await write(page, "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y nosuch\n");
  await show(page, "Explain");
  await area(page).fill("#8 [3/3] RUN apt-get install -y nosuch\n#8 0.512 \u001b[91mE: Unable to locate package nosuch\u001b[0m\n");
  await page.getByRole("heading", { name: "apt does not know the package nosuch" }).waitFor();
  await page.locator(".place-main", { hasText: "nosuch" }).first().click();
  assert.equal(await selected(page), "nosuch");
  await area(page).fill("something else");
  await page.getByRole("heading", { name: "This message is not known here" }).waitFor();
  await finish(page);
});

test("the message is in the draft and in the link", async () => {
  const page = await open();
  await show(page, "Explain");
  await area(page).fill("exec format error here: exec format error");
  await page.waitForTimeout(800);
  await page.reload();
  await running(page);
  assert.match(await area(page).inputValue(), /exec format error/);
  await page.getByRole("heading", { name: /another kind of processor/ }).waitFor();
  await page.getByRole("button", { name: "Share" }).click();
  const link = await page.locator("#share-link").inputValue();
  const other = await open({ hash: link.slice(address.length) });
  await other.getByRole("heading", { name: /another kind of processor/ }).waitFor();
  await finish(other);
  await finish(page);
});

test("on a phone the panel is a tab, and a place opens the editor", async () => {
  const page = await open({ viewport: NARROW });
  await show(page, "Explain");
  await area(page).fill("panic: unknown time zone Europe/Madrid");
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= NARROW.width, `${width} is too wide`);
  await page.locator(".place-main").first().click();
  assert.ok(await page.locator("#source").isVisible());
  await finish(page);
});
