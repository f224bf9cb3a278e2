// The builder: a form whose Dockerfile is the one in the editor, and back.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { MIDDLE, NARROW, open, running, show, text, useBrowser, WIDE, write } from "./playground.js";

useBrowser();

async function finish(page) {
  assert.deepEqual(page.trouble, []);
  await page.context().close();
}

/** Opens the form and waits until it stands for the text in the editor. */
async function build(page) {
  await show(page, "Build");
  await page.locator("#build").waitFor();
}

/** Waits until the text in the editor is as wanted. */
async function holds(page, pattern) {
  await page.waitForFunction(([source, flags]) => new RegExp(source, flags).test(document.querySelector("#source").value), [pattern.source, pattern.flags]);
}

const undo = async (page) => {
  await page.locator("#source").focus();
  await page.keyboard.press("ControlOrMeta+z");
};

const field = (page, label) => page.getByLabel(label, { exact: true });

test("from the empty page to a multi-stage image with health check and user in a few steps", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await page.getByRole("button", { name: "Build one", exact: true }).click();
  await page.getByRole("button", { name: "Write it" }).click();
  await holds(page, /^FROM .* AS build$/m);
  await field(page, "Health check").selectOption("own");
  await holds(page, /^HEALTHCHECK/m);
  const written = await text(page);
  assert.equal(written.match(/^FROM /gm).length, 2);
  assert.match(written, /^USER /m);
  await page.locator("#verdict", { hasText: "Starts." }).waitFor();
  await page.getByRole("tab", { name: /^Problems 0/ }).waitFor();
  await finish(page);
});

test("each change is written at once, as one step of undo, and undo changes the form back", async () => {
  const page = await open();
  await build(page);
  await page.getByRole("button", { name: "New", exact: true }).click();
  await holds(page, /^FROM gcr/m);
  const before = await text(page);
  await field(page, "Health check").selectOption("own");
  await holds(page, /HEALTHCHECK/);
  await field(page, "Trim paths").uncheck();
  await page.waitForFunction(() => !document.querySelector("#source").value.includes("-trimpath"));
  await undo(page);
  await holds(page, /-trimpath/);
  assert.match(await text(page), /HEALTHCHECK/);
  await page.waitForFunction(() => document.querySelector("#build-trimpath").checked);
  await undo(page);
  await page.waitForFunction(() => document.querySelector("#build-health").value === "none");
  assert.equal(await text(page), before);
  await field(page, "Ports").fill("9090");
  await field(page, "Ports").press("Tab");
  await holds(page, /EXPOSE 9090/);
  await undo(page);
  await holds(page, /EXPOSE 8080/);
  await finish(page);
});

test("what is typed into the text changes the form, and what the form cannot hold stays", async () => {
  const page = await open();
  await build(page);
  await page.getByRole("button", { name: "New", exact: true }).click();
  await holds(page, /^EXPOSE 8080$/m);
  const own = (await text(page)).replace("EXPOSE 8080", "EXPOSE 7070\nVOLUME /own");
  await write(page, own);
  await page.waitForFunction(() => document.querySelector("#build-ports")?.value === "7070");
  const part = page.locator(".own-parts li", { hasText: "VOLUME" });
  await part.waitFor();
  await part.getByRole("button").first().click();
  await page.locator("#editor-status", { hasText: `Ln ${own.slice(0, own.indexOf("VOLUME")).split("\n").length}` }).waitFor();
  await field(page, "Health check").selectOption("own");
  await holds(page, /HEALTHCHECK/);
  assert.match(await text(page), /^EXPOSE 7070$/m);
  assert.match(await text(page), /^VOLUME \/own$/m);
  await finish(page);
});

test("a Dockerfile that is opened fills the form", async () => {
  const page = await open();
  await write(page, `FROM golang:1.26-trixie AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /api ./cmd/api

FROM alpine:3.24
COPY --from=build /api /api
USER 65532
EXPOSE 9000
ENTRYPOINT ["/api"]
`);
  const before = await text(page);
  await build(page);
  assert.equal(await field(page, "Language").inputValue(), "go");
  assert.equal(await field(page, "Builder").inputValue(), "trixie");
  assert.match(await field(page, "Programs").inputValue(), /api=\.\/cmd\/api/);
  assert.equal(await field(page, "Ports").inputValue(), "9000");
  await page.getByRole("radio", { name: /^Alpine/ }).and(page.locator(":checked")).waitFor();
  // To look at it changes nothing.
  assert.equal(await text(page), before);
  await finish(page);
});

test("each base says how big the image would be and whether it would start", async () => {
  const page = await open();
  await build(page);
  await page.getByRole("button", { name: "New", exact: true }).click();
  const base = (name) => page.locator(".base-choice", { hasText: name });
  await base("scratch").locator(".number", { hasText: /\d MB/ }).waitFor();
  const sizes = await page.locator(".base-choice .number").allTextContents();
  assert.ok(sizes.length >= 5 && sizes.every((size) => /^[\d.]+ [kMG]B$/.test(size)), sizes.join());
  // The chosen one is the one in the editor.
  await page.waitForFunction(() => document.querySelector("#summary").textContent.includes(document.querySelector(".base-choice.now .number").textContent));
  await base("scratch").click();
  await holds(page, /^FROM scratch$/m);
  await finish(page);
});

test("what does not go together is told at its field, with a remedy", async () => {
  const page = await open();
  await build(page);
  await page.getByRole("button", { name: "New", exact: true }).click();
  await holds(page, /^EXPOSE 8080$/m);
  await field(page, "Ports").fill("80 81; rm");
  await field(page, "Ports").press("Tab");
  const problem = page.locator(".build-field", { has: page.locator("#build-ports") }).locator(".build-problem");
  await problem.waitFor();
  assert.equal(await field(page, "Ports").getAttribute("aria-invalid"), "true");
  await problem.getByRole("button").click();
  await problem.waitFor({ state: "detached" });
  assert.equal(await field(page, "Ports").inputValue(), "8080");
  await finish(page);
});

test("a text of one's own is not lost", async () => {
  const page = await open();
  await write(page, "FROM alpine:3.23\nRUN echo mine\n");
  await page.getByRole("tab", { name: ".dockerignore" }).click();
  await page.locator("#ignore").focus();
  await page.keyboard.insertText("mine\n");
  await build(page);
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.locator(".toast", { hasText: "Undo brings yours back" }).waitFor();
  await holds(page, /^FROM gcr/m);
  assert.equal(await page.locator("#ignore").inputValue(), "mine\n");
  await page.locator(".build-file summary", { hasText: ".dockerignore" }).click();
  await page.getByRole("button", { name: "Take it instead of mine" }).click();
  await page.waitForFunction(() => /\.git/.test(document.querySelector("#ignore").value));
  await undo(page);
  await page.waitForFunction(() => document.querySelector("#ignore").value === "mine\n");
  await undo(page);
  await holds(page, /echo mine/);
  await finish(page);
});

test("files and commands are taken away", async () => {
  const page = await open();
  await build(page);
  await page.getByRole("button", { name: "New", exact: true }).click();
  const file = page.locator(".build-file", { hasText: ".dockerignore" });
  await file.locator("summary").click();
  const [one] = await Promise.all([page.waitForEvent("download"), file.getByRole("button", { name: "Save .dockerignore" }).click()]);
  assert.match(one.suggestedFilename(), /dockerignore$/);
  const [all] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save all as .tar" }).click()]);
  assert.equal(all.suggestedFilename(), "image.tar");
  const path = await all.path();
  const names = execFileSync("tar", ["-tf", path], { encoding: "utf8" }).trim().split("\n");
  for (const name of ["Dockerfile", ".dockerignore"]) assert.ok(names.includes(name), names.join());
  assert.equal(execFileSync("tar", ["-xOf", path, "Dockerfile"], { encoding: "utf8" }), await text(page));
  await page.getByRole("button", { name: "Copy: Build", exact: true }).click();
  await page.locator(".toast", { hasText: "Command copied" }).waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^docker .*build/);
  await finish(page);
});

test("what no text gives away survives a reload", async () => {
  const page = await open();
  await build(page);
  await page.getByRole("button", { name: "New", exact: true }).click();
  await holds(page, /^FROM gcr/m);
  await field(page, "Image name").fill("example/other");
  await field(page, "Image name").press("Enter");
  await page.waitForFunction(() => localStorage.getItem("dockerfile-playground.draft")?.includes("image = example/other"));
  await page.reload();
  await running(page);
  await page.waitForFunction(() => [...document.querySelectorAll("input")].some((it) => it.value === "example/other"));
  await finish(page);
});

test("the keyboard alone is enough", async () => {
  const page = await open();
  await page.getByRole("tab", { name: /^Problems/ }).focus();
  for (const next of ["size", "stages", "build"]) {
    await page.keyboard.press("ArrowRight");
    await page.locator(`#tab-${next}[aria-selected="true"]`).waitFor();
  }
  await page.locator("#build").waitFor();
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
  const tabTo = async (wanted) => {
    for (let count = 0; count < 80; count++) {
      if ((await focused()) === wanted) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`${wanted} is not reached by Tab`);
  };
  await tabTo("New");
  await page.keyboard.press("Enter");
  await holds(page, /^FROM gcr/m);
  await tabTo("Image");
  await page.keyboard.press("Enter");
  await tabTo("build-health");
  await page.keyboard.press("ArrowDown");
  await holds(page, /HEALTHCHECK/);
  assert.equal(await focused(), "build-health");
  await finish(page);
});

for (const [size, viewport] of Object.entries({ wide: WIDE, middle: MIDDLE, narrow: NARROW })) {
  for (const colorScheme of ["light", "dark"]) {
    test(`the form is accessible: ${size}, ${colorScheme}`, async () => {
      const page = await open({ viewport, colorScheme });
      await build(page);
      await page.getByRole("button", { name: "New", exact: true }).click();
      await page.locator(".base-choice .number", { hasText: /MB/ }).first().waitFor();
      await field(page, "Ports").fill("a b");
      await field(page, "Ports").press("Tab");
      await page.locator(".build-problem").waitFor();
      await page.locator(".build-file summary").first().click();
      const wider = await page.evaluate(() => {
        const view = document.querySelector("#view");
        return Math.max(document.documentElement.scrollWidth - window.innerWidth, view.scrollWidth - view.clientWidth);
      });
      assert.ok(wider <= 0, `${wider} px too wide`);
      const { violations } = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`), []);
      await finish(page);
    });
  }
}
