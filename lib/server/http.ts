import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isIPv6, type Socket } from "node:net";
import { answerOdd } from "./odd-requests.ts";
import { reportError } from "./report-error.ts";

/** Answers a request fully. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Our place on the network. */
export interface HttpServer {
  /** The plain server, for whoever must attach to it (the page reload of the dev mode). */
  server: Server;
  /** The port it got, which differs from the wish only where that was 0. */
  port: number;
  /** From now on requests go to this handler; before, they are told to come again in a moment. */
  answerWith(handler: Handler): void;
  /** Takes no new requests, waits for those under way up to `patience` ms, then cuts them. */
  close(patience: number): Promise<void>;
}

/** The port is someone else's, or not for us. The message is fit to be shown as it is. */
export class PortError extends Error {
  override name = "PortError";
}

/** Takes the port at once, so that a taken one is known before any work is done. Throws PortError. */
export async function openHttpServer(
  host: string,
  port: number,
  silenceMs = SILENT_CONNECTION_MS,
): Promise<HttpServer> {
  let answer: Handler = sayStarting;
  const server = createServer({ shouldUpgradeCallback: isWebSocket }, (request, response) => {
    answer(request, response).catch((error: unknown) => fail(error, request, response));
  });
  keepConnections(server);
  // A batch may take as long as it takes: Node's own limit on a whole request would cut it off after five minutes.
  server.requestTimeout = 0;
  server.timeout = silenceMs;
  // Kept by ourselves, since the server forgets a socket once it has become a web socket, yet waits for its end.
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explained(error, host, port)));
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
  const address = server.address();
  return {
    server,
    port: address !== null && typeof address === "object" ? address.port : port,
    answerWith: (handler) => {
      answer = handler;
    },
    close: (patience) => close(server, sockets, patience),
  };
}

/**
 * Only what asks for a web socket gets one, as the page reload of the dev mode does. Java's own client offers HTTP/2 with
 * each request in that way, and is to be answered as if it had not: else its connection would be closed without a word.
 */
function isWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === "websocket";
}

/** Longer than the proxies and clients that are in use keep an idle connection (60 s), ms. */
const IDLE_CONNECTION_MS = 75_000;

/** How long nothing may come or go while a request is under way, ms: whoever sends nothing for longer is gone. */
const SILENT_CONNECTION_MS = 300_000;

/**
 * Has a server be the last to let go of an idle connection. One that closes first may do so just as the next event is
 * sent on it, and most OpenLineage clients lose that event.
 */
export function keepConnections(server: Server): void {
  server.keepAliveTimeout = IDLE_CONNECTION_MS;
}

/** The address at which this machine reaches a server that listens on a host and port. */
export function addressOf(host: string, port: number): string {
  if (host === "0.0.0.0" || host === "::") return `http://localhost:${port}`;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** Events first, since they are many and need none of what a page needs; all else goes to the pages. */
export function eventsFirst(
  answerIngest: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>,
  pages: Handler,
): Handler {
  return async (request, response) => {
    // As a proxy is asked, which every server must understand.
    request.url = (request.url ?? "").replace(/^https?:\/\/[^/?#]*(?=\/)/i, "");
    if (await answerIngest(request, response)) return;
    if (!answerOdd(request, response)) await pages(request, response);
  };
}

async function sayStarting(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(503, { "content-type": "text/plain; charset=utf-8", "retry-after": "1", refresh: "2" });
  response.end("Unstuck is starting. Try again in a moment.\n");
}

/** A handler should not throw; when one does, its reader gets an answer and we the reason. */
function fail(error: unknown, request: IncomingMessage, response: ServerResponse): void {
  reportError(`${request.method} ${request.url?.split("?", 1)[0]} failed`, error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
  response.end("Something went wrong on our side.\n");
}

async function close(server: Server, sockets: ReadonlySet<Socket>, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, patience);
  await closed;
  clearTimeout(cut);
}

function explained(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const other = "Choose another with PORT, for instance: PORT=3001 npm start";
  if (error.code === "EADDRINUSE") return new PortError(`Port ${port} on ${host} is taken. ${other}`);
  if (error.code === "EACCES") return new PortError(`Port ${port} needs more rights than we have. ${other}`);
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return new PortError(`HOST is ${host}, but this machine has no such address.`);
  }
  return error;
}
