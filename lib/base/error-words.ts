/** What a thrown value says of itself. Where a host has several addresses and none answers, the error has a code alone. */
export function errorWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== "") return error.message;
  return "code" in error ? String(error.code) : error.name;
}
