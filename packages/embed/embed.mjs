// The same as a module. Where it does not come from the playground itself, as in a bundle, say
// where that is: `defaults.base = "https://…/"`.
import "./embed.js";

export const { upgrade, mount, defaults } = globalThis.dockerfilePlayground;
defaults.base ??= import.meta.url;
