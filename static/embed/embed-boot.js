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
})();
