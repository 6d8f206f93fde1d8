/** Without a rest for so long it is time all the same, ms. */
const AT_LATEST_MS = 1_000;

/** Does something at the browser's next moment of rest; what is returned calls it off. */
export function atRest(work: () => void): () => void {
  // Safari knows no rest.
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(work, AT_LATEST_MS);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(work, { timeout: AT_LATEST_MS });
  return () => cancelIdleCallback(request);
}
