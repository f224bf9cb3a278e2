// The worker in which the linter of shell scripts runs: `[number, request]` in, `[number, answer]`
// out. It is a module of its own, so a script that breaks it does no harm to the page.
importScripts("shellcheck.js");

const wasm = fetch("shellcheck_bg.wasm", { integrity: "[integrity]" });
const linter = wasm_bindgen({ module_or_path: wasm }).then(() => new wasm_bindgen.Linter());

self.onmessage = async ({ data: [number, request] }) => {
  try {
    self.postMessage([number, (await linter).lint(request)]);
  } catch (error) {
    console.error(error);
    self.postMessage([number, null]);
  }
};
