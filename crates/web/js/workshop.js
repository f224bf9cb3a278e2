// Loads the workshop, the module of what no key stroke needs, when it is first wanted. The import
// map of the page knows its address and what its files must hash to.
let loaded;
let attempts = 0;

async function load() {
  const { imports, integrity } = JSON.parse(document.querySelector("script[type=importmap]").textContent);
  // Browsers remember an address whose script could not be loaded, so another try asks for another.
  // The map has a hash for some of them, and nothing is run that has none.
  attempts += 1;
  const script = imports.workshop + (attempts > 1 ? `?${attempts}` : "");
  if (!integrity[script]) throw Error("tried too often");
  const workshop = await import(new URL(script, document.baseURI).href);
  const wasm = imports.workshop.replace(/\.js$/, "_bg.wasm");
  const module_or_path = fetch(new URL(wasm, document.baseURI), { integrity: integrity[wasm] });
  await workshop.default({ module_or_path });
  return workshop;
}

// Calls a function of the workshop with strings; the answer is a string.
export async function call(name, ...given) {
  loaded ??= load();
  try {
    return (await loaded)[name](...given);
  } catch (error) {
    // What could not be loaded, or broke, is loaded anew.
    loaded = undefined;
    throw error;
  }
}
