import { fileURLToPath } from "node:url";

const isDev = process.env.NODE_ENV === "development";

/**
 * Scripts and styles come from us alone. Next puts the first data of a page into inline scripts, and a nonce for
 * them would make every page dynamic, hence 'unsafe-inline'; the dev mode's reload needs eval and a web socket.
 * 'wasm-unsafe-eval' lets the graph be laid out in the browser.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'${isDev ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  `connect-src 'self'${isDev ? " ws: wss:" : ""}`,
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const headers = [
  { key: "Content-Security-Policy", value: contentSecurityPolicy },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // Checked by npm test, tests included: these need development packages, which a server may have been installed without.
  typescript: { ignoreBuildErrors: true },
  // Another lock file further up must not be taken for ours.
  turbopack: { root: fileURLToPath(new URL(".", import.meta.url)) },
  // The same instances as the launcher's, and programs and WebAssembly that must stay files.
  serverExternalPackages: ["@prisma/adapter-pg", "@prisma/client", "graphile-worker", "pg", "prom-client"],
  // Only what is served from here can be open in a browser during development.
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  headers: async () => [{ source: "/:path*", headers }],
};
