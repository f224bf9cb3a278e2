// Puts the Dockerfile Playground into other pages: defines <dockerfile-playground>, and turns code
// blocks into it. docs/embedding.md describes the attributes, events and methods.
(({ HTMLElement = class {}, document }) => {
  const NAME = "dockerfile-playground";
  const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";
  // Pixels that each view takes beside the lines of code.
  const BESIDE = { editor: 162, inline: 121, problems: 547, sizes: 675, guide: 556, builder: 780 };
  const script = document?.currentScript;
  // Attributes of all widgets of the page.
  const defaults = { base: script?.src };
  const all = new Set();

  // The attributes that an element has as `data-…`.
  const data = ({ attributes }) => [...attributes].flatMap(({ name, value }) => name.startsWith("data-") ? [[name.slice(5), value]] : []);

  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  // Whether the text around an element is light. Newer colours start with their lightness.
  const isDark = (element) => {
    const { color } = getComputedStyle(element);
    const [a, b, c] = color.match(/[\d.]+/g).map(Number);
    return color[0] === "r" ? a + b + c > 382 : a > (a > 1 ? 50 : 0.5);
  };

  class Playground extends HTMLElement {
    static observedAttributes = ["theme"];
    #calls = [];
    #frame;
    #port;
    #text;
    #theme;
    #started;
    ready = new Promise((done) => { this.#started = done; });

    static {
      for (const method of ["problems", "fix", "fixAll", "format", "goTo", "focus", "permalink", "reset"]) {
        this.prototype[method] = function (argument) { return this.#call(method, argument); };
      }
      if (document) {
        // A page changes its theme by an attribute of its roots, often slowly, or with the system.
        const dress = () => all.forEach((it) => it.#dress());
        this.watch = new MutationObserver(dress);
        document.addEventListener("transitionend", dress);
        matchMedia("(prefers-color-scheme:dark)").addEventListener("change", dress);
        addEventListener("message", (event) => all.forEach((it) => it.#hear(event)));
      }
    }

    connectedCallback() {
      all.add(this);
      for (const root of [document.documentElement, document.body]) Playground.watch.observe(root, { attributes: true });
      if (this.shadowRoot) return;
      const style = new CSSStyleSheet();
      style.replaceSync(`:host{display:block;position:relative;margin-block:1em}
        iframe{display:block;width:100%;border:0;border-radius:8px;color-scheme:normal}
        :host(:not([running])) iframe{position:absolute;visibility:hidden}
        @media screen{:host([running]) :is(slot,button){display:none}}
        @media print{:host{min-height:0!important}iframe,button{display:none}}`);
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [style];
      root.append(make("slot"));
      const loading = this.#get("loading");
      if (loading === "click") return root.append(make("button", { textContent: "Try it", onclick: () => this.focus() }));
      this.style.minHeight = this.#room();
      new IntersectionObserver((seen, observer) => {
        if (seen.some((it) => it.isIntersecting)) this.#load(observer.disconnect());
      }, { rootMargin: loading === "eager" ? "999999px" : "400px" }).observe(this);
    }

    disconnectedCallback() {
      all.delete(this);
    }

    attributeChangedCallback() {
      this.#dress();
    }

    #get(name) {
      return this.getAttribute(name) ?? defaults[name];
    }

    // The height of the frame as far as the text tells it beforehand: nothing is to move when it comes.
    #room() {
      const view = this.#get("view");
      // A listing with problems has about as many of these as lines.
      const code = this.value.split("\n").length * ({ guide: 0, builder: 0, inline: 44 }[view] ?? 22);
      const split = this.clientWidth < 600 ? code + 586 : Math.max(code, 212) + 162;
      const height = BESIDE[view] ? code + BESIDE[view] : split;
      return `${parseInt(this.#get("height")) || this.#limit(height)}px`;
    }

    #limit(height) {
      return Math.min(height, this.#get("max-height") ?? 1200);
    }

    async #load() {
      if (this.#frame) return;
      const address = new URL("embed.html", new URL(this.#get("base"), document.baseURI));
      for (const name of ["view", "readonly", "rules", "profile", "select", "goto", "expect", "hide", "lang", "title", "font-size"]) {
        const value = this.#get(name);
        if (value != null) address.searchParams.set(name, value);
      }
      address.searchParams.set("theme", this.#theme = this.#wanted());
      address.hash = this.#get("page") ?? "";
      this.#frame = make("iframe", { title: this.#get("title") ?? "Dockerfile Playground", allow: "clipboard-write", referrerPolicy: "no-referrer" });
      this.#frame.sandbox = this.#get("sandbox") ?? SANDBOX;
      this.#frame.style.height = this.style.minHeight = this.#room();
      const source = this.getAttribute("src");
      if (source) this.#text = await fetch(source).then((it) => it.text()).catch((it) => this.#tell("error", it));
      this.#frame.src = address;
      this.shadowRoot.append(this.#frame);
    }

    // The frame speaks first. It gets a port, and from then on only that is used.
    #hear({ source, origin, data }) {
      const frame = this.#frame;
      if (source !== frame?.contentWindow || data?.type !== "dfp:hello") return;
      if (origin !== "null" && origin !== new URL(frame.src).origin) return;
      const { port1, port2 } = new MessageChannel();
      this.#port = port1;
      port1.onmessage = ({ data }) => this.#take(data);
      source.postMessage({ type: "dfp:init", v: 1 }, origin === "null" ? "*" : origin, [port2]);
    }

    async #take({ id, type, error, result, ...detail }) {
      if (id !== undefined) {
        const [done, failed] = this.#calls[id];
        if (error) failed(Error(error));
        else done(result);
      } else if (type === "height") {
        if (!this.#get("height")) this.#frame.style.height = `max(${this.#limit(detail.height)}px, ${this.style.minHeight})`;
      } else {
        if (type === "change") this.#text = detail.code;
        if (type === "ready") {
          await this.#send("load", this.value);
          this.toggleAttribute("running", true);
          this.#started(this);
        }
        this.#tell(type, detail);
      }
    }

    #tell(type, detail) {
      this.dispatchEvent(new CustomEvent(`dfp-${type}`, { bubbles: true, detail }));
    }

    #send(method, ...args) {
      return new Promise((...settle) => {
        this.#port.postMessage({ id: this.#calls.push(settle) - 1, method, args });
      });
    }

    async #call(...call) {
      this.#load();
      await this.ready;
      return this.#send(...call);
    }

    #wanted() {
      const theme = this.#get("theme");
      return /light|dark/.test(theme) ? theme : isDark(this) ? "dark" : "light";
    }

    #dress() {
      const theme = this.#wanted();
      if (this.#theme && theme !== this.#theme) this.#call("theme", this.#theme = theme);
    }

    get value() {
      if (this.#text !== undefined) return this.#text;
      const block = (this.querySelector("pre code, pre") ?? this).cloneNode(true);
      for (const end of block.querySelectorAll("br")) end.replaceWith("\n");
      return block.textContent.trim();
    }
    set value(text) { this.#call("value", this.#text = `${text}`); }
  }

  // Turns code blocks into widgets, in the markup of Markdown, Pygments, Sphinx and Shiki.
  const upgrade = (selector = defaults.selector ?? "pre>.language-dockerfile,.language-dockerfile pre,.highlight-dockerfile pre") => {
    for (const block of document.querySelectorAll(selector)) {
      if (block.closest(NAME)) continue;
      const pre = block.closest("pre") ?? block;
      const code = pre.querySelector("code") ?? pre;
      const { parentNode, nextSibling } = pre;
      const element = make(NAME);
      for (const pair of [...data(pre), ...data(code)]) element.setAttribute(...pair);
      element.append(pre);
      parentNode.insertBefore(element, nextSibling);
    }
  };

  // Puts a widget with this text and these attributes at the end of an element.
  const mount = (target, { value, ...attributes }) => {
    const element = make(NAME, { textContent: value });
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    target.append(element);
    return element;
  };

  globalThis.dockerfilePlayground ??= { upgrade, mount, defaults };
  if (!document || customElements.get(NAME)) return;
  if (script) Object.assign(defaults, Object.fromEntries(data(script)));
  customElements.define(NAME, Playground);
  if (!script) return;
  // Blocks are taken while the page is parsed, before they are painted.
  const parsed = new MutationObserver(() => upgrade());
  parsed.observe(document, { childList: true, subtree: true });
  upgrade();
  addEventListener("load", () => parsed.disconnect());
})(globalThis);
