/**
 * A value of which the process has one. Next bundles our modules apart from the custom server that runs in the
 * same process, so that a plain module variable would exist twice: two pools, two commit queues.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`unstuck.${name}`);
  const store = globalThis as { [key: symbol]: unknown };
  if (!(key in store)) store[key] = make();
  return store[key] as T;
}
