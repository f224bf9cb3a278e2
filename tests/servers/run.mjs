// Serves dist/ by real servers, with the files that the build writes for them, and runs the tests of
// the site and of embedding against each:  node tests/servers/run.mjs [--headers] [SERVER...]
// With --headers no browser is started, and only headers are looked at.
//
// nginx and Caddy must be on PATH. The site stands at the root and below /a/b/, there as
// docs/hosting.md says. DIST names another folder than dist/.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ask, DIST, SERVERS, start } from "./servers.mjs";

const E2E = join(import.meta.dirname, "../e2e");
const TESTS = ["site.test.js", "embed.test.js"];

/** What each kind of file must be answered with. */
async function check(site) {
  const names = readdirSync(DIST);
  const named = (pattern) => names.find((name) => pattern.test(name)) ?? assert.fail(`no ${pattern}`);
  const version = readdirSync(join(DIST, "v"))[0];
  const shellcheck = named(/^shellcheck-/);
  const policies = Object.fromEntries(["index.html", "embed.html", "privacy.html", "404.html", "rules/no-user/index.html"].map((name) => {
    const html = readFileSync(join(DIST, name), "utf8");
    return [name, /Content-Security-Policy" content="([^"]*)"/.exec(html)[1]];
  }));
  const own = "; frame-ancestors 'self'";
  const ANEW = "no-cache";
  const FOREVER = "public, max-age=31536000, immutable";
  const expected = [
    // path, status, type, cache, policy
    ["", 200, "text/html", ANEW, policies["index.html"] + own],
    ["index.html", 200, "text/html", ANEW, policies["index.html"] + own],
    ["?from=elsewhere", 200, "text/html", ANEW, policies["index.html"] + own],
    ["embed.html?view=editor", 200, "text/html", ANEW, policies["embed.html"]],
    ["privacy.html", 200, "text/html", ANEW, policies["privacy.html"] + own],
    ["rules/no-user/", 200, "text/html", ANEW, policies["rules/no-user/index.html"] + own],
    ["no/such/page", 404, "text/html", ANEW, policies["404.html"] + own],
    ["_server/nginx.conf", 404, "text/html", ANEW, policies["404.html"] + own],
    ["_headers", 404, "text/html", ANEW, policies["404.html"] + own],
    ["sw.js", 200, "javascript", ANEW, "default-src 'none'; script-src 'self'; connect-src 'self'"],
    ["embed.js", 200, "javascript", ANEW],
    ["embed.mjs", 200, "javascript", ANEW],
    ["manifest.json", 200, "application/json", ANEW],
    ["icons/icon-192.png", 200, "image/png", ANEW],
    ["download/dockerfile-playground.html", 200, "text/html", ANEW],
    [named(/^main-.*css$/), 200, "text/css", FOREVER],
    [named(/^playground-.*js$/), 200, "javascript", FOREVER],
    [named(/_bg\.wasm$/), 200, "application/wasm", FOREVER],
    [named(/^favicon-.*svg$/), 200, "image/svg+xml", FOREVER],
    [`${named(/^pages-/)}/contents.txt`, 200, "text/plain", FOREVER],
    [`${shellcheck}/shellcheck_bg.wasm`, 200, "application/wasm", FOREVER],
    [`${shellcheck}/worker.js`, 200, "javascript", FOREVER, "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"],
    [`v/${version}/`, 200, "text/html", FOREVER],
  ];
  for (const [path, status, type, cache, policy] of expected) {
    const answer = await ask(site + path);
    const { headers } = answer;
    assert.equal(answer.status, status, path);
    assert.ok(headers["content-type"]?.includes(type), `${path}: ${headers["content-type"]}`);
    assert.equal(headers["cache-control"], cache, path);
    assert.equal(headers["content-security-policy"], policy, path);
    assert.equal(headers["x-content-type-options"], "nosniff", path);
    assert.equal(headers["referrer-policy"], "no-referrer", path);
    assert.equal(headers["access-control-allow-origin"], "*", path);
    assert.equal(headers["cross-origin-resource-policy"], "cross-origin", path);
    assert.doesNotMatch(headers.server ?? "", /\d/, "no server tells its version");
  }
  // A folder without its slash.
  const moved = await ask(`${site}rules/no-user`);
  assert.ok(moved.status === 301 || moved.status === 308, `rules/no-user: ${moved.status}`);
  assert.equal(new URL(moved.headers.location, `${site}rules/no-user`).href, `${site}rules/no-user/`);
  for (const [path, most] of [[named(/_bg\.wasm$/), 0.45], [named(/^main-.*css$/), 0.4], ["", 0.6], ["manifest.json", 1]]) {
    const packed = await ask(site + path, { "Accept-Encoding": "gzip" });
    const plain = await ask(site + path);
    assert.equal(packed.headers["content-encoding"], "gzip", path);
    assert.match(packed.headers.vary ?? "", /accept-encoding/i, path);
    assert.ok(packed.bytes < plain.bytes * most, `${path}: ${packed.bytes} of ${plain.bytes} bytes`);
    // What a browser has it need not get again.
    const { status } = await ask(site + path, { "If-None-Match": plain.headers.etag });
    assert.equal(status, 304, path);
    console.log(`  ${path || "index.html"}: ${plain.bytes} bytes, ${packed.bytes} with gzip`);
  }
  return expected.length;
}

const onlyHeaders = process.argv.includes("--headers");
const chosen = process.argv.slice(2).filter((word) => word !== "--headers");
let failed = false;
for (const name of chosen.length > 0 ? chosen : Object.keys(SERVERS)) {
  for (const below of ["/", "/a/b/"]) {
    const server = await start(name, below);
    let trouble;
    try {
      console.log(`${name}, ${below}: ${await check(server.site)} files as they should be`);
      const env = { ...process.env, DIST, SITE: server.site };
      const { status } = onlyHeaders ? { status: 0 } : spawnSync("node", ["--test", "--test-concurrency=1", ...TESTS], { cwd: E2E, env, stdio: "inherit" });
      assert.equal(status, 0, "the tests failed");
    } catch (error) {
      trouble = error;
      console.error(`${error.message}\n${server.said()}`);
    }
    await server.end();
    console.log(`${name}, ${below}: ${trouble ? "FAILED" : "passed"}`);
    failed ||= Boolean(trouble);
  }
}
process.exit(failed ? 1 : 0);
