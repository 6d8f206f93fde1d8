#!/usr/bin/env node
import { parseArgs } from "node:util";
/** The command `unstuck`: what one does to a server from its own machine. */
import { errorWords } from "../lib/base/error-words.ts";
import { runCommand } from "../lib/server/command.ts";
import { generateClient } from "../lib/server/generate-client.ts";
import { goHome } from "./go-home.ts";
import { USAGE, UsageError } from "./usage.ts";

await runCommand(async () => {
  try {
    await run(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\nSee: unstuck --help`);
    process.exitCode = 2;
  }
});

async function run(args: readonly string[]): Promise<void> {
  const { words, scope, help } = parsed(args);
  if (help) return console.log(USAGE);
  const [command = "", ...rest] = words;
  if (command !== "key" && scope !== undefined)
    throw new UsageError(`${command || "unstuck"} takes no --scope`);
  switch (command) {
    case "key":
      return key(rest, scope);
    case "import": {
      if (rest.length === 0) throw new UsageError("import: which files?");
      const { importFiles } = await import("./import.ts");
      return importFiles(rest);
    }
    case "rebuild": {
      if (rest.length > 0) throw new UsageError(`rebuild takes nothing more, but there is ${rest[0]}`);
      goHome();
      await generateClient();
      const { rebuildAll } = await import("./rebuild.ts");
      return rebuildAll();
    }
    default:
      throw new UsageError(command === "" ? "What is to be done?" : `There is no command ${command}.`);
  }
}

async function key(
  [verb = "", name = "", ...more]: readonly string[],
  scope: string | undefined,
): Promise<void> {
  if (!["create", "list", "revoke"].includes(verb)) throw new UsageError("key: create, list or revoke?");
  if (verb === "list" ? name !== "" : name === "") {
    throw new UsageError(verb === "list" ? "key list takes no name" : `key ${verb}: the name is missing`);
  }
  if (more.length > 0) throw new UsageError(`key ${verb} takes one name, but there is ${more[0]} too`);
  if (verb === "create" && scope === undefined)
    throw new UsageError("key create: --scope ingest or --scope read?");
  if (verb !== "create" && scope !== undefined) throw new UsageError(`key ${verb} takes no --scope`);
  goHome();
  await generateClient();
  const keys = await import("./keys.ts");
  if (verb === "create") return keys.createKeyNamed(name, scope);
  return verb === "list" ? keys.printKeys() : keys.revokeKeyCalled(name);
}

function parsed(args: readonly string[]): { words: string[]; scope: string | undefined; help: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { scope: { type: "string" }, help: { type: "boolean", short: "h", default: false } },
      allowPositionals: true,
    });
    return { words: positionals, scope: values.scope, help: values.help };
  } catch (error) {
    throw new UsageError(errorWords(error));
  }
}
