const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID as Postgres reads one; the standard's version and variant are no matter. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
