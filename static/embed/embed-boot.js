// What must be known of the address before the first paint: how an embedded playground looks.
// The rest of it is the application's business.
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const theme = asked.get("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  root.dataset.view = asked.get("view") ?? "split";
  root.dataset.hide = (asked.get("hide") ?? "").replaceAll(",", " ");
  if (asked.has("readonly") && asked.get("readonly") !== "false") root.dataset.readonly = "";
  const size = Number(asked.get("font-size"));
  if (size >= 8 && size <= 32) {
    root.style.setProperty("--code-size", `${size}px`);
    root.style.setProperty("--line", `${Math.round(size * 1.6)}px`);
  }
  // Colours and fonts of the page around it, as in `accent: light-dark(#07c, #7cf); font: Georgia`.
  const mix = (one, percent, other) => `color-mix(in oklab, ${one} ${percent}%, ${other})`;
  const DRESS = {
    accent: ["color", (it) => ({ accent: it, "accent-strong": mix(it, 80, "var(--ink)") })],
    "on-accent": ["color", (it) => ({ "on-accent": it })],
    background: ["color", (it) => ({ surface: it, raised: it, page: mix(it, 96, "var(--ink)"), hover: mix(it, 92, "var(--ink)"), rule: mix(it, 84, "var(--ink)") })],
    text: ["color", (it) => ({ ink: it, soft: mix(it, 75, "var(--surface)") })],
    font: ["font-family", (it) => ({ sans: it })],
    "code-font": ["font-family", (it) => ({ mono: it })],
  };
  for (const declaration of (asked.get("theme-vars") ?? "").split(";")) {
    const [name, value] = declaration.split(/:(.*)/s).map((it) => it.trim());
    const [property, tokens] = (Object.hasOwn(DRESS, name) && DRESS[name]) || [];
    if (!property || !CSS.supports(property, value)) continue;
    for (const [token, it] of Object.entries(tokens(value))) root.style.setProperty(`--${token}`, it);
  }
})();
