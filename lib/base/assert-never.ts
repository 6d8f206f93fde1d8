/** Fails to compile where a case of a union was forgotten, and throws where data slipped past the compiler. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
}
