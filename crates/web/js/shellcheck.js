// Starts the worker of `static/shellcheck`. Trusted Types allow a worker only from an address that
// a policy vouches for; this one knows a single address.
const folders = () => document.querySelector("meta[name=folders]")?.content ?? "";
const folder = () => /shellcheck\S*/.exec(folders())?.[0] ?? "shellcheck";
const address = () => new URL(`${folder()}/worker.js`, document.baseURI).href;
const policy = globalThis.trustedTypes?.createPolicy("shellcheck", { createScriptURL: address });

export class ShellCheckWorker {
  // `answer` gets the number of a request and its answer, or `undefined` where the worker broke.
  constructor(answer) {
    this.answer = answer;
    const url = policy ? policy.createScriptURL("") : address();
    try {
      this.worker = new Worker(url);
    } catch {
      return; // In a sandbox without an origin no address is its own.
    }
    this.worker.onmessage = ({ data: [number, text] }) => answer(number, text ?? undefined);
    this.worker.onerror = () => answer(-1, undefined);
  }

  ask(number, request) {
    if (this.worker) this.worker.postMessage([number, request]);
    else setTimeout(() => this.answer(number, undefined));
  }

  stop() {
    this.worker?.terminate();
  }
}
