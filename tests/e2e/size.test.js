// How big it will be: what the user tells of the program, the way to the smallest image, and what the size costs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { NARROW, open, running, show, text, useBrowser, write } from "./playground.js";

useBrowser();

const WASTEFUL = `FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /server .

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y ca-certificates
COPY --from=build /server /server
RUN chmod 755 /server
USER 1000:1000
EXPOSE 8080
ENTRYPOINT ["/server"]
`;

const card = (page, name) => page.locator(".figure-card", { hasText: name });
const savings = (page) => page.getByRole("button", { name: "What would make it smaller" });
const selected = (page) => page.locator("#source").evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd));
const cost = (page, what) => page.locator(".costs tr", { has: page.getByRole("rowheader", { name: what }) }).first().locator("td").first();

async function finish(page) {
  assert.deepEqual(page.trouble, []);
  await page.context().close();
}

async function opened() {
  const page = await open();
  await write(page, WASTEFUL);
  await show(page, "Size");
  return page;
}

test("the third size is shown to whoever asks for it, in all pictures", async () => {
  const page = await opened();
  assert.equal(await card(page, "Disk usage").locator(".figure-value").count(), 0);
  await card(page, "Disk usage").click();
  assert.match(await card(page, "Disk usage").locator(".figure-value").textContent(), /MB$/);
  await page.getByRole("columnheader", { name: "Image, disk usage" }).first().waitFor();
  await card(page, "Unpacked").click();
  assert.equal(await card(page, "Disk usage").locator(".figure-value").count(), 0);
  await finish(page);
});

test("modules are recognised as go.mod is pasted, and a chosen kind counts more", async () => {
  const page = await opened();
  const range = () => card(page, "Unpacked").locator(".figure-range").textContent();
  const before = await range();
  await page.getByText("Your project").click();
  await page.getByLabel("go.mod").fill("module x\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.10.0\n\tgithub.com/jackc/pgx/v5 v5.6.0\n\texample.com/own v1.0.0\n)\n");
  await page.getByText("Recognised from go.mod: gin, pgx. Not measured: example.com/own.").waitFor();
  assert.notEqual(await range(), before);
  const recognised = await range();
  await page.getByLabel("Kind of program").selectOption({ label: "hello world" });
  await page.getByText("The kind that you chose counts instead.").waitFor();
  assert.notEqual(await range(), recognised);
  await page.waitForTimeout(600);
  await page.reload();
  await running(page);
  await show(page, "Size");
  await page.getByText("Your project").click();
  assert.match(await page.getByLabel("go.mod").inputValue(), /gin-gonic/);
  assert.equal(await page.getByLabel("Kind of program").inputValue(), "hello");
  await finish(page);
});

test("the way to the smallest image is a picture whose bars lead to their words", async () => {
  const page = await opened();
  await savings(page).click();
  const steps = page.locator(".waterfall .step");
  await steps.first().waitFor();
  const listed = await page.locator(".savings > li").count();
  assert.equal(await steps.count(), listed + 2);
  await page.locator("button.step", { hasText: "stored a second time" }).focus();
  await page.keyboard.press("Enter");
  assert.match(await selected(page), /chmod/);
  const part = page.locator(".size section").filter({ has: page.locator(".waterfall") });
  await part.getByRole("button", { name: "Copy as PNG" }).click();
  await page.locator(".toast", { hasText: "Picture copied" }).waitFor();
  const pixels = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const picture = await createImageBitmap(await item.getType("image/png"));
    return [picture.width, picture.height];
  });
  assert.ok(pixels[0] === 1440 && pixels[1] >= (listed + 2) * 40, `${pixels}`);
  await part.getByRole("button", { name: "Copy as Markdown" }).click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /\| Today \| .* MB \|/);
  await finish(page);
});

test("savings follow the text in the pauses, and never replace a newer one", async () => {
  const page = await opened();
  await savings(page).click();
  const all = page.getByRole("button", { name: "Do all of it" });
  await all.waitFor();
  await page.locator("#source").focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText("LABEL newer=yes\n");
  assert.equal(await all.isDisabled(), true);
  await page.locator(".savings[aria-busy=false]").waitFor();
  await all.click();
  assert.match(await text(page), /newer=yes/);
  await finish(page);
});

test("what the size costs follows the figures of the user, which are kept", async () => {
  const page = await opened();
  const before = await cost(page, "First pull").textContent();
  const bandwidth = page.getByLabel("Download, Mbit/s");
  await bandwidth.fill("10");
  await bandwidth.press("Tab");
  assert.notEqual(await cost(page, "First pull").textContent(), before);
  const slow = await cost(page, "First pull").textContent();
  assert.match(await cost(page, "Python, FastAPI").textContent(), /MB$/);
  await page.waitForTimeout(600);
  await page.reload();
  await running(page);
  await show(page, "Size");
  assert.equal(await bandwidth.inputValue(), "10");
  assert.equal(await cost(page, "First pull").textContent(), slow);
  await finish(page);
});

test("all of it is legible on a phone, and by whoever does not see it", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await open({ viewport: NARROW, colorScheme });
    await write(page, WASTEFUL);
    await show(page, "Size");
    await savings(page).click();
    await page.locator(".waterfall").waitFor();
    await page.getByText("Your project").click();
    await page.getByText("Claimed and measured").click();
    await card(page, "Disk usage").click();
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wider <= 0, `${wider} pixels too wide`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]), []);
    await finish(page);
  }
});
