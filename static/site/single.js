// Starts the playground from one file: every other file stands in this page, packed, and is unpacked
// when it is asked for. What asks for it need not know: `fetch`, `import` and `Worker` find it here.
const START = "[start]";
const GLUE = "[glue]";
const WASM = "[wasm]";

// There is no other page beside this one.
document.documentElement.dataset.single = "";

const TYPES = { js: "text/javascript", json: "application/json", txt: "text/plain", wasm: "application/wasm" };
const typeOf = (path) => TYPES[path.split(".").pop()];
const folder = new URL("./", document.baseURI).href;

/** The path of a file below the folder of this page, as the page's own files are named. */
function pathOf(url) {
  const { href } = new URL(url?.url ?? url, document.baseURI);
  return href.startsWith(folder) ? href.slice(folder.length).replace(/[?#].*/, "") : undefined;
}

const packed = new Map([...document.querySelectorAll("script[data-packed]")].map((block) => [block.dataset.packed, block]));
const unpacked = new Map();

/** The bytes of a packed file, or of a folder, which is packed as a whole. */
function unpack(name) {
  if (!unpacked.has(name)) {
    const bytes = Uint8Array.from(atob(packed.get(name).textContent), (char) => char.charCodeAt());
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    unpacked.set(name, new Response(stream).arrayBuffer());
  }
  return unpacked.get(name);
}

async function bytes(path) {
  if (packed.has(path)) return unpack(path);
  const [top] = path?.split("/") ?? [];
  if (!packed.has(`${top}/`)) return undefined;
  const files = JSON.parse(new TextDecoder().decode(await unpack(`${top}/`)));
  return files[path] && new TextEncoder().encode(files[path]);
}

const ofNetwork = globalThis.fetch;
globalThis.fetch = async (url, options) => {
  const path = pathOf(url);
  const found = await bytes(path);
  return found ? new Response(found, { headers: { "Content-Type": typeOf(path) } }) : ofNetwork(url, options);
};

const textOf = async (path) => new TextDecoder().decode(await bytes(path));
const addressOf = (text) => URL.createObjectURL(new Blob([text], { type: TYPES.js }));

/** An address from which a module can be loaded, after the modules that it imports. */
const modules = new Map();
function module(path) {
  if (!modules.has(path)) modules.set(path, load(path));
  return modules.get(path);
}

async function load(path) {
  let text = (await textOf(path)).replace(/\bimport\(/g, "importFile(");
  for (const [words, name] of text.matchAll(/\bfrom\s*["'](\.[^"']+)["']/g)) {
    const address = await module(new URL(name, folder + path).href.slice(folder.length));
    text = text.replace(words, `from "${address}"`);
  }
  return addressOf(text);
}

globalThis.importFile = async (url) => import(await module(pathOf(url)));

// A worker of a page that is a file can neither import nor fetch. So it is made of one script, and
// what it fetches is the first message that it gets.
const GIVEN = `const given = new Promise((done) => addEventListener("message", (event) => {
  event.stopImmediatePropagation();
  done(event.data);
}, { once: true }));
self.fetch = async () => new Response(await given, { headers: { "Content-Type": "${TYPES.wasm}" } });
`;
const policy = globalThis.trustedTypes?.createPolicy("single", { createScriptURL: (url) => url });
const RealWorker = globalThis.Worker;

async function begin(path) {
  const beside = (name) => new URL(name, folder + path).href.slice(folder.length);
  let text = await textOf(path);
  for (const [words, name] of text.matchAll(/\bimportScripts\("([^"]+)"\);/g)) {
    const script = await textOf(beside(name));
    text = text.replace(words, () => script);
  }
  const url = addressOf(GIVEN + text);
  const worker = new RealWorker(policy ? policy.createScriptURL(url) : url);
  worker.postMessage(await bytes(beside(/\bfetch\("([^"]+)"/.exec(text)[1])));
  return worker;
}

globalThis.Worker = class {
  #worker;

  constructor(url) {
    this.#worker = begin(pathOf(url));
    this.#worker.then((worker) => {
      worker.onmessage = (event) => this.onmessage?.(event);
      worker.onerror = (event) => this.onerror?.(event);
    }, (error) => this.onerror?.(error));
  }

  postMessage(message) {
    this.#worker.then((worker) => worker.postMessage(message));
  }

  terminate() {
    this.#worker.then((worker) => worker.terminate());
  }
};

const { default: start } = await importFile(START);
await start(importFile(GLUE), fetch(WASM));
