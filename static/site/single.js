// Starts the playground from one file: every other file stands in this page, packed, and is unpacked
// when it is asked for. What asks for it need not know: `fetch`, `import` and `Worker` find it here.
const START = "[start]";
const GLUE = "[glue]";
const WASM = "[wasm]";

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

/** An address of a file that modules and workers can be loaded from. */
const addresses = new Map();
function address(path) {
  if (!addresses.has(path)) addresses.set(path, make(path));
  return addresses.get(path);
}

async function make(path) {
  let content = await bytes(path);
  if (!content) throw new Error(`${path} is not in this file`);
  if (path.endsWith(".js")) {
    let text = new TextDecoder().decode(content).replace(/\bimport\(/g, "importFile(");
    // What a module imports, and what a worker fetches beside itself.
    for (const [words, name] of text.matchAll(/(?:\bfrom\s*|\bfetch\()["']([\w./-]+)["']/g)) {
      const url = await address(new URL(name, folder + path).href.slice(folder.length));
      text = text.replace(words, words.replace(name, url));
    }
    content = text;
  }
  return URL.createObjectURL(new Blob([content], { type: typeOf(path) }));
}

globalThis.importFile = async (url) => import(await address(pathOf(url)));

const policy = globalThis.trustedTypes?.createPolicy("single", { createScriptURL: (url) => url });
const RealWorker = globalThis.Worker;
globalThis.Worker = class {
  #worker;

  constructor(url, options) {
    this.#worker = address(pathOf(url)).then((url) => {
      const worker = new RealWorker(policy ? policy.createScriptURL(url) : url, options);
      worker.onmessage = (event) => this.onmessage?.(event);
      worker.onerror = (event) => this.onerror?.(event);
      return worker;
    });
    this.#worker.catch((error) => this.onerror?.(error));
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
