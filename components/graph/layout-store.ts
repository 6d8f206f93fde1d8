"use client";

import type { Coordinates } from "@/lib/drawing/graph-shape";
import { LAYOUT_EDITION } from "@/lib/drawing/layout-name";

/**
 * Layouts of earlier visits, so that a pipeline's need not be asked for again. Absent storage is no failure, and those of an
 * earlier edition are dropped.
 */
const DATABASE = "unstuck-layouts";
const STORE = "layouts";
const MOST = 300;

let opening: Promise<IDBDatabase | undefined> | undefined;

function open(): Promise<IDBDatabase | undefined> {
  opening ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open(DATABASE, LAYOUT_EDITION);
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
