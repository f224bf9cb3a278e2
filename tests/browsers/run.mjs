// A short journey over dist/ in other browsers than Chromium:  node tests/browsers/run.mjs [firefox] [webkit]
//
// Firefox needs geckodriver on PATH (`cargo install geckodriver`), WebKit needs WebKitWebDriver and its
// MiniBrowser (Debian: webkit2gtk-driver) and a display (`xvfb-run`). DIST names another folder.
// Without names, each browser that is installed is asked.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { serve } from "../e2e/server.js";
import { browse, KEYS } from "./webdriver.mjs";

const DIST = resolve(process.env.DIST ?? join(import.meta.dirname, "../../dist"));
const MINI = ["x86_64", "aarch64"].map((name) => `/usr/lib/${name}-linux-gnu/webkit2gtk-4.1/MiniBrowser`).find(existsSync);
const installed = (name) => process.env.PATH.split(delimiter).map((folder) => join(folder, name)).find(existsSync);
const BROWSERS = {
  firefox: {
    driver: "geckodriver",
    capabilities: { "moz:firefoxOptions": { args: ["-headless"], binary: installed("firefox") ?? installed("firefox-esr") } },
  },
  webkit: {
    driver: "WebKitWebDriver",
    capabilities: { "webkitgtk:browserOptions": { binary: MINI, args: ["--automation"] } },
  },
};

const BEFORE = "FROM golang:1.26-alpine as build\nRUN apk add curl\n";
const AFTER = BEFORE.replace(" as ", " AS ");
const TABS = {
  size: ".figure-value", stages: ".stage", build: ".build-group", checklist: ".point", explain: "#explain-message", guide: ".chapter-link", problems: ".problem",
};

const WATCH = `
  window.trouble = [];
  addEventListener("error", (event) => trouble.push(event.message));
  addEventListener("unhandledrejection", (event) => trouble.push(String(event.reason)));
  document.addEventListener("securitypolicyviolation", (event) => trouble.push(event.violatedDirective + " " + event.blockedURI));`;

async function journey(browser, address) {
  const source = () => browser.run("return document.querySelector('#source').value");
  await browser.go(address);
  await browser.when("document.documentElement.hasAttribute('data-running')");
  await browser.run(WATCH);

  await browser.click("#source");
  await browser.chord(KEYS.Control, "a");
  await browser.type(BEFORE);
  assert.equal(await source(), BEFORE, "no key stroke is lost");
  await browser.when("document.querySelector('.problem')?.textContent.includes('from-as-casing')");
  await browser.when("document.querySelector('.position').textContent === 'Ln 3, Col 1'");
  const [line, thickness, area, paper] = await browser.run(`
    const style = (css) => getComputedStyle(document.querySelector(css));
    const left = (css) => document.querySelector(css).getBoundingClientRect().left + parseFloat(style(css).paddingLeft);
    return [style(".squiggle").textDecorationStyle, style(".squiggle").textDecorationLine, left("#source"), left(".paper-lines .line")]`);
  assert.deepEqual([line, thickness], ["wavy", "underline"], "findings are underlined");
  assert.equal(area, paper, "the painted text lies on the text");

  await browser.click(".problem .fix");
  await browser.when("document.querySelector('#source').value === arguments[0]", AFTER);
  await browser.when("document.activeElement.id === 'problems-list'");
  await browser.chord(KEYS.Control, "z");
  await browser.when("document.querySelector('#source').value === arguments[0]", BEFORE);

  for (const [tab, content] of Object.entries(TABS)) {
    await browser.click(`#tab-${tab}`);
    await browser.when("document.querySelector('#view ' + arguments[0])", content);
  }
  for (const menu of ["examples", "export", "share"]) {
    await browser.click(`#${menu}-button`);
    await browser.when("document.querySelector('#' + arguments[0] + ':popover-open')", menu);
    const [inside, filled] = await browser.run(`
      const box = document.querySelector(":popover-open"), last = box.lastElementChild.getBoundingClientRect(), edge = box.getBoundingClientRect();
      return [edge.right <= innerWidth && edge.bottom <= innerHeight, edge.bottom - last.bottom]`);
    assert.ok(inside, `${menu} is inside of the window`);
    assert.ok(filled < 40, `${menu} is as high as what it holds`);
    await browser.chord(KEYS.Escape);
    await browser.when("!document.querySelector(':popover-open')");
  }

  // A fix on a phone, where the editor is not shown, is taken back too.
  await browser.size(450, 800);
  await browser.when("getComputedStyle(document.querySelector('#editor')).visibility === 'hidden'");
  await browser.click(".problem .fix");
  await browser.when("document.querySelector('#source').value === arguments[0]", AFTER);
  await browser.chord(KEYS.Control, "z");
  await browser.when("document.querySelector('#source').value === arguments[0]", BEFORE);
  assert.ok(await browser.run("return document.documentElement.scrollWidth <= innerWidth"), "nothing scrolls sideways");
  assert.deepEqual(await browser.run("return trouble"), []);
}

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(BROWSERS).filter((name) => installed(BROWSERS[name].driver));
if (names.length === 0) console.log("Neither geckodriver nor WebKitWebDriver is installed.");
for (const below of ["/", "/a/b/"]) {
  const server = await serve(DIST, below);
  for (const name of names) {
    const { driver, capabilities } = BROWSERS[name];
    const browser = await browse([driver], capabilities);
    try {
      await journey(browser, server.address);
      console.log(`${browser.name} under ${below}: ok`);
    } catch (error) {
      console.error(`${browser.name} under ${below}:`, error);
      process.exitCode = 1;
    } finally {
      await browser.close();
    }
  }
  server.close();
}
