// The linter of shell scripts, which answers from a worker.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, problem, text, useBrowser, write } from "./playground.js";

useBrowser();

const BASH = 'FROM debian:13-slim\nRUN [[ -f /etc/os-release ]] && echo "there"\nUSER 10001\nCMD ["sh"]\n';

test("bash in sh is reported, and no longer once SHELL names bash", async () => {
  const page = await open();
  await write(page, BASH);
  await problem(page, "SC3010").waitFor();
  await write(page, BASH.replace("RUN", 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN'));
  await problem(page, "SC3010").waitFor({ state: "detached" });
  assert.deepEqual(page.trouble, []);
  await page.context().close();
});

test("its fix is one step of undo", async () => {
  const page = await open();
  const before = 'FROM debian:13-slim\nRUN files=$(cat /list) && rm -f $files\nUSER 10001\nCMD ["sh"]\n';
  await write(page, before);
  const found = problem(page, "SC2086");
  await found.waitFor();
  await found.getByRole("button", { name: /^Fix/ }).first().click();
  assert.match(await text(page), /rm -f "\$files"/);
  await problem(page, "SC2086").waitFor({ state: "detached" });
  await page.locator("#source").focus();
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await text(page), before);
  assert.deepEqual(page.trouble, []);
  await page.context().close();
});

test("a code of it is turned off alone, here or everywhere", async () => {
  const page = await open();
  const two = 'FROM debian:13-slim\nRUN files=$(cat /list) && rm -f $files && [[ -f /x ]]\nUSER 10001\nCMD ["sh"]\n';
  await write(page, two);
  await problem(page, "SC2086").getByRole("button", { name: /^Details/ }).click();
  await page.getByRole("button", { name: "Off everywhere" }).click();
  await problem(page, "SC2086").waitFor({ state: "detached" });
  await problem(page, "SC3010").getByRole("button", { name: /^Details/ }).click();
  await page.getByRole("button", { name: "Off here" }).click();
  assert.match(await text(page), /\n# hadolint ignore=SC3010\nRUN /);
  await problem(page, "SC3010").waitFor({ state: "detached" });
  await page.getByText("1 rule is off").click();
  await page.getByRole("button", { name: "Turn SC2086 on" }).click();
  await problem(page, "SC2086").waitFor();
  await page.context().close();
});

test("the page works without the worker", async () => {
  const page = await open({
    prepare: (context) => context.route("**/shellcheck-*/**", (route) => route.fulfill({ status: 200, contentType: "text/javascript", body: "throw 1" })),
  });
  await write(page, BASH.replace("debian:13-slim", "debian"));
  await problem(page, "untagged-base").waitFor();
  await page.waitForTimeout(1500);
  assert.equal(await problem(page, "SC3010").count(), 0);
  await write(page, `${BASH}RUN sudo true\n`);
  await problem(page, "sudo").first().waitFor();
  await page.context().close();
});
