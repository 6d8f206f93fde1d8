import pg from "pg";

/** How long a Postgres that is reached and says nothing is waited for, ms. */
const PATIENCE_MS = 30_000;

/** Opens a connection. Where that fails, says in a sentence that may be shown what is wrong with the address, and no password. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw new Error(explained(client, error), { cause: error });
  }
}

function explained({ host, port, user = "", database = "" }: pg.Client, error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  // An address that leads to several machines fails with a message for each, and none of its own.
  const words = error instanceof Error && error.message !== "" ? error.message : code;
  const place = `${host}:${port}`;
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `there is no host ${host} (${code}): see DATABASE_URL`;
    case "28P01":
    case "28000":
      return `Postgres at ${place} does not let ${user} in: ${words}: see DATABASE_URL`;
    case "3D000":
      return `Postgres at ${place} has no database ${database}. Make it, or see DATABASE_URL`;
    default:
      return /^E[A-Z]+$/.test(code) || code === ""
        ? `no Postgres answers at ${place} (${words}): see DATABASE_URL`
        : words;
  }
}
