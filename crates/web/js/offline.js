// Registers the service worker that a published build names on `<html>`, and tells when a new
// version waits. Never in a frame: what is embedded belongs to the page around it.
const script = () => document.documentElement.dataset.offline;
const policy = globalThis.trustedTypes?.createPolicy("offline", { createScriptURL: script });

let registration;
let asked = false;

export async function watch(ready) {
  const workers = navigator.serviceWorker;
  if (!script() || !workers || window.parent !== window) return;
  // The first worker takes over a page that is as new as itself.
  let controlled = Boolean(workers.controller);
  workers.addEventListener("controllerchange", () => {
    if (asked) location.reload();
    else if (controlled) ready();
    controlled = true;
  });
  const arrived = (worker) => {
    if (worker?.state === "installed" && workers.controller) ready();
  };
  // The page itself comes first.
  await new Promise((done) => setTimeout(done, 1_000));
  try {
    registration = await workers.register(policy ? policy.createScriptURL("") : script(), { updateViaCache: "none" });
  } catch (error) {
    return console.info(`Works only with a network: ${error.message}`);
  }
  if (!registration) return; // Forbidden without a word.
  arrived(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => arrived(worker));
  });
}

// Changes over to the version that waits; where another tab has done that already, reloads.
export function update() {
  asked = true;
  if (registration?.waiting) registration.waiting.postMessage("update");
  else location.reload();
}
