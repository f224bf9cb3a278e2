export default {
  title: "A manual",
  url: "https://manual.example",
  baseUrl: "/",
  scripts: [{ src: "https://playground.example/embed.js", async: true, "data-selector": "none" }],
  plugins: [["@docusaurus/plugin-content-docs", { routeBasePath: "/" }]],
  themes: ["@docusaurus/theme-classic"],
  themeConfig: { prism: { additionalLanguages: ["docker"] } },
};
