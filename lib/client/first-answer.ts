/**
 * What was asked for, or what is computed instead: nothing is computed where the answer comes before `soon`; from then on,
 * or once there is none, both may come, and the first counts. Undefined where neither brings anything.
 */
export async function firstAnswer<T>(
  asked: Promise<T | undefined>,
  soon: Promise<unknown>,
  compute: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const early = await Promise.race([asked, soon.then(() => undefined)]);
  if (early !== undefined) return early;
  const computed = compute();
  return Promise.any([there(asked), there(computed)]).catch(() => undefined);
}

async function there<T>(coming: Promise<T | undefined>): Promise<T> {
  const value = await coming;
  if (value === undefined) throw new Error("nothing came");
  return value;
}
