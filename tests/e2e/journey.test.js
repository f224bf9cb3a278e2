// What a visitor does: type, see, fix, measure, share, come back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { address, NARROW, open, problem, running, show, text, useBrowser, write } from "./playground.js";

useBrowser();

const CASING = "FROM golang:1.26-alpine as build\n";
const ALPINE = `${CASING}WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /server .

FROM debian:13-slim
COPY --from=build /server /server
USER 10001
ENTRYPOINT ["/server"]
`;

const headline = (page) => page.locator(".figure-value").first().textContent();

async function finish(page) {
  assert.deepEqual(page.trouble, []);
  await page.context().close();
}

test("type, see the finding, fix it, see the size, share, open the link, reload", async () => {
  const page = await open();
  await write(page, ALPINE);
  await problem(page, "from-as-casing").waitFor();
  await problem(page, "from-as-casing").getByRole("button", { name: /^Fix:/ }).click();
  await problem(page, "from-as-casing").waitFor({ state: "detached" });
  const fixed = ALPINE.replace(" as ", " AS ");
  assert.equal(await text(page), fixed);

  await show(page, "Size");
  const before = await headline(page);
  assert.match(before, /^[\d.]+ MB$/);
  const small = fixed.replace("debian:13-slim", "gcr.io/distroless/static-debian12:nonroot");
  await write(page, small);
  const after = await headline(page);
  assert.ok(Number.parseFloat(after) < Number.parseFloat(before), `${after} < ${before}`);

  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.locator(".toast", { hasText: "Link copied" }).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /#1:[\w-]*[A-Za-z0-9]$/);
  assert.ok(link.startsWith(address));
  await page.getByLabel("Share").getByRole("button", { name: "Copy as Markdown" }).click();
  await page.locator(".toast", { hasText: "Markdown" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `[Open in the Dockerfile Playground](${link})`);
  await finish(page);

  const other = await open({ hash: link.slice(address.length) });
  assert.equal(await text(other), small);
  assert.equal(await other.locator("#tabs").getByRole("tab", { selected: true }).getAttribute("id"), "tab-size");
  await other.locator("#source").focus();
  await other.keyboard.press("ControlOrMeta+End");
  await other.keyboard.type("# mine");
  await other.reload();
  await running(other);
  assert.equal(await text(other), `${small}# mine`);
  assert.ok(!other.url().includes("#1:"), "an edited text is no longer that of the link");
  await finish(other);
});

test("a draft survives a reload, with its rules and figures", async () => {
  const page = await open();
  await write(page, "FROM alpine:3.23\nCMD [\"sh\"]\n");
  await page.getByLabel("Rules").selectOption("hadolint");
  await show(page, "Size");
  await page.getByText("Your project").click();
  await page.getByLabel("Program, MB").fill("12,5");
  await page.getByLabel("Program, MB").press("Tab");
  await page.reload();
  await running(page);
  assert.equal(await text(page), "FROM alpine:3.23\nCMD [\"sh\"]\n");
  await page.getByText("Your project").click();
  assert.equal(await page.getByLabel("Program, MB").inputValue(), "12.5");
  await show(page, "Problems");
  assert.equal(await page.getByLabel("Rules").inputValue(), "hadolint");
  await finish(page);
});

test("a fix is one step of the browser's own undo", async () => {
  const page = await open();
  await write(page, CASING);
  await problem(page, "from-as-casing").getByRole("button", { name: /^Fix:/ }).click();
  assert.equal(await text(page), CASING.replace(" as ", " AS "));
  await page.locator("#source").focus();
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await text(page), CASING);
  await problem(page, "from-as-casing").waitFor();
  await page.keyboard.press("ControlOrMeta+Shift+z");
  assert.equal(await text(page), CASING.replace(" as ", " AS "));
  await finish(page);
});

test("undo works where the focus is after a fix, and where the editor is not shown", async () => {
  const page = await open();
  await write(page, CASING);
  await problem(page, "from-as-casing").getByRole("button", { name: /^Fix:/ }).click();
  await page.locator("#problems-list:focus").waitFor();
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await text(page), CASING);
  assert.equal(await page.evaluate(() => document.activeElement.id), "problems-list");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  assert.equal(await text(page), CASING.replace(" as ", " AS "));
  // A field of its own takes back its own text.
  await show(page, "Explain");
  await page.getByLabel("Paste an error message").focus();
  await page.keyboard.type("x");
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await text(page), CASING.replace(" as ", " AS "));
  await page.setViewportSize(NARROW);
  await show(page, "Problems");
  assert.ok(await page.locator("#source").isHidden());
  assert.ok(await page.locator("#source").evaluate((area) => area.getClientRects().length > 0), "without a box Firefox forgets what to undo");
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await text(page), CASING);
  await finish(page);
});

test("examples, reset and clear can be undone", async () => {
  const page = await open();
  await write(page, "FROM scratch\n");
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("button", { name: /^Go service, done well/ }).click();
  assert.match(await text(page), /^# syntax=docker\/dockerfile:1\n/);
  assert.equal(await page.locator(".problem").count(), 0, "the exemplary Dockerfile has no finding");
  await page.getByRole("button", { name: "Clear" }).click();
  assert.equal(await text(page), "");
  await page.getByRole("button", { name: "Reset" }).click();
  assert.match(await text(page), /^# syntax=docker\/dockerfile:1\n/);
  await page.locator("#source").focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await text(page), "FROM scratch\n");
  await finish(page);
});

test("what is typed before the application is there is kept", async () => {
  const slow = await open({ ready: false, prepare: (context) =>
    context.route("**/*.wasm", async (route) => {
      await new Promise((done) => setTimeout(done, 1500));
      await route.continue();
    }) });
  const source = slow.locator("#source");
  await source.waitFor();
  assert.match(await source.inputValue(), /^FROM /, "the editor is there before the application");
  await source.focus();
  await slow.keyboard.press("ControlOrMeta+a");
  await slow.keyboard.type("FROM golang:1.26 as b", { delay: 10 });
  assert.equal(await slow.locator("html[data-running]").count(), 0);
  await running(slow);
  await slow.keyboard.type("uild");
  assert.equal(await text(slow), "FROM golang:1.26 as build");
  assert.equal(await slow.evaluate(() => document.activeElement.id), "source");
  await problem(slow, "from-as-casing").waitFor();
  await slow.keyboard.press("ControlOrMeta+z");
  assert.notEqual(await text(slow), "FROM golang:1.26 as build", "the undo of before still works");
  await finish(slow);
});

test("a damaged link says so and leaves the page working", async () => {
  for (const hash of ["#1:xxxx", "#9:AAAA", "#1:"]) {
    const page = await open({ hash });
    await page.locator("#notice .notice").waitFor();
    assert.match(await text(page), /^FROM /);
    await write(page, CASING);
    await problem(page, "from-as-casing").waitFor();
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.locator("#notice .notice").waitFor({ state: "detached" });
    await finish(page);
  }
});

test("without storage the page works all the same", async () => {
  const page = await open({ prepare: (context) => context.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } });
  }) });
  await write(page, CASING);
  await problem(page, "from-as-casing").waitFor();
  await page.getByRole("button", { name: /^Theme/ }).click();
  await finish(page);
});

test("a rule has a page, with an address of its own", async () => {
  const page = await open({ hash: "#rule/from-as-casing" });
  await page.locator(".prose .page-title").waitFor();
  await page.getByRole("button", { name: "Open in editor" }).first().click();
  await problem(page, "from-as-casing").waitFor({ state: "detached" });
  await show(page, "Problems");
  await problem(page, "from-as-casing").getByRole("button", { name: /^Details/ }).click();
  await page.getByRole("link", { name: "Why" }).click();
  await page.locator(".prose .page-title").waitFor();
  await page.getByRole("button", { name: "Contents" }).click();
  await page.locator(".rule-link", { hasText: "untagged-base" }).waitFor();
  assert.ok(!page.url().includes("#rule"));
  await page.goto(`${address}#rule/no-such-rule`);
  await page.getByText("There is no page on this").waitFor();
  page.trouble = page.trouble.filter((line) => !line.includes("404"));
  await finish(page);
});

test("silencing a rule is part of the link and can be taken back", async () => {
  const page = await open();
  await write(page, CASING);
  await problem(page, "from-as-casing").getByRole("button", { name: /^Details/ }).click();
  await page.getByRole("button", { name: "Off everywhere" }).click();
  await problem(page, "from-as-casing").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Share" }).click();
  const link = await page.locator("#share-link").inputValue();
  const other = await open({ hash: link.slice(address.length) });
  assert.equal(await problem(other, "from-as-casing").count(), 0);
  await other.getByText("1 rule is off").click();
  await other.getByRole("button", { name: "Turn from-as-casing on" }).click();
  await problem(other, "from-as-casing").waitFor();
  await finish(other);
  await finish(page);
});

test("the theme is kept and is there at the first paint", async () => {
  const page = await open();
  await page.getByRole("button", { name: /^Theme: auto/ }).click();
  await page.getByRole("button", { name: /^Theme: light/ }).click();
  await page.reload({ waitUntil: "commit" });
  await page.locator("#source").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await running(page);
  await finish(page);
});

test("on a phone a problem leads to its place, and a fix works where the editor is not shown", async () => {
  const page = await open({ viewport: NARROW, hasTouch: true, isMobile: true });
  await write(page, CASING);
  await show(page, "Problems");
  assert.ok(await page.locator("#source").isHidden());
  await problem(page, "from-as-casing").getByRole("button", { name: /^Fix:/ }).click();
  await problem(page, "from-as-casing").waitFor({ state: "detached" });
  await show(page, "Editor");
  assert.equal(await text(page), CASING.replace(" as ", " AS "));
  await page.locator("#source").focus();
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await text(page), CASING);
  await show(page, "Problems");
  await problem(page, "from-as-casing").locator(".problem-main").click();
  assert.ok(await page.locator("#source").isVisible());
  const selected = await page.locator("#source").evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd));
  assert.match(selected, /as/);
  await finish(page);
});
