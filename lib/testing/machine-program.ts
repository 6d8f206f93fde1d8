import { execFile } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { childEnv } from "../server/env.ts";

/** A program of the machine that is not there. The message says which, and what it would be for. */
export class MissingProgramError extends Error {
  override name = "MissingProgramError";
}

/** What a program said, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program to its end. `purpose` finishes the sentence "It is needed to …" where the machine lacks it. */
export async function outcomeOf(
  program: string,
  args: readonly string[],
  options: { purpose: string; cwd: string; env?: Readonly<Record<string, string | undefined>> },
): Promise<Outcome> {
  return new Promise((done, fail) => {
    const settings = { cwd: options.cwd, env: childEnv(options.env ?? {}), maxBuffer: 64 * 1024 ** 2 };
    execFile(program, args, settings, (error, output, errors) => {
      if (error?.code === "ENOENT") {
        fail(
          new MissingProgramError(
            `"${program}" was not found on this machine. It is needed to ${options.purpose}.`,
          ),
        );
      } else done({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, output, errors });
    });
  });
}

/** Runs a program that must succeed. Throws with what it said where it does not. */
export async function succeed(
  program: string,
  args: readonly string[],
  options: { purpose: string; cwd: string },
): Promise<string> {
  const { code, output, errors } = await outcomeOf(program, args, options);
  if (code === 0) return output;
  const lines = stripVTControlCharacters(`${output}\n${errors}`)
    .split("\n")
    .filter((line) => line.trim() !== "");
  // Some programs say the reason first, and some last.
  const said = lines.length <= 12 ? lines : [...lines.slice(0, 6), "…", ...lines.slice(-6)];
  throw new Error(`"${program} ${args.join(" ")}" failed (code ${code}). It said:\n${said.join("\n")}`);
}
