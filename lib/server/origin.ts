/** A name or address, perhaps with a port: what stands in a command that is copied must be nothing else. */
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/** Where the reader's machine reaches this server, as its request says, through a proxy too; undefined where that is no place. */
export function originOf(headers: { get(name: string): string | null }): string | undefined {
  const host = firstOf(headers.get("x-forwarded-host")) ?? headers.get("host") ?? "";
  const protocol = firstOf(headers.get("x-forwarded-proto")) === "https" ? "https" : "http";
  const url = `${protocol}://${host}`;
  return HOST.test(host) && URL.canParse(url) ? new URL(url).origin : undefined;
}

/** Of several proxies the first was reached by the reader. */
function firstOf(value: string | null): string | undefined {
  return value?.split(",", 1)[0]?.trim() || undefined;
}
