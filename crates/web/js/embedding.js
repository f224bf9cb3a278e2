// The dialog that writes the markup for a page of one's own, and shows what comes of it. It is plain
// DOM: as a component it would cost every visitor three times as much, for the few who open it.
const FORMS = ["element", "code block", "iframe, without a script", "link"];
const VIEWS = ["split", "editor", "problems", "inline", "sizes", "guide", "builder"];
const THEMES = ["auto", "light", "dark"];
// Pixels of a frame that no script makes fit.
const HEIGHT = 480;

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** What was chosen, without the defaults. */
const attributes = ({ view, theme, readonly, expect, title }) => Object.entries({
  view: view !== VIEWS[0] && view,
  theme: theme !== THEMES[0] && theme,
  readonly: readonly && "true",
  expect: expect.trim(),
  title: title.trim(),
}).filter(([, value]) => value);

/** The address of the frame; `folder` is that of the playground, `link` the fragment with the text. */
export function address(chosen, { folder, link }) {
  const query = new URLSearchParams(attributes(chosen)).toString();
  return `${folder}embed.html${query && "?"}${query}#${link}`;
}

/** What goes into the page. */
export function markup(chosen, { folder, link, text }) {
  const code = escape(text.trimEnd());
  const given = (prefix) => attributes(chosen).map(([name, value]) => ` ${prefix}${name}="${escape(value)}"`).join("");
  const script = `<script async src="${folder}embed.js"></script>\n`;
  switch (chosen.form) {
    case FORMS[0]:
      return `${script}<dockerfile-playground${given("")}>\n<pre>${code}</pre>\n</dockerfile-playground>\n`;
    case FORMS[1]:
      return `${script}<pre><code class="language-dockerfile"${given("data-")}>${code}</code></pre>\n`;
    case FORMS[2]:
      return `<iframe src="${escape(address(chosen, { folder, link }))}"
  title="${escape(chosen.title.trim() || "Dockerfile Playground")}" width="100%" height="${HEIGHT}" loading="lazy"
  sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
  referrerpolicy="no-referrer" allow="clipboard-write"></iframe>\n`;
    default:
      return `<a href="${folder}#${link}">Open in the Dockerfile Playground</a>\n`;
  }
}

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** The cross of `components/icons.rs`. */
function cross() {
  const [icon, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  const looks = { class: "icon", viewBox: "0 0 16 16", width: 16, height: 16, fill: "none", stroke: "currentColor", "stroke-width": 1.5, "stroke-linecap": "round", "aria-hidden": true };
  for (const [name, value] of Object.entries(looks)) icon.setAttribute(name, value);
  path.setAttribute("d", "M4 4l8 8M12 4l-8 8");
  icon.append(path);
  return icon;
}

const field = (words, control) => make("label", { className: "field" }, make("span", {}, words), control);
const choice = (name, names) => make("select", { name }, ...names.map((it) => make("option", {}, it)));

/** Opens the dialog; it goes when it is closed. */
export function open(text, link, folder) {
  const given = { text, link, folder };
  const form = make("form", { className: "embed-options" },
    field("Embed as", choice("form", FORMS)),
    field("View", choice("view", VIEWS)),
    field("Theme", choice("theme", THEMES)),
    field("Title", make("input", { name: "title", placeholder: "Dockerfile" })),
    field("Exercise: rules to mend, or with + to provoke", make("input", { name: "expect", className: "code", placeholder: "none, or DL3006,no-user" })),
    make("label", { className: "check" }, make("input", { name: "readonly", type: "checkbox" }), "The text can only be read"));
  const result = make("textarea", { id: "embed-markup", className: "code", rows: 6, readOnly: true, spellcheck: false });
  let preview = make("iframe");
  const copy = make("button", { type: "button", className: "button primary", textContent: "Copy", onclick: async () => {
    try {
      await navigator.clipboard.writeText(result.value);
      copy.textContent = "Copied";
    } catch {
      result.select();
    }
  } });
  const close = make("button", { type: "button", className: "icon-button", ariaLabel: "Close", onclick: () => dialog.close() }, cross());
  // The menu that led here is closed, so the focus goes back to its button.
  const left = () => {
    dialog.remove();
    document.getElementById("share-button")?.focus();
  };
  const dialog = make("dialog", { className: "settings embedding", ariaLabel: "Embed this Dockerfile in a page", onclose: left },
    make("div", { className: "bar" }, make("h2", {}, "Embed this Dockerfile in a page"), close),
    make("div", { className: "settings-body" }, form, field("Put this into the page", result), make("div", { className: "row" }, copy), make("h3", {}, "Preview"), preview));
  const show = () => {
    const chosen = { readonly: false, ...Object.fromEntries(new FormData(form)) };
    const source = address(chosen, given);
    result.value = markup(chosen, given);
    copy.textContent = "Copy";
    if (preview.getAttribute("src") === source) return;
    // A new frame: one that goes elsewhere would add a step to the history.
    const next = make("iframe", { className: "preview", title: "Preview of the embedded playground", height: HEIGHT, src: source });
    preview.replaceWith(next);
    preview = next;
  };
  form.onchange = show;
  form.onsubmit = (event) => event.preventDefault();
  show();
  document.body.append(dialog);
  dialog.showModal();
}
