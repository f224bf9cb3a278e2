// Puts the Dockerfile Playground into other pages: defines <dockerfile-playground>, and turns code
// blocks into it. docs/embedding.md describes the attributes, events and methods.
(({ document }) => {
  const NAME = "dockerfile-playground";
  const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";
  // What a code block may say, and what the address of the frame says. Whoever wrote a block need not
  // have written the page, so the folder of the playground and its sandbox are not among these.
  const NAMES = ["view", "theme", "readonly", "rules", "profile", "select", "goto", "expect", "hide", "title", "page", "font-size", "theme-vars", "height", "max-height", "loading"];
  // Pixels that a line of code takes in each view, and all the rest. A listing with problems has
  // about as many of these as lines.
  const ROOM = { editor: [22, 162], inline: [44, 121], problems: [22, 547], sizes: [22, 675], guide: [0, 556], builder: [0, 780] };
  const script = document?.currentScript;
  // Attributes of all widgets of the page.
  const defaults = { base: script?.src };
  const all = new Set();

  // The attributes that an element has as `data-…`.
  const data = ({ attributes }) => [...attributes].flatMap(({ name, value }) => name.startsWith("data-") ? [[name.slice(5), value]] : []);

  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  // Turns code blocks into widgets, in the markup of Markdown, Pygments, Sphinx and Shiki.
  const upgrade = (selector = defaults.selector ?? "pre>.language-dockerfile,.language-dockerfile pre,.highlight-dockerfile pre") => {
    for (const block of document.querySelectorAll(selector)) {
      if (block.closest(NAME)) continue;
      const pre = block.closest("pre") ?? block;
      // A generator's box around it, with its buttons and numbers of lines, goes along.
      const named = block.closest(".language-dockerfile,.highlight-dockerfile") ?? block;
      const whole = named.contains(pre) ? named : pre;
      const { parentNode, nextSibling } = whole;
      const element = make(NAME);
      for (const [name, value] of [...data(pre), ...data(named)]) if (NAMES.includes(name)) element.setAttribute(name, value);
      element.append(whole);
      parentNode.insertBefore(element, nextSibling);
    }
  };

  // Puts a widget with this text and these attributes at the end of an element.
  const mount = (target, { value, ...attributes }) => {
    const element = make(NAME);
    element.append(make("pre", { textContent: value }));
    for (const name in attributes) if (attributes[name] != null) element.setAttribute(name, attributes[name]);
    target.append(element);
    return element;
  };

  globalThis.dockerfilePlayground ??= { upgrade, mount, defaults };
  if (!document || customElements.get(NAME)) return;
  if (script) for (const [name, value] of data(script)) defaults[name] = value;

  class Playground extends HTMLElement {
    static observedAttributes = ["theme"];
    #root = this.attachShadow({ mode: "open" });
    // Requests that have no answer yet, by their number.
    #calls = [];
    #frame;
    #port;
    #first;
    #text;
    #theme;
    #started;
    ready = new Promise((done) => { this.#started = done; });

    static {
      for (const method of ["problems", "fix", "fixAll", "format", "goTo", "focus", "permalink", "reset"]) {
        this.prototype[method] = function (argument) { return this.#call(method, argument); };
      }
      // A page changes its theme by an attribute of its roots, often slowly, or with the system.
      const dress = () => all.forEach((it) => it.#dress());
      this.watch = new MutationObserver(dress);
      addEventListener("transitionend", dress);
      matchMedia("(prefers-color-scheme:dark)").onchange = dress;
      addEventListener("message", (event) => all.forEach((it) => it.#hear(event)));
    }

    connectedCallback() {
      all.add(this);
      for (const root of document.querySelectorAll("html,body")) Playground.watch.observe(root, { attributes: true });
      const style = new CSSStyleSheet();
      style.replaceSync(`:host{display:block;position:relative;margin-block:1em}
        iframe{display:block;width:100%;min-height:inherit;border:0;border-radius:8px;color-scheme:normal}
        :host(:not([running])) iframe{position:absolute;visibility:hidden}
        @media screen{:host([running]) :is(slot,button){display:none}}
        @media print{:host{min-height:0!important}iframe,button{display:none}}`);
      this.#root.adoptedStyleSheets = [style];
      this.#root.replaceChildren(make("slot"));
      // A copy of an element has its attributes.
      this.toggleAttribute("running", false);
      const loading = this.#get("loading");
      // It was moved, or was asked before it came.
      if (this.#calls.length || loading === "eager") return this.#load();
      if (loading === "click") return this.#root.append(make("button", { textContent: "Try it", onclick: () => this.focus() }));
      this.#reserve();
      new IntersectionObserver((seen) => seen.at(-1).isIntersecting && this.#load(), { rootMargin: "400px" }).observe(this);
    }

    // A frame that comes to another place starts anew, so this one ends here.
    disconnectedCallback() {
      all.delete(this);
      this.#frame = this.#port = undefined;
    }

    attributeChangedCallback() {
      this.#dress();
    }

    #get(name) {
      return this.getAttribute(name) ?? defaults[name];
    }

    // Makes the room that the frame will take, as far as the text tells: nothing is to move when it comes.
    #reserve() {
      const split = this.clientWidth < 600 ? [22, 586] : [22, 162, 374];
      const [line, beside, least = 0] = ROOM[this.#get("view")] ?? split;
      this.style.minHeight = this.#fit(Math.max(this.value.split("\n").length * line + beside, least));
    }

    #fit(height) {
      return `${parseInt(this.#get("height")) || Math.min(height, this.#get("max-height") ?? 1200)}px`;
    }

    async #load() {
      if (this.#frame || !this.isConnected) return;
      const frame = this.#frame = make("iframe", { title: this.#get("title") ?? "Dockerfile Playground", allow: "clipboard-write", referrerPolicy: "no-referrer" });
      frame.sandbox = this.#get("sandbox") ?? SANDBOX;
      this.#reserve();
      const source = this.getAttribute("src");
      if (source && this.#text == null) {
        const failed = (message) => this.#tell("error", { message: `${source}: ${message}` });
        this.#text = await fetch(source).then((it) => it.ok ? it.text() : failed(it.status)).catch(failed);
        if (frame !== this.#frame) return;
      }
      const address = new URL("embed.html", new URL(this.#get("base"), document.baseURI));
      for (const name of [...NAMES, "lang"]) if (this.#get(name) != null) address.searchParams.set(name, this.#get(name));
      address.searchParams.set("theme", this.#theme = this.#wanted());
      address.hash = this.#get("page") ?? "";
      frame.src = address;
      this.#root.append(frame);
    }

    // The frame speaks first. It gets a port, and from then on only that is used.
    #hear({ source, origin, data }) {
      const frame = this.#frame;
      if (source !== frame?.contentWindow || data?.type !== "dfp:hello") return;
      if (origin !== "null" && origin !== new URL(frame.src).origin) return;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => frame === this.#frame && this.#take(data, port1);
      source.postMessage({ type: "dfp:init", v: 1 }, origin === "null" ? "*" : origin, [port2]);
    }

    async #take({ id, type, error, result, ...detail }, port) {
      if (id != null) {
        const [,, done, failed] = this.#calls[id];
        delete this.#calls[id];
        error ? failed(Error(error)) : done(result);
      } else if (type === "height") {
        this.#frame.style.height = this.#fit(detail.height);
      } else {
        if (type === "change") this.#text = detail.code;
        if (type === "ready") {
          const waiting = this.#calls.filter(([method]) => method !== "load");
          this.#calls = [];
          this.#port = port;
          const loaded = this.#call("load", this.#first ??= this.value);
          if (this.value !== this.#first) this.#call("value", this.value);
          waiting.forEach((call) => this.#ask(call));
          await loaded;
          this.toggleAttribute("running", true);
          this.#started(this);
        }
        this.#tell(type, detail);
      }
    }

    #tell(type, detail) {
      this.dispatchEvent(new CustomEvent(`dfp-${type}`, { bubbles: true, composed: true, detail }));
    }

    #ask(call) {
      const [method, args] = call;
      const id = this.#calls.push(call) - 1;
      this.#port?.postMessage({ id, method, args });
    }

    #call(method, ...args) {
      this.#load();
      return new Promise((...settle) => this.#ask([method, args, ...settle]));
    }

    #wanted() {
      const theme = this.#get("theme");
      if (/^(light|dark)$/.test(theme)) return theme;
      // Where the text around it is light, the page is dark. Newer colours start with their lightness.
      const { color } = getComputedStyle(this);
      const [a, b, c] = color.match(/[\d.]+/g);
      return (color[0] === "r" ? +a + +b + +c > 382 : a > (a > 1 ? 50 : 0.5)) ? "dark" : "light";
    }

    #dress() {
      const theme = this.#frame && this.#wanted();
      if (theme && theme !== this.#theme) this.#call("theme", this.#theme = theme);
    }

    get value() {
      if (this.#text != null) return this.#text;
      const block = [this, ...this.querySelectorAll("pre,code")].pop().cloneNode(true);
      // Line ends, and numbers of lines.
      for (const it of block.querySelectorAll("br,.linenos,.ln")) it.replaceWith(it.className ? "" : "\n");
      return block.textContent.trim();
    }
    set value(text) {
      this.#text = `${text}`;
      if (this.isConnected) this.#call("value", this.#text);
    }
  }

  customElements.define(NAME, Playground);
  if (!script) return;
  // Blocks are taken while the page is parsed, before they are painted.
  const parsed = new MutationObserver(() => upgrade());
  parsed.observe(document, { childList: true, subtree: true });
  upgrade();
  addEventListener("load", () => parsed.disconnect());
})(globalThis);
