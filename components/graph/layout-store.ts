"use client";

import type { Coordinates } from "@/lib/drawing/graph-shape";

/** Layouts of earlier visits, so that a pipeline is laid out once on this machine. Absent storage is no failure. */
const DATABASE = "unstuck-layouts";
const STORE = "layouts";
/** Raised whenever layouts come out differently; older ones are then dropped. */
const VERSION = 1;
const MOST = 300;

let opening: Promise<IDBDatabase | undefined> | undefined;

function open(): Promise<IDBDatabase | undefined> {
  opening ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open(DATABASE, VERSION);
      request.onupgradeneeded = () => {
        const db = request.result;
        if (db.objectStoreNames.contains(STORE)) db.deleteObjectStore(STORE);
        db.createObjectStore(STORE);
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
      request.onblocked = () => resolve(undefined);
    } catch {
      resolve(undefined);
    }
  });
  return opening;
}

export async function loadLayout(key: string): Promise<Coordinates | undefined> {
  const db = await open();
  if (!db) return undefined;
  return new Promise((resolve) => {
    const request = db.transaction(STORE).objectStore(STORE).get(key);
    request.onsuccess = () => resolve(request.result instanceof Float64Array ? request.result : undefined);
    request.onerror = () => resolve(undefined);
  });
}

export async function saveLayout(key: string, coordinates: Coordinates): Promise<void> {
  const db = await open();
  if (!db) return;
  const store = db.transaction(STORE, "readwrite").objectStore(STORE);
  const counting = store.count();
  counting.onsuccess = () => {
    // Rather lose them all now and then than keep books about which was used last.
    if (counting.result >= MOST) store.clear();
    store.put(coordinates, key);
  };
}
