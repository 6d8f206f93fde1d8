import { createHash, createHmac, randomBytes } from "node:crypto";
import type { KeyScope } from "../../contract/keys.ts";

/** How much of the random part is kept to be shown, in characters: 36 of 256 bits. */
const SHOWN = 6;

/** `unstuck_ingest_` and 32 random bytes. The words make a key known for what it is, to people and to secret scanners. */
const KEY = /^unstuck_(ingest|read)_[\w-]{43}$/;
/** Long enough to leave our metrics' names alone; of a key that was cut off before, more than half is then unknown. */
const KEY_WITHIN = /(unstuck_(?:ingest|read)_[\w-]{6})[\w-]{18,}/g;

/** What is kept of a key. */
export interface KeptKey {
  readonly prefix: string;
  readonly hash: string;
  readonly sessionHash: string | null;
}

/** Makes a key of 256 random bits, which nobody guesses and no two of which are alike. */
export function makeKeyText(scope: KeyScope): string {
  return `unstuck_${scope}_${randomBytes(32).toString("base64url")}`;
}

export function isKeyText(text: string): boolean {
  return KEY.test(text);
}

/** Whether a text means to be a key of ours, be it whole or not. */
export function looksLikeKey(text: string): boolean {
  return text.startsWith("unstuck_");
}

/** What is stored for a key: nothing from which it, or what a browser holds for it, could be computed. */
export function keptOf(text: string, scope: KeyScope): KeptKey {
  return {
    prefix: text.slice(0, `unstuck_${scope}_`.length + SHOWN),
    hash: hashOf(text),
    sessionHash: scope === "read" ? hashOf(sessionOf(text)) : null,
  };
}

/**
 * SHA-256, in hex. A password needs salt and a slow hash, since people choose few of them; of 256 random bits there is
 * no list to go through, so that the plain hash tells as little, and a check costs a microsecond.
 */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What a browser holds instead of a read key. The key cannot be computed from it, and it ends with the key. */
export function sessionOf(text: string): string {
  return createHmac("sha256", text).update("a browser's session").digest("base64url");
}

/**
 * What an Authorization header brings: undefined where it is none of the scheme Bearer. (What a proxy asked for as
 * Basic is the proxy's affair.)
 */
export function bearerOf(header: string | undefined): string | undefined {
  const match = /^bearer(?:\s+(.*))?$/i.exec(header?.trim() ?? "");
  return match ? (match[1] ?? "").trim() : undefined;
}

/** The value of a cookie, as it stands in the header. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** A text with each key in it cut down to how it begins: for whatever is kept or told of what others sent. */
export function withoutKeys(text: string): string {
  return text.includes("unstuck_") ? text.replace(KEY_WITHIN, "$1…") : text;
}
