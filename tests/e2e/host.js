// Pages of somebody else who embeds the playground: another origin, a strict policy of its own.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before } from "node:test";
import { address, open } from "./playground.js";

export const MISTAKES = `FROM golang
WORKDIR /src
ADD . .
RUN go build -o /app .
CMD /app
`;

/** Filler that is higher than the margin in which widgets are loaded. */
export const FAR = '<div class="far"></div>'.repeat(10);

const STYLE = `body { margin: 0 auto; max-width: 50rem; padding: 1rem; background: #fff; color: #222; font: 16px/1.5 sans-serif }
[data-theme=dark] body { background: #111; color: #ddd }
pre { padding: 1rem; background: #8882; overflow: auto } .far { height: 400px }`;

let host;

/** Starts the other origin for the tests of a file; `useBrowser` comes first. */
export function useHost() {
  let server, pages;
  before(async () => {
    pages = new Map([["/style.css", ["text/css", STYLE, ""]], ["/Dockerfile", ["text/plain", "FROM alpine:3.22\nADD a /\n", ""]]]);
    server = createServer((request, response) => {
      const [type, body, policy] = pages.get(request.url) ?? ["text/html", "", ""];
      response.writeHead(pages.has(request.url) ? 200 : 404, { "Content-Type": `${type}; charset=utf-8`, "Content-Security-Policy": policy });
      response.end(body);
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    host = { address: `http://127.0.0.1:${server.address().port}`, pages };
  });
  after(() => server?.close());
}

/** The script that a page includes. */
export const script = (attributes = "") => `<script async src="${address}embed.js" ${attributes}></script>`;

/** A code block. */
export const block = (text, attributes = "") =>
  `<pre><code class="language-dockerfile" ${attributes}>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</code></pre>`;

/** Publishes a page with this body. */
function publish(body, { policy } = {}) {
  const [us] = address.match(/^http:\/\/[^/]+/);
  const strict = `default-src 'none'; script-src ${us}; frame-src ${us}; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'`;
  const path = `/page-${host.pages.size}.html`;
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Somebody's manual</title><link rel="stylesheet" href="/style.css">
<body><main><h1>Somebody's manual</h1>${body}<p>The end.</p></main></body></html>`;
  host.pages.set(path, ["text/html", page, policy ?? strict]);
  return host.address + path;
}

/** Opens a page of the other origin. What must never happen is collected as for our own. */
export async function visit(body, { viewport = { width: 900, height: 800 }, policy, prepare, ...rest } = {}) {
  return open({ ready: false, viewport, prepare, site: publish(body, { policy }), ours: [address, host.address], ...rest });
}

export const widget = (page, index = 0) => page.locator("dockerfile-playground").nth(index);
export const frame = (page, index = 0) => widget(page, index).locator("iframe").contentFrame();
export const running = (page, index = 0) => page.locator("dockerfile-playground[running]").nth(index).waitFor();

/** Nothing bad has happened, and the page may go. */
export async function done(page) {
  assert.deepEqual(page.trouble, []);
  await page.context().close();
}

/** Runs in the page: remembers events of all widgets. */
export const remember = (context) => context.addInitScript(() => {
  window.heard = [];
  for (const name of ["ready", "change", "lint", "size", "solved", "error"]) {
    addEventListener(`dfp-${name}`, ({ detail }) => window.heard.push({ name, ...detail }));
  }
});
export const heard = (page, name) => page.waitForFunction((name) => window.heard.findLast((it) => it.name === name), name).then((it) => it.jsonValue());
