import * as z from "zod/mini";
import { wireInstant } from "./instant.ts";

/** ingest: may send events and beats. read: may see pages and ask the API. Neither may do what the other does. */
export const keyScope = z.enum(["ingest", "read"], { error: "ingest or read" });
export type KeyScope = z.infer<typeof keyScope>;

/** A key, without the key itself. */
const keyResource = z.object({
  id: z.string(),
  name: z.string(),
  scope: keyScope,
  /** How it begins, to know it again. */
  prefix: z.string(),
  createdAt: wireInstant,
  /** To within a minute. */
  lastUsedAt: z.nullable(wireInstant),
  revokedAt: z.nullable(wireInstant),
});
export type KeyResource = z.infer<typeof keyResource>;

/** All keys, the newest first, and those that were revoked last. */
export const keyList = z.object({
  keys: z.array(keyResource),
  /** Whether this server asks for keys, save of those on its own machine. */
  required: z.boolean(),
  /** Whether whoever asks may make and revoke keys here. */
  changeable: z.boolean(),
  at: wireInstant,
});
export type KeyList = z.infer<typeof keyList>;

/** What a new key is to be. */
export const newKey = z.object({
  name: z
    .string({ error: "a name expected" })
    .check(
      z.trim(),
      z.minLength(1, "a name expected, such as the source's"),
      z.maxLength(100, "at most 100 characters expected"),
      z.regex(/^[^\p{Cc}\p{Cs}]*$/u, "a name without control characters expected"),
    ),
  scope: keyScope,
});
export type NewKey = z.infer<typeof newKey>;

/** A key that was just made. `text` is the key itself: this is the only answer that ever holds it. */
export const madeKey = z.object({ key: keyResource, text: z.string() });
export type MadeKey = z.infer<typeof madeKey>;

/** The answer to a revocation. */
export const revokedKey = z.object({ key: keyResource });
