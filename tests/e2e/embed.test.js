// The playground in somebody else's page: another origin, a strict policy, no trust on either side.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { block, done, FAR, frame, heard, MISTAKES, remember, running, script, useHost, visit, widget } from "./host.js";
import { address as source, markup } from "../../crates/web/js/embedding.js";
import { address, open, text, useBrowser } from "./playground.js";

useBrowser();
useHost();

test("a code block becomes a widget under a strict policy, and only we are asked", async () => {
  const page = await visit(`${script('data-view="problems"')}${block(MISTAKES, 'data-title="Bad example"')}`, { prepare: remember });
  await running(page);
  const inside = frame(page);
  await inside.locator(".problem").filter({ hasText: "untagged-base" }).waitFor();
  assert.equal(await inside.locator(".embed-title").textContent(), "Bad example");
  assert.equal(await widget(page).locator("iframe").getAttribute("title"), "Bad example");
  assert.equal(await inside.locator("#source").inputValue(), MISTAKES.trim());
  assert.match((await heard(page, "ready")).version, /^\d+\.\d+\.\d+$/);
  const { problems, counts } = await heard(page, "lint");
  const found = problems.find(({ id }) => id === "untagged-base");
  assert.deepEqual([found.line, found.column, found.severity, found.codes], [1, 6, "warning", ["DL3006"]]);
  assert.equal(found.url, `${address}#rule/untagged-base`);
  assert.equal(counts.warning, problems.filter(({ severity }) => severity === "warning").length);
  assert.ok((await heard(page, "size")).unpacked.estimate > 1e8);
  await done(page);
});

test("the block can be read before, in print, and where the script is missing", async () => {
  const page = await visit(`${script()}${block(MISTAKES)}`);
  await running(page);
  const pre = page.locator("pre");
  assert.equal(await pre.isVisible(), false);
  await page.emulateMedia({ media: "print" });
  assert.equal(await pre.isVisible(), true);
  assert.equal(await widget(page).locator("iframe").isVisible(), false);
  await done(page);
  const without = await visit(block(MISTAKES));
  assert.equal(await without.locator("pre").textContent(), MISTAKES);
  await done(without);
});

test("what is far below is not loaded until it comes near, and all share one download", async () => {
  const page = await visit(`${script('data-view="editor"')}${block("FROM alpine:3.22")}${block("FROM debian:13")}${FAR}${block("FROM scratch")}`);
  const asked = [];
  page.context().on("request", (request) => asked.push(request.url()));
  await running(page, 1);
  assert.equal(await page.locator("iframe").count(), 2);
  await widget(page, 2).scrollIntoViewIfNeeded();
  await running(page, 2);
  assert.equal(await frame(page, 2).locator("#source").inputValue(), "FROM scratch");
  const transferred = await frame(page, 2).locator("html").evaluate(() =>
    performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".wasm")).map(({ encodedBodySize, transferSize }) => transferSize < encodedBodySize));
  assert.deepEqual(transferred, [true], "the third takes the module from the cache");
  await done(page);
});

test("in a sandbox without an origin, and with storage blocked", async () => {
  const link = await (async () => {
    const page = await open({});
    await page.getByRole("button", { name: "Share", exact: true }).click();
    const link = await page.locator("#share-link").inputValue();
    await page.context().close();
    return link.split("#")[1];
  })();
  const page = await visit(`<iframe title="Opaque" sandbox="allow-scripts" width="600" height="400" src="${address}embed.html?view=editor#${link}"></iframe>${script('data-sandbox="allow-scripts"')}${block(MISTAKES)}`);
  const opaque = page.frameLocator("main > iframe");
  await opaque.locator("html[data-running]").waitFor({ state: "attached" });
  assert.match(await opaque.locator("#source").inputValue(), /^FROM golang:1\.26-alpine as build/);
  await running(page);
  await frame(page).locator(".problem").first().waitFor();
  assert.equal(await frame(page).locator("html").evaluate(() => self.origin), "null");
  const stored = await frame(page).locator("html").evaluate(() => { try { return localStorage.length; } catch ({ name }) { return name; } });
  assert.equal(stored, "SecurityError");
  assert.match(await widget(page).evaluate((it) => it.permalink()), /#1:/);
  await done(page);
});

test("an embed never keeps anything and never changes its address", async () => {
  const page = await visit(`${script()}${block(MISTAKES)}`);
  await running(page);
  const before = await page.evaluate(() => [history.length, document.querySelector("dockerfile-playground").shadowRoot.querySelector("iframe").src]);
  const inside = frame(page);
  await inside.locator("#source").click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText("\nUSER 1000");
  await inside.getByRole("tab", { name: "Guide" }).click();
  await inside.locator(".rule-link").first().click();
  await inside.locator(".page-title").waitFor();
  await inside.getByRole("tab", { name: "Problems" }).click();
  assert.equal(await inside.locator("html").evaluate(() => location.href), before[1]);
  assert.equal(await page.evaluate(() => history.length), before[0]);
  await page.waitForTimeout(600);
  assert.equal(await inside.locator("html").evaluate(() => localStorage.length), 0);
  await done(page);
});

test("what was edited goes along to the whole playground", async () => {
  const page = await visit(`${script('data-view="editor"')}${block(MISTAKES)}`, { prepare: remember });
  await running(page);
  await frame(page).locator("#source").click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText("# edited\n");
  assert.deepEqual(await heard(page, "change"), { name: "change", code: `# edited\n${MISTAKES.trim()}`, origin: "user" });
  const [full] = await Promise.all([page.context().waitForEvent("page"), frame(page).getByRole("link", { name: "Open in the playground" }).click()]);
  await full.locator("html[data-running]").waitFor({ state: "attached" });
  assert.equal(await text(full), `# edited\n${MISTAKES.trim()}`);
  assert.equal(full.url().split("#")[0], address);
  await done(page);
});

test("methods wait until it works, and each has an answer", async () => {
  const page = await visit(`${FAR}${block(MISTAKES)}${script('data-loading="click"')}`, { prepare: remember });
  await page.getByRole("button", { name: "Try it" }).waitFor();
  assert.equal(await page.locator("iframe").count(), 0);
  const told = await widget(page).evaluate(async (it) => {
    const before = await it.problems();
    const fixed = await it.fix("DL3020");
    const all = await it.fixAll({ unsafe: true });
    const after = await it.problems();
    const reset = await it.reset();
    it.value = "from alpine:3.22\n";
    await it.format();
    await new Promise((done) => it.addEventListener("dfp-change", ({ detail }) => detail.code.startsWith("FROM") && done()));
    const formatted = it.value;
    await it.goTo(1);
    await it.focus();
    const failed = await it.fix("no-such-rule").catch(({ message }) => message);
    return { before: before.length, fixed, all, after: after.length, reset, formatted, failed, value: it.value, link: await it.permalink() };
  });
  assert.match(told.fixed, /^COPY \. \.$/m);
  assert.match(told.all, /^FROM golang:\S+$/m);
  assert.ok(told.after < told.before);
  assert.equal(told.reset, MISTAKES.trim());
  assert.equal(told.formatted, "FROM alpine:3.22\n");
  assert.equal(told.failed, "`no-such-rule` finds nothing");
  assert.ok(told.link.startsWith(`${address}#1:`));
  await page.waitForFunction(() => window.heard.some((it) => it.name === "change" && it.origin === "fix"));
  await done(page);
});

test("the frame trusts nobody", async () => {
  const page = await visit(`<iframe title="Ours" width="600" height="400"></iframe>`, { policy: "" });
  const told = await page.evaluate(async (src) => {
    const frame = document.querySelector("iframe");
    const hello = new Promise((done) => addEventListener("message", ({ data, origin }) => done({ ...data, origin })));
    frame.src = src;
    const first = await hello;
    const connect = (v) => {
      const { port1, port2 } = new MessageChannel();
      frame.contentWindow.postMessage({ type: "dfp:init", v }, "*", [port2]);
      return port1;
    };
    const next = (port, wanted) => new Promise((done) => {
      port.onmessage = ({ data }) => { if (wanted(data)) done(data); };
    });
    frame.contentWindow.postMessage({ type: "dfp:init", v: 1 }, "*");
    frame.contentWindow.postMessage("rubbish", "*");
    const wrong = await next(connect(2), () => true);
    const port = connect(1);
    const ready = await next(port, ({ type }) => type === "ready");
    const ask = (message) => { port.postMessage(message); return next(port, ({ id }) => id === message.id); };
    const answers = [];
    for (const [id, [method, ...args]] of [["eval", "1"], ["load", 5], ["load", "x".repeat((1 << 20) + 1)], ["goTo", "1"], ["theme", "pink"], ["load", "<img src=x onerror=alert(1)>"]].entries()) {
      answers.push(await ask({ id, method, args }));
    }
    answers.push(await ask({ id: 9 }));
    const second = await Promise.race([next(connect(1), () => true), new Promise((done) => setTimeout(done, 300, "silence"))]);
    return { first, wrong, ready, answers: answers.map(({ error, result }) => error ?? result), second };
  }, `${address}embed.html?view=inline`);
  page.trouble = page.trouble.filter((it) => !it.includes("404"));
  assert.deepEqual(told.first, { type: "dfp:hello", v: 1, origin: new URL(address).origin });
  assert.deepEqual(told.wrong, { type: "error", message: "version 2 of the protocol is unknown" });
  assert.equal(told.ready.type, "ready");
  assert.deepEqual(told.answers, ["no method `eval`", "`load` needs a text", "the text is too long", "`goTo` needs a line", "no such theme", "<img src=x onerror=alert(1)>", "no method `undefined`"]);
  assert.equal(told.second, "silence");
  const inside = page.frameLocator("iframe");
  await inside.locator(".listing").waitFor();
  assert.equal(await inside.locator("img").count(), 0);
  await done(page);
});

test("it follows the theme of the page", async () => {
  const page = await visit(`${script('data-view="editor"')}${block(MISTAKES)}`);
  await running(page);
  const theme = (wanted) => frame(page).locator(`html[data-theme="${wanted}"]`).waitFor();
  await theme("light");
  await page.evaluate(() => { document.documentElement.dataset.theme = "dark"; });
  await theme("dark");
  await widget(page).evaluate((it) => it.setAttribute("theme", "light"));
  await theme("light");
  await done(page);
});

test("nothing of the page moves when it comes", async () => {
  for (const view of ["split", "editor", "problems", "inline", "sizes", "guide", "builder"]) {
    const page = await visit(`<script src="${address}embed.js"></script><p>Before</p>${block(MISTAKES, `data-view="${view}"`)}<p>Behind</p>${block("FROM scratch", `data-view="${view}"`)}`, {
      prepare: (context) => context.addInitScript(() => {
        window.shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
      }),
    });
    await running(page, 1);
    await frame(page, 1).locator("#main").waitFor();
    await page.waitForTimeout(500);
    const shift = await page.evaluate(() => window.shift);
    assert.ok(shift < 0.05, `${view}: ${shift}`);
    await done(page);
  }
});

test("it grows with its text, up to a limit", async () => {
  const page = await visit(`${script('data-view="editor" data-max-height="600"')}${block("FROM scratch")}`);
  await running(page);
  const height = () => widget(page).locator("iframe").evaluate((it) => it.offsetHeight);
  const before = await height();
  await widget(page).evaluate((it) => { it.value = `FROM scratch\n${"# line\n".repeat(10)}`; });
  await page.waitForFunction((before) => document.querySelector("dockerfile-playground").shadowRoot.querySelector("iframe").offsetHeight === before + 220 + 22, before);
  await widget(page).evaluate((it) => { it.value = "# line\n".repeat(100); });
  await page.waitForFunction(() => document.querySelector("dockerfile-playground").shadowRoot.querySelector("iframe").offsetHeight === 600);
  await done(page);
});

test("an exercise is solved when what was wrong is gone", async () => {
  const page = await visit(`${script()}${block(MISTAKES, 'data-view="editor" data-expect="DL3020,untagged-base"')}`, { prepare: remember });
  await running(page);
  const inside = frame(page);
  await inside.locator(".goal").first().waitFor();
  await widget(page).evaluate((it) => { it.value = ""; });
  await heard(page, "change");
  await widget(page).evaluate((it) => it.reset().then(() => it.fix("DL3020")));
  await inside.locator(".goal.reached").waitFor();
  assert.equal(await page.evaluate(() => window.heard.some(({ name }) => name === "solved")), false);
  await widget(page).evaluate((it) => it.fix("untagged-base"));
  assert.deepEqual((await heard(page, "solved")).ids, ["DL3020", "untagged-base"]);
  await inside.getByText("Solved").waitFor();
  await done(page);
});

test("rules, profile, lines, read-only and what is hidden come from the attributes", async () => {
  const attributes = 'data-view="problems" data-profile="hadolint" data-rules="-DL3006" data-select="2-3" data-readonly data-hide="toolbar,footer,line-numbers" data-font-size="18"';
  const page = await visit(`${script()}${block(MISTAKES, attributes)}`);
  await running(page);
  const inside = frame(page);
  await inside.locator(".problem").filter({ hasText: "DL3020" }).waitFor();
  assert.equal(await inside.locator(".problem").filter({ hasText: "untagged-base" }).count(), 0);
  assert.equal(await inside.locator(".line.chosen").count(), 2);
  assert.equal(await inside.locator("#source").getAttribute("readonly"), "");
  assert.equal(await inside.locator("#source").evaluate((it) => getComputedStyle(it).fontSize), "18px");
  for (const hidden of [".gutter", "#summary", ".fix", "#embed-bar .quiet"]) {
    assert.equal(await inside.locator(hidden).first().isVisible(), false, hidden);
  }
  await done(page);
});

test("the element takes its text from an address, and says when there is none", async () => {
  const page = await visit(`${script()}<dockerfile-playground view="editor" src="/Dockerfile"></dockerfile-playground>`, { prepare: remember });
  await running(page);
  assert.equal(await frame(page).locator("#source").inputValue(), "FROM alpine:3.22\nADD a /\n");
  await done(page);
});

test("as a module, mounted by a script", async () => {
  const [us] = address.match(/^http:\/\/[^/]+/);
  const policy = `default-src 'none'; script-src ${us} 'unsafe-inline'; frame-src ${us}; style-src 'self'`;
  const page = await visit(`<div id="here"></div><script type="module">
    import { mount } from "${address}embed.mjs";
    mount(document.querySelector("#here"), { value: "FROM scratch", view: "editor" });
  </script>`, { policy });
  await running(page);
  assert.equal(await frame(page).locator("#source").inputValue(), "FROM scratch");
  await done(page);
});

for (const view of ["split", "editor", "problems", "inline", "sizes", "guide", "builder"]) {
  test(`${view}: axe finds nothing, nothing scrolls sideways, the keyboard reaches it`, async () => {
    for (const [width, theme] of [[800, "light"], [375, "dark"]]) {
      const page = await visit(`<a href="#end">First</a>${script()}${block(MISTAKES, `data-view="${view}" data-expect="DL3020" ${view === "guide" ? 'data-page="rule/no-user"' : ""} data-theme="${theme}"`)}<a id="end" href="#end">Last</a>`, { viewport: { width, height: 800 } });
      await running(page);
      await frame(page).locator("#embed-link a").waitFor();
      await page.waitForTimeout(300);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const shown = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html}\n  ${node.failureSummary}`).join("\n")}`);
      assert.deepEqual(shown, [], `${view} ${width}`);
      const wider = await frame(page).locator("html").evaluate((it) => it.scrollWidth - innerWidth);
      assert.ok(wider <= 0, `${view} is ${wider} px too wide`);
      await page.locator("a").first().focus();
      for (let steps = 0; steps < 120 && !(await page.locator("#end").evaluate((it) => it === document.activeElement)); steps += 1) {
        await page.keyboard.press("Tab");
      }
      assert.ok(await page.locator("#end").evaluate((it) => it === document.activeElement), "the keyboard leaves it again");
      await done(page);
    }
  });
}

test("what is written into the page is markup only where it should be", () => {
  const given = { folder: "https://example.org/p/", link: "1:a", text: "RUN a && b > c </pre><script>\n" };
  const chosen = { form: "element", view: "split", theme: "auto", readonly: false, expect: "", title: "" };
  const own = '<script async src="https://example.org/p/embed.js"></script>\n';
  assert.equal(markup(chosen, { ...given, text: "FROM a\n" }), `${own}<dockerfile-playground>\n<pre>FROM a</pre>\n</dockerfile-playground>\n`);
  for (const form of ["element", "code block", "iframe, without a script", "link"]) {
    const text = markup({ ...chosen, form, title: '"><script>&é' }, given);
    assert.ok(!text.replace(own, "").includes("<script"), text);
  }
  const all = { ...chosen, form: "code block", view: "sizes", theme: "dark", readonly: "on", expect: " no-user,+DL3006 " };
  assert.ok(markup(all, given).includes('<code class="language-dockerfile" data-view="sizes" data-theme="dark" data-readonly="true" data-expect="no-user,+DL3006">RUN a &amp;&amp; b > c &lt;/pre>&lt;script></code>'));
  assert.equal(source(all, given), "https://example.org/p/embed.html?view=sizes&theme=dark&readonly=true&expect=no-user%2C%2BDL3006#1:a");
});

test("the dialog writes markup that works, and shows it", async () => {
  const page = await open({});
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: "Embed…" }).click();
  const dialog = page.getByRole("dialog", { name: "Embed this Dockerfile" });
  const preview = dialog.frameLocator("iframe.preview");
  await preview.locator("html[data-running]").waitFor({ state: "attached" });
  await dialog.getByLabel("View").selectOption("problems");
  await preview.locator(".problem").first().waitFor();
  const markup = dialog.locator("#embed-markup");
  assert.match(await markup.inputValue(), /<dockerfile-playground view="problems">\n<pre>FROM golang:1\.26-alpine as build/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id} ${nodes[0].html}`), []);
  for (const form of ["element", "code block", "iframe, without a script"]) {
    await dialog.getByLabel("Embed as").selectOption(form);
    await dialog.getByRole("button", { name: "Copy", exact: true }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await markup.inputValue());
    const host = await visit(copied);
    await dialog.getByRole("button", { name: "Copied" }).waitFor();
    const inside = form.startsWith("iframe") ? host.frameLocator("iframe") : frame(host);
    await inside.locator(".problem").filter({ hasText: "from-as-casing" }).waitFor();
    await done(host);
  }
  await dialog.getByRole("button", { name: "Close" }).press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "share-button");
  await done(page);
});
