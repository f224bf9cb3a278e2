// The little of WebDriver that a journey needs, over HTTP, without a package:
// https://www.w3.org/TR/webdriver2/
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
export const KEYS = { Control: "\uE009", Escape: "\uE00C", Enter: "\uE007" };

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** Asks again until there is an answer, and says what was waited for if there is none. */
export async function until(what, ask, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask().catch((error) => (Date.now() > end ? Promise.reject(error) : undefined));
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited for ${what}`);
    await pause(100);
  }
}

/** Starts a driver (`command` with `port` to append) and a session of its browser. */
export async function browse([command, ...args], capabilities) {
  const port = await freePort();
  const driver = spawn(command, [...args, `--port=${port}`], { stdio: "ignore" });
  const failed = new Promise((_, fail) => driver.once("error", fail));
  failed.catch(() => {});
  const ask = async (method, path, body) => {
    const response = await Promise.race([failed, fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    })]);
    const { value } = await response.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  try {
    await Promise.race([failed, until(command, async () => (await ask("GET", "/status")).ready)]);
    const { sessionId, capabilities: found } = await ask("POST", "/session", { capabilities: { alwaysMatch: capabilities } });
    return new Browser((method, path, body) => ask(method, `/session/${sessionId}${path}`, body), driver, found);
  } catch (error) {
    driver.kill();
    throw error;
  }
}

class Browser {
  constructor(ask, driver, { browserName, browserVersion }) {
    Object.assign(this, { ask, driver, name: `${browserName} ${browserVersion}` });
  }

  go(url) {
    return this.ask("POST", "/url", { url });
  }

  /** Runs the body of a function in the page. */
  run(script, ...args) {
    return this.ask("POST", "/execute/sync", { script, args });
  }

  /** The value of an expression in the page, once it is true. */
  when(expression, ...args) {
    return until(`${expression} of ${args}`, () => this.run(`return ${expression}`, ...args));
  }

  async click(css) {
    await this.when("document.querySelector(arguments[0])", css);
    const found = await this.ask("POST", "/element", { using: "css selector", value: css });
    await this.ask("POST", `/element/${found[ELEMENT]}/click`, {});
  }

  #keys(actions) {
    return this.ask("POST", "/actions", { actions: [{ type: "key", id: "keys", actions }] });
  }

  /** Types a text, key by key. */
  type(text) {
    const strokes = [...text.replaceAll("\n", KEYS.Enter)];
    return this.#keys(strokes.flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]));
  }

  /** Presses keys together. */
  chord(...keys) {
    const up = keys.toReversed().map((value) => ({ type: "keyUp", value }));
    return this.#keys([...keys.map((value) => ({ type: "keyDown", value })), ...up]);
  }

  size(width, height) {
    return this.ask("POST", "/window/rect", { width, height });
  }

  async close() {
    await this.ask("DELETE", "").catch(() => {});
    this.driver.kill();
  }
}
