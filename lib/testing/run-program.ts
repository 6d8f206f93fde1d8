import { spawn } from "node:child_process";
import { delimiter, resolve } from "node:path";
import { childEnv, readEnv } from "../server/env.ts";

/**
 * Runs a program, of the project's packages or else of the machine, with our own input and output, and gives its exit
 * code. A signal that stops us is left to it, which shares our terminal; we end when it has.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const path = [resolve("node_modules/.bin"), readEnv().PATH].join(delimiter);
  const child = spawn(program, args, { stdio: "inherit", env: childEnv({ ...env, PATH: path }) });
  const wait = () => {};
  const pass = () => child.kill("SIGTERM");
  process.on("SIGINT", wait).on("SIGTERM", pass);
  try {
    return await new Promise<number>((done, fail) => {
      child.once("error", fail);
      child.once("close", (code) => done(code ?? 1));
    });
  } finally {
    process.off("SIGINT", wait).off("SIGTERM", pass);
  }
}
