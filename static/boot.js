// What must happen before the first paint: the chosen theme, and the draft in the editor.
// Everything else is the application's business.
(() => {
  const stored = (key) => {
    try {
      return localStorage.getItem(`dockerfile-playground.${key}`);
    } catch {
      return null; // Storage may be forbidden.
    }
  };
  const root = document.documentElement;
  const theme = stored("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  // A share link brings its own text, which only the application can read.
  const isLink = /^#\d+(:|%3a)/i.test(location.hash);
  let draft = null;
  try {
    draft = JSON.parse(stored("draft")).d;
  } catch {
    // No draft, or none of ours.
  }
  new MutationObserver((_, observer) => {
    const source = document.getElementById("source");
    if (!source) return;
    observer.disconnect();
    if (isLink) source.value = "";
    else if (typeof draft === "string") source.value = draft;
    const typed = () => source.parentElement.setAttribute("data-typed", "");
    source.addEventListener("input", typed, { once: true });
  }).observe(root, { childList: true, subtree: true });
})();
