export default {
  title: "A manual",
  head: [["script", { async: "", src: "https://playground.example/embed.js", "data-selector": "none" }]],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "dockerfile-playground" } } },
};
