import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { platform } from "node:os";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * A text that tells a living process from any later one that happens to get the same number
 * (containers reuse small numbers all the time). Undefined where no such process lives.
 */
export async function processBirth(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined;
  if (platform() !== "linux") return (await ask(pid, "lstart")) ?? "alive";
  const [stat, boot] = await Promise.all([
    readFile(`/proc/${pid}/stat`, "utf8").catch(() => ""),
    readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => ""),
  ]);
  // The second field is the program's name in brackets and may hold blanks, so count from behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state] = fields;
  if (state === undefined || state === "" || state === "Z") return undefined;
  return `${fields[19] ?? ""}@${boot.trim()}`;
}

/** The command line of a process, or undefined where it cannot be told. */
export async function processCommand(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined;
  if (platform() !== "linux") return ask(pid, "command");
  const raw = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return raw === "" ? undefined : raw.replaceAll("\0", " ").trim();
}

/** Says whether a process with that number exists, whoever owns it. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function ask(pid: number, column: "lstart" | "command"): Promise<string | undefined> {
  const answer = await run("ps", ["-ww", "-o", `${column}=`, "-p", String(pid)]).catch(() => undefined);
  return answer?.stdout.trim() || undefined;
}
