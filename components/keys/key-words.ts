import type { KeyScope } from "@/lib/contract/keys";

/** What a key of a scope is for. */
export const SCOPE_SAYS: Readonly<Record<KeyScope, string>> = {
  ingest: "may send events and beats, and see nothing",
  read: "may see the pages and ask the API, and send nothing",
};

/** The command that makes a key, with a name as a shell takes it. */
export function makeCommand(name: string, scope: KeyScope): string {
  return `npm run unstuck -- key create ${name} --scope ${scope}`;
}
