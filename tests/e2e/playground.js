// The browser, the page under test, and what the tests ask of it.
import { resolve } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "./server.js";

export const DIST = resolve(process.env.DIST ?? new URL("../../dist", import.meta.url).pathname);
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--no-first-run",
  "--disable-component-update",
  "--disable-sync",
];

export const WIDE = { width: 1440, height: 900 };
export const MIDDLE = { width: 768, height: 1024 };
export const NARROW = { width: 375, height: 740 };

/** A program that is linked against glibc, and shipped without one. */
export const CGO_ON_SCRATCH = `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=1 go build -trimpath -ldflags="-s -w" -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532
ENTRYPOINT ["/app"]
`;

/** The address of the page, once the tests of the file have begun. */
export let address;
let browser;

/** Starts server and browser for the tests of a file; SITE names a server that runs already. */
export function useBrowser() {
  let server;
  before(async () => {
    server = process.env.SITE ? { address: process.env.SITE, close() {} } : await serve(DIST);
    address = server.address;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });
}

/**
 * A page in a context of its own, of the playground at the address `site`. `page.trouble` collects
 * what must never happen: requests to other hosts than `ours`, reports of the content security
 * policy, errors. Without `serviceWorkers: "allow"` nothing is kept for use without a network, which
 * would cost each test a download of the whole site.
 */
export async function open({ viewport = WIDE, colorScheme = "light", hash = "", ready = true, prepare, serviceWorkers = "block", site = address, ours = [site], ...rest } = {}) {
  const context = await browser.newContext({ viewport, colorScheme, serviceWorkers, ...rest });
  if (site.startsWith("http")) {
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(site).origin });
  }
  context.setDefaultTimeout(15_000);
  await prepare?.(context);
  const page = await context.newPage();
  page.trouble = [];
  watch(page, ours);
  await page.goto(site + hash, { waitUntil: "commit" });
  if (ready) await running(page);
  return page;
}

/** Waits until the application has taken over. */
export async function running(page) {
  await page.locator("html[data-running]").waitFor({ state: "attached" });
}

function watch(page, ours) {
  page.on("request", (request) => {
    if (![...ours, "data:", "blob:"].some((own) => request.url().startsWith(own))) {
      page.trouble.push(`request to ${request.url()}`);
    }
  });
  page.on("pageerror", (error) => page.trouble.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || /content security policy/i.test(message.text())) {
      page.trouble.push(`console: ${message.text()}`);
    }
  });
}

/** Replaces the whole text of the editor as a person would. */
export async function write(page, text) {
  await page.locator("#source").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
}

/** The text in the editor. */
export const text = (page) => page.locator("#source").inputValue();

/** The findings of a rule in the list of problems. */
export const problem = (page, rule) => page.locator(".problem").filter({ hasText: rule });

/** Shows a panel. */
export const show = (page, tab) => page.getByRole("tab", { name: tab }).click();
