// The wire of an embedded playground to the page that embeds it. That page is a stranger: its text
// is text, its requests are checked, and each of them gets an answer.
const VERSION = 1;
// Characters of the longest text that is taken.
const LONGEST = 1 << 20;
// Milliseconds until the application is asked again, while it still reads the last text.
const AGAIN = 10;

export class Host {
  // `call` gets a method and its argument as JSON. It answers with the JSON of `{result}` or
  // `{error}`, or with nothing as long as it cannot.
  constructor(release, call) {
    this.call = call;
    this.before = Promise.resolve();
    if (window.parent === window) return;
    addEventListener("message", (event) => {
      const { type, v } = event.data ?? {};
      const [port] = event.ports;
      if (event.source !== window.parent || type !== "dfp:init" || !port || this.port) return;
      if (v !== VERSION) return port.postMessage({ type: "error", message: `version ${v} of the protocol is unknown` });
      this.port = port;
      port.onmessage = ({ data }) => this.take(data);
      port.postMessage({ type: "ready", version: release });
      const main = document.getElementById("main");
      const measure = () => this.measure(main);
      new ResizeObserver(measure).observe(main);
      new MutationObserver(measure).observe(main, { attributes: true, childList: true, subtree: true });
    });
    window.parent.postMessage({ type: "dfp:hello", v: VERSION }, "*");
  }

  // It fills its frame, so its own height shows only when it need not.
  measure(main) {
    document.documentElement.toggleAttribute("data-measured", true);
    const height = main.offsetHeight;
    document.documentElement.toggleAttribute("data-measured", false);
    if (height !== this.height) this.port.postMessage({ type: "height", height });
    this.height = height;
  }

  // One request after the other, in their order.
  take(data) {
    const { id, method, args } = Object(data);
    this.before = this.before.then(() => this.answer(method, args)).catch(({ message }) => ({ error: message })).then(
      (answer) => this.port.postMessage({ id, ...answer }),
    );
  }

  async answer(method, args) {
    const [argument = null] = Array.isArray(args) ? args : [];
    if (String(argument).length > LONGEST) throw Error("the text is too long");
    const json = JSON.stringify(argument);
    for (;;) {
      const answer = this.call(String(method), json ?? "null");
      if (answer !== undefined) return JSON.parse(answer);
      await new Promise((done) => setTimeout(done, AGAIN));
    }
  }

  // An event; `detail` is JSON.
  tell(type, detail) {
    this.port?.postMessage({ type, ...JSON.parse(detail) });
  }
}
