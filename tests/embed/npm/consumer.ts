// A page that takes the package from npm. It is compiled, bundled and opened by ../package.mjs.
import { type Attributes, defaults, type DockerfilePlaygroundElement, mount, type Problem, upgrade } from "dockerfile-playground-embed";

defaults.base = "https://playground.example/";
upgrade("pre.dockerfile");

const attributes: Attributes = { view: "problems", theme: "dark", title: undefined, "theme-vars": "accent: #07c", "font-size": 14, "max-height": 600 };
const widget: DockerfilePlaygroundElement = mount(document.body, { value: "FROM golang\n", ...attributes });
widget.addEventListener("dfp-lint", ({ detail }) => {
  const first: Problem | undefined = detail.problems[0];
  if (first) document.title = `${detail.counts.warning} warnings, first ${first.id} in line ${first.line}`;
});
widget.addEventListener("click", (event) => event.preventDefault());

export async function shorten(): Promise<string> {
  const found = document.querySelector("dockerfile-playground");
  const [problem] = await (await widget.ready).problems();
  if (problem?.fixable) await widget.fix(problem.id);
  await widget.goTo(1);
  await widget.format();
  return (await found?.permalink()) ?? widget.fixAll({ unsafe: true });
}

// @ts-expect-error There is no such view.
export const unknownView = (): unknown => mount(document.body, { value: "", view: "big" });
// @ts-expect-error The text is missing.
export const noText = (): unknown => mount(document.body, {});
