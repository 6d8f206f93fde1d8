import { mutationOptions, queryOptions } from "@tanstack/react-query";
import { keyList, madeKey, type NewKey, revokedKey } from "../contract/keys.ts";
import { finishedInterval, live } from "./live.ts";
import { request } from "./request.ts";

/** All keys. Their last use is written once a minute, so that asking often shows nothing new. */
export function keyListQuery() {
  return queryOptions({
    ...live,
    queryKey: ["keys"] as const,
    queryFn: ({ signal }) => request("/api/v1/keys", keyList, { signal }),
    refetchInterval: () => finishedInterval(),
  });
}

/** Makes a key. The answer alone holds it: it is not cached. */
export const makeKey = mutationOptions({
  gcTime: 0,
  mutationFn: (key: NewKey) =>
    request("/api/v1/keys", madeKey, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(key),
    }),
});

/** Revokes a key for good. */
export const revokeKey = mutationOptions({
  mutationFn: (id: string) =>
    request(`/api/v1/keys/${encodeURIComponent(id)}`, revokedKey, { method: "DELETE" }),
});
