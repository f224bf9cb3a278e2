// Serves a folder as a plain static server would, so that the tests see what a visitor sees.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** `below` is the path under which the folder stands; a missing file is answered by `404.html`. */
export async function serve(folder, below = "/") {
  const isFile = async (file) => (await stat(file).catch(() => undefined))?.isFile();
  const server = createServer(async (request, response) => {
    const asked = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    if (!asked.startsWith(below)) return response.writeHead(404).end();
    const path = asked.slice(below.length - 1);
    let file = join(folder, path.endsWith(sep) ? join(path, "index.html") : path);
    const found = await isFile(file);
    if (!found) file = join(folder, "404.html");
    if (!(await isFile(file))) return response.writeHead(404).end();
    response.writeHead(found ? 200 : 404, {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      // As `_headers` says of files with a hash in their name.
      "Cache-Control": /[0-9a-f]{12,16}[._-]/.test(file) ? "max-age=31536000, immutable" : "no-cache",
      // A frame in a sandbox without an origin fetches everything with CORS.
      "Access-Control-Allow-Origin": "*",
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${port}${below}`, port, close };
}
