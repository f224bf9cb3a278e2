// Starts real servers on dist/, with the files that the build writes for them.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const HERE = import.meta.dirname;
export const DIST = resolve(process.env.DIST ?? join(HERE, "../../dist"));

/** A port that nothing uses. */
async function port() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** nginx as the image has it: static/site/nginx.conf, and the file of the build beside it. */
async function nginx(folder, below) {
  const own = await port();
  const put = (name, text) => writeFileSync(join(folder, name), text);
  const change = (text, from, to) => (assert.ok(text.includes(from), from), text.replaceAll(from, to));
  mkdirSync(join(folder, "conf.d"));
  cpSync("/etc/nginx/mime.types", join(folder, "mime.types"));
  put("nginx.conf", change(readFileSync(join(HERE, "../../static/site/nginx.conf"), "utf8"), "/tmp/", `${folder}/`));
  const site = change(readFileSync(join(DIST, "_server/nginx.conf"), "utf8"), "/usr/share/nginx/html", DIST);
  put("conf.d/default.conf", change(site, "listen 8080", `listen 127.0.0.1:${own}`));
  const command = ["nginx", "-p", folder, "-e", "stderr", "-c", join(folder, "nginx.conf"), "-g", "daemon off;"];
  if (below === "/") return { command, port: own };
  // The server of the address passes one folder on.
  const front = await port();
  put("conf.d/front.conf", `server { listen 127.0.0.1:${front}; server_tokens off; location ${below} { proxy_pass http://127.0.0.1:${own}/; proxy_redirect / ${below}; } }\n`);
  return { command, port: front };
}

async function caddy(folder, below) {
  const own = await port();
  const env = { SITE_ADDRESS: `http://127.0.0.1:${own}`, SITE_ROOT: DIST, SITE_PATH: below.slice(0, -1), XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  return { command: ["caddy", "run", "--adapter", "caddyfile", "--config", join(DIST, "_server/Caddyfile")], env, port: own };
}

export const SERVERS = { nginx, caddy };

/** One answer, as it comes: no redirect is followed and nothing is unpacked. */
export const ask = (address, headers = {}) => new Promise((done, failed) => {
  request(address, { headers }, (response) => {
    const parts = [];
    response.on("data", (part) => parts.push(part));
    response.on("end", () => done({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(parts).length }));
  }).on("error", failed).end();
});

async function running(address, server) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (server.exitCode !== null) throw Error("it ended");
    if (await ask(address).then(() => true, () => false)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw Error("it does not answer");
}

/** Starts a server by its name; `site` is the address, `said` what it wrote, `end` stops it. */
export async function start(name, below = "/") {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const { command: [program, ...words], env, port } = await SERVERS[name](folder, below);
  const server = spawn(program, words, { env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  server.stderr.on("data", (data) => { said += data; });
  const ended = new Promise((done) => server.on("close", done).on("error", done));
  const end = async () => {
    server.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true });
  };
  const site = `http://127.0.0.1:${port}${below}`;
  try {
    await running(site, server);
  } catch (error) {
    await end();
    throw Error(`${name}: ${error.message}\n${said}`);
  }
  return { site, said: () => said, end };
}
