/** How grave a problem is. */
export type Severity = "error" | "warning" | "info" | "style";

/** What the widget shows. */
export type View = "split" | "editor" | "problems" | "inline" | "sizes" | "guide" | "builder";

/**
 * Attributes of the element; on a code block and on the script they are written `data-…`. They are
 * read when the widget is loaded; of a change afterwards only that of `theme` counts.
 */
export interface Attributes {
  view?: View;
  /** `auto` goes by the text around the widget: where that is light, the widget is dark. */
  theme?: "auto" | "light" | "dark";
  readonly?: boolean | "";
  /** The rule set. */
  profile?: "recommended" | "hadolint" | "buildkit" | "all";
  /** `-NAME` turns a rule off, `+NAME` or `+NAME:severity` turns it on; with commas between. */
  rules?: string;
  /** Lines to point out: `3` or `3-5`. */
  select?: string;
  /** The line to begin at. */
  goto?: number | string;
  /** An exercise: rules that must be gone, or with `+`, found; with commas between. */
  expect?: string;
  /** Parts to leave out: `toolbar`, `share`, `status`, `footer`, `line-numbers`; with commas between. */
  hide?: string;
  /** What the view `guide` opens, `rule/NAME` or `guide/CHAPTER`, or the lesson of `split`: `lesson/NAME`. */
  page?: string;
  /** Colours and fonts: `accent: #07c; font: Georgia`; with semicolons between. */
  "theme-vars"?: string;
  /** The address of a Dockerfile or of a lesson, which the page fetches. Not on a code block. */
  src?: string;
  /** Pixels; without it the widget is as high as what it shows. */
  height?: number | string;
  /** Pixels; 1200 without it. */
  "max-height"?: number | string;
  /** `lazy` without it: when it comes near. `click` shows the plain block and a button. */
  loading?: "lazy" | "eager" | "click";
  /** Words over the editor, and the name of the frame. */
  title?: string;
  /** The language of `title`. Not on a code block. */
  lang?: string;
  /** Pixels. */
  "font-size"?: number | string;
  /** The folder of the playground, with the slash at its end. Not on a code block. */
  base?: string;
  /** The `sandbox` of the frame; `allow-scripts` is enough for all but links and storage. Not on a code block. */
  sandbox?: string;
}

export interface Problem {
  /** The name of the rule. */
  id: string;
  /** Codes of other linters for it. */
  codes: string[];
  severity: Severity;
  message: string;
  /** From 1, as all lines and columns. */
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  fixable: boolean;
  /** The page on the rule. */
  url: string;
}

export type Counts = Record<Severity, number>;

/** Bytes. */
export interface Size {
  low: number;
  estimate: number;
  high: number;
}

export interface PlaygroundEvents {
  /** It works; once more after each time that it was moved to another place of the page. */
  "dfp-ready": CustomEvent<{ version: string }>;
  "dfp-change": CustomEvent<{ code: string; origin: "user" | "api" | "fix" }>;
  "dfp-lint": CustomEvent<{ problems: Problem[]; counts: Counts }>;
  "dfp-size": CustomEvent<{ unpacked: Size | null; compressed: Size | null }>;
  /** The exercise is done; `ids` are its rules. */
  "dfp-solved": CustomEvent<{ ids: string[] }>;
  "dfp-error": CustomEvent<{ message: string }>;
}

/** `<dockerfile-playground>`. Methods load the widget and wait until it works. */
export interface DockerfilePlaygroundElement extends HTMLElement {
  /** Resolves when the widget works. */
  readonly ready: Promise<DockerfilePlaygroundElement>;
  /** The text. It may be set before the element is in the page. */
  value: string;
  problems(): Promise<Problem[]>;
  /** Fixes what a rule finds, or without a rule the first problem that has a fix. Resolves to the text. */
  fix(rule?: string): Promise<string>;
  /** Applies all fixes that lead to the same image, or with `unsafe` all others too. Resolves to the text. */
  fixAll(options?: { unsafe?: boolean }): Promise<string>;
  /** Begins to format; what comes of it is told by `dfp-change`. */
  format(): Promise<null>;
  goTo(line: number): Promise<null>;
  /** Unlike that of other elements, it waits until there is something to focus. */
  focus(): Promise<null> & void;
  /** The address of the playground with this text. */
  permalink(): Promise<string>;
  /** Back to the text that the widget began with. */
  reset(): Promise<string>;
  addEventListener<K extends keyof PlaygroundEvents>(
    type: K,
    listener: (this: DockerfilePlaygroundElement, event: PlaygroundEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** Attributes of all widgets of the page, and the `selector` of `upgrade`. */
export const defaults: Record<string, string | undefined>;

/** Turns code blocks into widgets. */
export function upgrade(selector?: string): void;

/** Puts a widget with this text and these attributes at the end of an element. */
export function mount(
  target: Element,
  options: Attributes & { value: string },
): DockerfilePlaygroundElement;

declare global {
  interface HTMLElementTagNameMap {
    "dockerfile-playground": DockerfilePlaygroundElement;
  }
  /** The same for pages that include the script. */
  var dockerfilePlayground: {
    defaults: typeof defaults;
    upgrade: typeof upgrade;
    mount: typeof mount;
  };
}
