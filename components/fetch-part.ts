/** Between two tries, ms. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/**
 * Fetches scripts that the page did not bring along. Where the server does not answer it is asked again until it does:
 * a part of a page that comes late is no reason to take away the rest.
 */
export async function fetchPart<T>(load: () => Promise<T>): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
