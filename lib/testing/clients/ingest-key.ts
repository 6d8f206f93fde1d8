/**
 * A key that may send events to the server with these data. The server takes events without one and does not look at
 * it yet: the only place to change when it does.
 */
export async function ingestKey(_dataDir: string): Promise<string> {
  return "no-key-is-asked-for-yet";
}
