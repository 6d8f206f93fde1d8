/**
 * Runs a command of ours. What goes wrong is told in one sentence and ends it with code 1; only a slip in our own
 * code is told with its stack.
 */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const isSlip =
      error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
    console.error(error instanceof Error && !isSlip ? error.message : error);
    process.exit(1);
  }
}
