// Keeps one version of the playground for use without a network.
//
// The cache is addressed by content: a file that a new version shares with the old one is not
// fetched again, and a file that is not what the build made it is refused, so that a version is
// there as a whole or not at all. A new version waits until the user asks for it.
const FILES = new Map([/* files */]);

const SCOPE = new URL("./", location.href);
const CACHE = `dockerfile-playground ${SCOPE.pathname}`;
const AT_ONCE = 6;

const key = (path) => new URL(`${path}?${FILES.get(path)}`, SCOPE).href;

async function keep(cache, path) {
  if (await cache.match(key(path))) return;
  const integrity = `sha256-${FILES.get(path)}`;
  const response = await fetch(new URL(path, SCOPE), { cache: "no-cache", integrity });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  // A copy: a browser refuses to open a page from an answer that was redirected.
  await cache.put(key(path), new Response(response.body, { headers: response.headers }));
}

async function install() {
  const cache = await caches.open(CACHE);
  const waiting = [...FILES.keys()];
  const some = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) await keep(cache, path);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
}

async function activate() {
  const cache = await caches.open(CACHE);
  const ours = new Set([...FILES.keys()].map(key));
  const requests = await cache.keys();
  await Promise.all(requests.filter(({ url }) => !ours.has(url)).map((request) => cache.delete(request)));
  await self.clients.claim();
}

const kept = async (path, request) => (await caches.match(key(path), { cacheName: CACHE })) ?? fetch(request);

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", ({ data }) => data === "update" && self.skipWaiting());

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== SCOPE.origin || !pathname.startsWith(SCOPE.pathname)) return;
  // What stands behind `?` makes no other page of it.
  const path = pathname.slice(SCOPE.pathname.length).replace(/(^|\/)index\.html$/, "$1");
  if (FILES.has(path)) event.respondWith(kept(path, request));
  else if (request.destination === "document") event.respondWith(fetch(request).catch(() => kept("", request)));
});
