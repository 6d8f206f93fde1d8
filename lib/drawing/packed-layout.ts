import { Packer, Unpacker } from "../base/packed.ts";
import type { Coordinates } from "./graph-shape.ts";

/** Nobody sees less than a tenth of a pixel. */
const PER_PIXEL = 10;

/** Coordinates as few bytes: each as what it is more or less than the one before on its axis. */
export function packLayout(coordinates: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const packer = new Packer().count(coordinates.length);
  const before = [0, 0];
  for (let i = 0; i < coordinates.length; i += 1) {
    const at = Math.round((coordinates[i] ?? 0) * PER_PIXEL);
    packer.whole(at - (before[i % 2] ?? 0));
    before[i % 2] = at;
  }
  return new Uint8Array(packer.take());
}

/** Throws where the bytes end too early. */
export function unpackLayout(bytes: Uint8Array): Coordinates {
  const reader = new Unpacker(bytes);
  const before = [0, 0];
  return Float64Array.from({ length: reader.count() }, (_, i) => {
    const at = (before[i % 2] ?? 0) + reader.whole();
    before[i % 2] = at;
    return at / PER_PIXEL;
  });
}
