// Course mode: lessons are found, solved, kept, left and brought along.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { block, frame, script, useHost, visit } from "./host.js";
import { DIST, MIDDLE, NARROW, WIDE, address, open, running, text, useBrowser, write } from "./playground.js";

useBrowser();
useHost();

const COURSE = "dockerfile-playground.course";
const DRAFT = "dockerfile-playground.draft";
const source = readFileSync(new URL("../../lessons/05-pin-the-bases.md", import.meta.url), "utf8");
const solution = source.match(/```dockerfile solution\n([^]*?)```/)[1];
const OWN = readFileSync(new URL("../../docs/lessons.md", import.meta.url), "utf8").match(/````markdown\n([^]*?)````/)[1];

async function finish(page) {
  assert.deepEqual(page.trouble, []);
  await page.context().close();
}

const title = (page, words) => page.locator(".course .page-title", { hasText: words }).waitFor();
const stand = (page) => page.locator(".lesson-strip .tag");
/** Waits until the browser keeps these words under a key. */
const keeps = (page, key, words) => page.waitForFunction(([key, words]) => localStorage.getItem(key)?.includes(words), [key, words]);

/** Opens the list of lessons from the menu, by the keyboard. */
async function list(page) {
  await page.getByRole("button", { name: "Examples" }).press("Enter");
  await page.getByRole("button", { name: /^Lessons/ }).press("Enter");
  await page.locator(".course .chapter-link").first().waitFor();
}

test("a lesson is found and solved by the keyboard, announced, and kept", async () => {
  const page = await open();
  const own = "FROM alpine:3.22\nUSER nobody\nCMD [\"sh\"]\n";
  await write(page, own);
  await keeps(page, DRAFT, "nobody");
  await list(page);
  assert.equal(await page.locator(".course .chapter-link").count(), 8);
  await page.getByText("0 of 8 solved").waitFor();
  await page.getByRole("link", { name: /Say which base you mean/ }).press("Enter");
  await title(page, "Say which base you mean");
  assert.ok(page.url().endsWith("#lesson/pin-the-bases"));
  await stand(page).getByText("of 4 met").waitFor();
  const first = page.locator(".goal", { hasText: "latest-tag" });
  await first.getByText("found once").waitFor();
  await first.getByRole("button", { name: /^line \d/ }).press("Enter");
  assert.match(await page.locator("#source").evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd)), /latest/);
  await write(page, solution);
  await stand(page).getByText("Solved").waitFor();
  await page.locator('[role="status"]', { hasText: "Lesson: Solved" }).waitFor({ state: "attached" });
  assert.equal(await page.locator(".goal.reached").count(), 4);
  await keeps(page, COURSE, "pin-the-bases");
  // The draft is what was there before, and comes back.
  assert.ok((await page.evaluate((key) => localStorage.getItem(key), DRAFT)).includes("nobody"));
  await page.getByRole("button", { name: "Back to my own text" }).press("Enter");
  await page.getByText("1 of 8 solved").waitFor();
  assert.equal(await text(page), own);
  assert.equal(await stand(page).count(), 0);
  await finish(page);
});

test("a reload goes on where one was, and back leads to the list", async () => {
  const page = await open({ hash: "#lesson" });
  await page.getByRole("link", { name: /Run without root/ }).click();
  await title(page, "Run without root");
  await write(page, "FROM alpine:3.22\n# half way\n");
  await keeps(page, COURSE, "half way");
  await page.reload();
  await running(page);
  await title(page, "Run without root");
  assert.equal(await text(page), "FROM alpine:3.22\n# half way\n");
  await page.getByRole("button", { name: "Begin anew" }).click();
  await page.waitForFunction(() => !document.querySelector("#source").value.includes("half way"));
  await page.locator("#source").focus();
  await page.keyboard.press("ControlOrMeta+z");
  await page.waitForFunction(() => document.querySelector("#source").value.includes("half way"));
  await page.getByRole("link", { name: "Next lesson" }).click();
  await title(page, "Download dependencies once");
  await page.goBack();
  await title(page, "Run without root");
  assert.match(await text(page), /half way/);
  await page.goBack();
  await page.locator(".course .chapter-link").first().waitFor();
  await page.getByRole("button", { name: "Forget my progress" }).click();
  await page.getByRole("button", { name: "Forget my progress" }).waitFor({ state: "detached" });
  await finish(page);
});

test("hints are folded, and a solution is shown when it is asked for", async () => {
  const page = await open({ hash: "#lesson/two-stages" });
  await title(page, "Leave the tool chain behind");
  const hint = page.locator("details", { hasText: "starts a new, empty stack of layers" });
  assert.equal(await hint.locator("p").first().isVisible(), false);
  await hint.locator("summary").press("Enter");
  await hint.locator("p").first().waitFor();
  assert.equal(await page.locator(".course .example-code").count(), 0);
  await page.getByRole("button", { name: "Show a solution" }).press("Enter");
  assert.ok((await page.locator(".course .line.marked").count()) > 3);
  await page.locator(".course .example-code").getByRole("button", { name: "Open in editor" }).click();
  await stand(page).getByText("Solved").waitFor();
  assert.equal(await page.locator(".course .line.marked").count(), 0);
  await page.getByRole("link", { name: "the chapter on this" }).click();
  await page.locator(".page-title", { hasText: "Why images get big" }).waitFor();
  await page.locator(".lesson-strip").getByRole("link").click();
  await title(page, "Leave the tool chain behind");
  await finish(page);
});

test("a lesson of one's own comes from a file, and goes on as a link", async () => {
  const page = await open({ hash: "#lesson" });
  const input = page.getByLabel(/Open a lesson file/);
  await input.setInputFiles({ name: "own.md", mimeType: "text/markdown", buffer: Buffer.from(OWN) });
  await title(page, "Name the version");
  assert.ok(page.url().endsWith("#lesson/own"));
  await page.getByRole("button", { name: "Copy link to this lesson" }).click();
  await page.getByText("The link is copied").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /#1:[\w-]+$/);
  await finish(page);

  const other = await open({ hash: link.slice(link.indexOf("#")) });
  await title(other, "Name the version");
  assert.equal(await text(other), "FROM alpine\nRUN apk add --no-cache tzdata\nUSER nobody\nCMD [\"date\"]\n");
  await keeps(other, COURSE, "Name the version");
  await other.reload();
  await running(other);
  await title(other, "Name the version");
  await write(other, "FROM alpine:3.22\nRUN apk add --no-cache tzdata\nUSER nobody\nCMD [\"date\"]\n");
  await stand(other).getByText("Solved").waitFor();
  await finish(other);
});

test("a file that is dropped is opened, a lesson beside the page too, and a damaged one says so", async () => {
  const page = await open();
  const drop = (name, content) => page.evaluate(([name, content]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], name));
    const at = document.querySelector("#paper");
    for (const kind of ["dragover", "drop"]) at.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
  }, [name, content]);
  await drop("Dockerfile", "FROM dropped:1\n");
  await page.waitForFunction(() => document.querySelector("#source").value === "FROM dropped:1\n");
  await drop("lesson.md", OWN.replace("title =", "titel =").replace("untagged-base\"", "no-such-rule\""));
  await page.getByRole("heading", { name: "This lesson cannot be opened" }).waitFor();
  await page.locator("li", { hasText: "Line 2: no key is called titel" }).waitFor();
  await page.locator("li", { hasText: "Line 8: no rule is called no-such-rule" }).waitFor();
  assert.equal(await text(page), "FROM dropped:1\n");
  await drop("lesson.md", OWN);
  await title(page, "Name the version");
  await finish(page);

  const beside = await open({
    hash: "#lesson=courses/own.md",
    prepare: (context) => context.route("**/courses/own.md", (route) => route.fulfill({ body: OWN })),
  });
  await title(beside, "Name the version");
  await beside.evaluate(() => { location.hash = "#lesson=https://example.org/own.md"; });
  await beside.getByText("There is no such file beside this page").waitFor();
  await beside.evaluate(() => { location.hash = "#lesson/no-such-lesson"; });
  await beside.getByText("There is no lesson of this name").waitFor();
  beside.trouble = beside.trouble.filter((trouble) => !trouble.includes("404"));
  await finish(beside);
});

test("without storage a lesson works all the same", async () => {
  const prepare = (context) => context.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
  });
  const page = await open({ hash: "#lesson/pin-the-bases", prepare });
  await title(page, "Say which base you mean");
  await write(page, solution);
  await stand(page).getByText("Solved").waitFor();
  await page.getByRole("link", { name: "Lessons", exact: true }).click();
  await page.getByText("1 of 8 solved").waitFor();
  await finish(page);
});

test("a lesson works in the playground as one file", async () => {
  const site = pathToFileURL(join(DIST, "download/dockerfile-playground.html")).href;
  const page = await open({ site, hash: "#lesson/pin-the-bases", ours: ["file:"] });
  await title(page, "Say which base you mean");
  await write(page, solution);
  await stand(page).getByText("Solved").waitFor();
  const file = join(mkdtempSync(join(tmpdir(), "lesson-")), "own.md");
  writeFileSync(file, OWN);
  await page.getByRole("link", { name: "Lessons", exact: true }).click();
  await page.getByLabel(/Open a lesson file/).setInputFiles(file);
  await title(page, "Name the version");
  await finish(page);
});

test("an embedded lesson has its task, and tells when it is solved", async () => {
  const prepare = (context) => context.addInitScript(() => {
    window.solved = [];
    addEventListener("dfp-solved", ({ detail }) => window.solved.push(detail.ids));
  });
  const page = await visit(`${script()}<dockerfile-playground page="lesson/pin-the-bases" view="split"></dockerfile-playground>`, { prepare });
  await frame(page).locator(".course .page-title", { hasText: "Say which base you mean" }).waitFor();
  await frame(page).locator(".goals .goal").nth(3).waitFor();
  await page.locator("dockerfile-playground").evaluate((it, text) => { it.value = text; }, solution);
  await page.waitForFunction(() => window.solved.length > 0);
  assert.deepEqual(await page.evaluate(() => window.solved[0]), ["latest-tag", "untagged-base", "eol-base"]);
  await finish(page);

  // A text that is a lesson is opened as one.
  const own = await visit(`${script()}${block(OWN, 'data-view="problems"')}`);
  await frame(own).locator(".goals .goal").nth(3).waitFor();
  assert.match(await frame(own).locator("#source").inputValue(), /^FROM alpine\n/);
  await finish(own);
});

for (const colorScheme of ["light", "dark"]) {
  test(`lessons have no accessibility violation and fit every screen, ${colorScheme}`, async () => {
    for (const viewport of [WIDE, MIDDLE, NARROW]) {
      const page = await open({ viewport, colorScheme, hash: "#lesson" });
      await page.locator(".course .chapter-link").first().waitFor();
      const check = async (what) => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], what);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${what}: ${wide} pixels too wide at ${viewport.width}`);
      };
      await check("list");
      await page.getByRole("link", { name: /Say which base you mean/ }).click();
      await title(page, "Say which base you mean");
      await page.getByRole("button", { name: "Show a solution" }).click();
      await page.locator(".course .line.marked").first().waitFor();
      await check("lesson");
      await page.getByRole("button", { name: "Open in editor" }).click();
      await stand(page).getByText("Solved").waitFor();
      await page.locator(".toast").waitFor({ state: "detached" });
      await check("solved");
      await finish(page);
    }
  });
}
