import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";

const HOST_NAME = /^(?=.{1,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i;

function wholeNumber(least: number, most: number) {
  const message = `a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { error: message, abort: true })
    .transform(Number)
    .pipe(z.number({ error: message }).min(least, message).max(most, message));
}

function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\/./.test(text) && URL.canParse(text);
}

/** Says whether only this machine can reach a server that listens on the host. */
export function isLoopback(host: string): boolean {
  if (host.toLowerCase() === "localhost" || host === "::1" || host === "0:0:0:0:0:0:0:1") return true;
  return isIP(host) === 4 && host.startsWith("127.");
}

const flag = z
  .enum(["0", "1", "false", "true"], { error: "1 or 0" })
  .transform((given) => /1|true/.test(given));

const variables = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z
    .string()
    .refine((host) => isIP(host) !== 0 || HOST_NAME.test(host), "an IP address or a host name")
    .default("127.0.0.1"),
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, "a URL such as postgresql://user:password@host:5432/database")
    .optional(),
  UNSTUCK_DATA_DIR: z
    .string()
    .default(".data")
    .transform((folder) => resolve(/* turbopackIgnore: true */ process.cwd(), folder)),
  UNSTUCK_OPEN: flag.default(false),
  UNSTUCK_KEYS: flag.default(false),
  UNSTUCK_KEY: z
    .string()
    .regex(/^unstuck_ingest_[\w-]{43}$/, "a key with the scope ingest")
    .optional(),
  UNSTUCK_KEY_RATE: wholeNumber(1, 1_000_000_000).default(10_000),
  UNSTUCK_KEY_BURST: wholeNumber(1, 1_000_000_000).default(100_000),
  UNSTUCK_INGEST_LINGER_MS: wholeNumber(0, 1000).default(2),
  UNSTUCK_MAX_BODY_BYTES: wholeNumber(1024, 1024 ** 3).default(16 * 1024 ** 2),
  UNSTUCK_BATCH_THREADS: wholeNumber(0, 64).optional(),
  NODE_ENV: z
    .enum(["development", "production", "test"], { error: "development, production or test" })
    .optional(),
  CI: z
    .string()
    .default("")
    .transform((given) => !["", "0", "false"].includes(given.toLowerCase())),
  CHROMIUM_PATH: z.string().optional(),
  PATH: z.string().default(""),
});

const schema = variables.refine((env) => !(env.UNSTUCK_OPEN && env.UNSTUCK_KEYS), {
  path: ["UNSTUCK_KEYS"],
  message:
    "0 where UNSTUCK_OPEN is 1: either this server asks for keys, or something before it asks who is there",
});

/**
 * What the environment asks for, with every default filled in. UNSTUCK_DATA_DIR is absolute,
 * UNSTUCK_INGEST_LINGER_MS is in milliseconds, UNSTUCK_MAX_BODY_BYTES counts bytes after inflating,
 * UNSTUCK_KEY_RATE counts events per second and UNSTUCK_KEY_BURST events.
 */
export type Env = z.output<typeof schema>;

/** The environment asks for something impossible. The message names each variable, its value and what would do. */
export class EnvironmentError extends Error {
  override name = "EnvironmentError";
}

/**
 * Reads the environment: the only place that does. An empty variable counts as absent.
 * Throws EnvironmentError, whose message is fit to be shown as it is.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const complaints = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return `${name} is ${shown(name, given[name])}, but must be ${issue.message}.`;
  });
  throw new EnvironmentError(complaints.join("\n"));
}

/** The environment for a program that we start: ours, with changes; undefined takes a variable away. */
export function childEnv(changes: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

/** Database addresses carry passwords, so they are never repeated, and neither are keys. */
function shown(name: string, value: string | undefined): string {
  if (name === "DATABASE_URL") return "something else (not shown, since it may hold a password)";
  if (name === "UNSTUCK_KEY") return "something else (not shown, since it may be a key)";
  return value === undefined ? "not set" : JSON.stringify(value.slice(0, 200));
}
