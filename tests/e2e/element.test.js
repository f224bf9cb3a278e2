// The element in the hands of scripts, frameworks and generators: made, moved, hidden, copied,
// dressed, and made of blocks whose authors are not to be trusted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { block, done, FAR, frame, heard, MISTAKES, remember, running, script, useHost, visit, widget } from "./host.js";
import { ARGS, CHROMIUM, useBrowser } from "./playground.js";

useBrowser();
useHost();

const source = (page, index) => frame(page, index).locator("#source");
const theme = (page, wanted) => frame(page).locator(`html[data-theme="${wanted}"]`).waitFor();
const height = (page, index) => widget(page, index).locator("iframe").evaluate((it) => it.offsetHeight);
const defined = (page) => page.waitForFunction(() => customElements.get("dockerfile-playground"));

test("made by a script, it takes what is said before it is in the page", async () => {
  const page = await visit(`${script('data-view="editor"')}${FAR}<div id="here"></div>`);
  await defined(page);
  const text = await page.evaluate(() => {
    const it = document.createElement("dockerfile-playground");
    for (const theme of ["dark", "auto"]) it.setAttribute("theme", theme);
    it.value = "FROM golang\n";
    window.ready = it.ready.then((same) => same === it);
    document.querySelector("#here").append(it);
    return it.value;
  });
  assert.equal(text, "FROM golang\n");
  await widget(page).waitFor({ state: "attached" });
  assert.equal(await page.locator("iframe").count(), 0, "a text alone loads nothing");
  await widget(page).scrollIntoViewIfNeeded();
  assert.equal(await page.evaluate(() => window.ready), true);
  assert.equal(await source(page).inputValue(), "FROM golang\n");
  await theme(page, "light");
  // What is asked before it is in the page is answered when it works.
  const ids = await page.evaluate(async () => {
    const it = document.createElement("dockerfile-playground");
    it.value = "FROM debian\n";
    const problems = it.problems();
    document.body.prepend(it);
    return (await problems).map(({ id }) => id);
  });
  assert.ok(ids.includes("untagged-base"), ids.join(" "));
  await done(page);
});

test("moved, it comes back with its text, its first text and the theme of the page", async () => {
  const page = await visit(`${script('data-view="editor"')}${block(MISTAKES)}<div id="there"></div>`, { prepare: remember });
  await running(page);
  await widget(page).evaluate(async (it) => {
    it.value = "FROM scratch\n";
    await it.problems();
    it.remove();
    document.documentElement.dataset.theme = "dark";
    window.asked = it.permalink();
    document.querySelector("#there").append(it);
  });
  await page.locator("#there > dockerfile-playground[running]").waitFor();
  assert.match(await page.evaluate(() => window.asked), /#1:/, "what was asked on the way is answered");
  assert.equal(await source(page).inputValue(), "FROM scratch\n");
  await theme(page, "dark");
  assert.equal(await widget(page).evaluate((it) => it.reset()), MISTAKES.trim());
  assert.equal(await page.evaluate(() => window.heard.filter(({ name }) => name === "ready").length), 2);
  await done(page);
});

test("a copy works beside the first", async () => {
  const page = await visit(`${script('data-view="editor"')}${block("FROM scratch")}`);
  await running(page);
  await widget(page).evaluate((it) => it.after(it.cloneNode(true)));
  await running(page, 1);
  await widget(page, 1).evaluate((it) => { it.value = "FROM alpine:3.22"; return it.problems(); });
  assert.equal(await source(page, 1).inputValue(), "FROM alpine:3.22");
  assert.equal(await source(page).inputValue(), "FROM scratch");
  await done(page);
});

test("removed while its text is fetched, it begins anew when it comes back", async () => {
  let asked, release;
  const isAsked = new Promise((done) => { asked = done; });
  const isReleased = new Promise((done) => { release = done; });
  const page = await visit(`${script()}<dockerfile-playground view="editor" src="/Dockerfile"></dockerfile-playground>`, {
    prepare: (context) => context.route("**/Dockerfile", async (route) => {
      asked();
      await isReleased;
      await route.continue();
    }),
  });
  await isAsked;
  await widget(page).evaluate((it) => { it.remove(); window.widget = it; });
  release();
  await page.waitForFunction(() => window.widget.value);
  assert.equal(await page.evaluate(() => window.widget.shadowRoot.querySelectorAll("iframe").length), 0);
  await page.evaluate(() => document.body.append(window.widget));
  await running(page);
  assert.equal(await source(page).inputValue(), "FROM alpine:3.22\nADD a /\n");
  assert.equal(await page.locator("iframe").count(), 1);
  await done(page);
});

test("each has its own address, and says when there is nothing", async () => {
  const element = (src, text) => `<dockerfile-playground view="editor" src="${src}"><pre>${text}</pre></dockerfile-playground>`;
  const page = await visit(`${script()}${element("/Dockerfile", "one")}${element("/missing", "FROM scratch")}`, { prepare: remember });
  await running(page, 1);
  assert.equal(await source(page, 0).inputValue(), "FROM alpine:3.22\nADD a /\n");
  assert.equal(await source(page, 1).inputValue(), "FROM scratch", "the block stands in");
  assert.equal((await heard(page, "error")).message, "/missing: 404");
  page.trouble = page.trouble.filter((it) => !it.includes("404"));
  await done(page);
});

test("inside a shadow root it follows the page, and the page hears it", async () => {
  const page = await visit(`${script('data-view="editor"')}<div id="host"></div>`, { prepare: remember });
  await defined(page);
  await page.evaluate(() => {
    const it = document.createElement("dockerfile-playground");
    it.textContent = "FROM golang";
    document.querySelector("#host").attachShadow({ mode: "open" }).append(it);
  });
  await running(page);
  assert.equal((await heard(page, "lint")).problems.some(({ id }) => id === "untagged-base"), true);
  await theme(page, "light");
  await page.evaluate(() => { document.documentElement.dataset.theme = "dark"; });
  await theme(page, "dark");
  await done(page);
});

test("in a closed part of the page it waits, and has its height when it is shown", async () => {
  const page = await visit(`${script()}${block(MISTAKES)}<details><summary>More</summary>${block(MISTAKES)}</details><div id="tab" hidden>${block(MISTAKES)}</div>`);
  await running(page);
  await widget(page, 2).waitFor({ state: "attached" });
  assert.equal(await page.locator("iframe").count(), 1);
  const usual = await height(page);
  const as = (index, expected) => page.waitForFunction(([index, expected]) => {
    const frame = document.querySelectorAll("dockerfile-playground")[index].shadowRoot.querySelector("iframe");
    return frame?.offsetHeight === expected;
  }, [index, expected]);
  await page.locator("summary").click();
  await running(page, 1);
  await as(1, usual);
  const show = (shown) => page.locator("#tab").evaluate((it, shown) => { it.hidden = !shown; }, shown);
  await show(true);
  await running(page, 2);
  await as(2, usual);
  // It goes on working while it is hidden.
  await show(false);
  const text = `FROM scratch\n${"# line\n".repeat(20)}`;
  await widget(page, 2).evaluate((it, text) => { it.value = text; return it.problems(); }, text);
  await show(true);
  assert.equal(await source(page, 2).inputValue(), text);
  await page.waitForFunction((usual) => document.querySelectorAll("dockerfile-playground")[2].shadowRoot.querySelector("iframe").offsetHeight > usual, usual);
  await done(page);
});

test("made by a script, it is printed line by line", async () => {
  const page = await visit(script('data-view="editor"'));
  await defined(page);
  await page.evaluate(() => dockerfilePlayground.mount(document.querySelector("main"), { value: "FROM scratch\nUSER 1\n", title: "Mounted" }));
  await running(page);
  assert.equal(await frame(page).locator(".embed-title").textContent(), "Mounted");
  await page.emulateMedia({ media: "print" });
  const pre = page.locator("pre");
  assert.equal(await pre.isVisible(), true);
  assert.deepEqual(await pre.evaluate((it) => [it.textContent, getComputedStyle(it).whiteSpaceCollapse]), ["FROM scratch\nUSER 1\n", "preserve"]);
  await done(page);
});

test("who comes back to the page finds what was edited", async () => {
  const first = await visit(`${script('data-view="editor"')}${block(MISTAKES)}`);
  const address = first.url();
  await done(first);
  // Playwright's own browser keeps no page that was left.
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS, ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  try {
    const page = await browser.newPage();
    await page.goto(address);
    await running(page);
    await widget(page).evaluate((it) => { it.value = "FROM scratch\n"; return it.problems(); });
    await page.evaluate(() => addEventListener("pageshow", ({ persisted }) => { window.persisted = persisted; }));
    await page.goto(new URL("/style.css", address).href);
    await page.goBack({ waitUntil: "commit" });
    await running(page);
    assert.equal(await page.evaluate(() => window.persisted), true);
    // Playwright knows no frames of a page that was kept, so the widget is asked itself.
    assert.equal(await widget(page).evaluate((it) => it.fixAll()), "FROM scratch\n");
  } finally {
    await browser.close();
  }
});

test("a block says how it looks, and nothing else", async () => {
  const page = await visit(`${script()}
    <pre data-onclick="alert(1)" data-base="https://elsewhere.example/" data-src="/Dockerfile"><code class="language-dockerfile" data-view="editor" data-theme="github-dark" data-lang="dockerfile" data-style="color: red"><span class="ln">1</span>FROM scratch
<span class="ln">2</span>USER 1
</code></pre>`);
  await running(page);
  assert.deepEqual((await widget(page).evaluate((it) => it.getAttributeNames())).toSorted(), ["running", "style", "theme", "view"]);
  assert.equal(await widget(page).evaluate((it) => it.style.color), "");
  assert.equal(await source(page).inputValue(), "FROM scratch\nUSER 1", "the numbers of lines are no text");
  await theme(page, "light");
  await done(page);
});

test("a table with numbers of lines is one widget, dressed by what is around it", async () => {
  const page = await visit(`${script()}<div class="language-dockerfile highlight" data-view="editor"><table><tr>
    <td class="linenos"><div><pre>1\n2</pre></div></td><td class="code"><div><pre><span></span><code>FROM scratch\nUSER 1\n</code></pre></div></td></tr></table></div>`);
  await running(page);
  assert.equal(await widget(page).count(), 1);
  assert.equal(await widget(page).getAttribute("view"), "editor");
  assert.equal(await source(page).inputValue(), "FROM scratch\nUSER 1");
  assert.equal(await page.locator(".linenos").isVisible(), false, "the box of the generator gives way as a whole");
  await done(page);
});

test("it takes colours and fonts of the page, and what is none leaves it as it is", async () => {
  const page = await visit(`${script()}${block(MISTAKES, 'data-view="problems" data-theme-vars="accent: rgb(160, 0, 90); font: Georgia, serif; code-font: monospace; text: url(/x); size: 3px; background"')}`);
  await running(page);
  const inside = frame(page);
  const look = await inside.locator("html").evaluate((it) => {
    const token = (name) => it.style.getPropertyValue(name);
    return { accent: token("--accent"), ink: token("--ink"), surface: token("--surface"), set: it.style.length, font: getComputedStyle(document.body).fontFamily };
  });
  assert.deepEqual(look, { accent: "rgb(160, 0, 90)", ink: "", surface: "", set: 4, font: "Georgia, serif" });
  assert.equal(await inside.locator(".fix-all .button").first().evaluate((it) => getComputedStyle(it).color), "rgb(160, 0, 90)");
  assert.equal(await inside.locator("#source").evaluate((it) => getComputedStyle(it).fontFamily), "monospace");
  await done(page);
});

test("a height that is given holds, and another word for it does not count", async () => {
  const page = await visit(`${script('data-view="editor"')}${block(MISTAKES, 'data-height="300"')}${block(MISTAKES, 'data-height="auto"')}${block(MISTAKES)}`);
  await running(page, 2);
  await widget(page, 0).evaluate((it) => { it.value = "# line\n".repeat(60); return it.problems(); });
  assert.equal(await height(page, 0), 300);
  assert.equal(await height(page, 1), await height(page, 2));
  await done(page);
});

test("words have a language, a line can be pointed out, and blocks may come later", async () => {
  const page = await visit(`${script('data-selector="none" data-view="editor"')}
    <dockerfile-playground lang="fr" title="Mauvais exemple" goto="3"><pre>${MISTAKES}</pre></dockerfile-playground><pre class="later">FROM scratch</pre>`);
  await running(page);
  assert.equal(await frame(page).locator(".embed-title").getAttribute("lang"), "fr");
  assert.equal(await widget(page).locator("iframe").getAttribute("title"), "Mauvais exemple");
  assert.equal(await frame(page).locator(".line.chosen").count(), 1);
  assert.equal(await widget(page).count(), 1);
  await page.evaluate(() => dockerfilePlayground.upgrade("pre.later"));
  await running(page, 1);
  assert.equal(await source(page, 1).inputValue(), "FROM scratch");
  // Of a change afterwards only that of the theme counts.
  await widget(page).evaluate((it) => { it.setAttribute("view", "problems"); it.setAttribute("theme", "dark"); });
  await theme(page, "dark");
  assert.equal(await frame(page).locator("html").getAttribute("data-view"), "editor");
  await done(page);
});
