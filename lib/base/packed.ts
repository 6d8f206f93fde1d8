/**
 * Numbers and texts as few bytes, one after the other: whoever reads them asks for the same in the same order.
 * A whole number takes seven bits a byte, the lowest first; the eighth says that more follow.
 */
export class Packer {
  #bytes = new Uint8Array(128);
  #size = 0;

  /** A whole number, not negative. */
  count(value: number): this {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    return this.byte(rest);
  }

  /** A whole number of either sign: near zero it is short. */
  whole(value: number): this {
    return this.count(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** Any number: whole ones and thousandths, not negative, are short. */
  number(value: number): this {
    const thousandths = Math.round(value * 1000);
    if (value >= 0 && thousandths <= MOST_TRIPLED && !Object.is(value, -0)) {
      if (Number.isInteger(value)) return this.count(3 * value + WHOLE);
      if (thousandths / 1000 === value) return this.count(3 * thousandths + THOUSANDTHS);
    }
    this.count(FLOAT).#room(8);
    new DataView(this.#bytes.buffer).setFloat64(this.#size, value);
    this.#size += 8;
    return this;
  }

  text(value: string): this {
    const bytes = new TextEncoder().encode(value);
    return this.count(bytes.length).raw(bytes);
  }

  byte(value: number): this {
    if (this.#size === this.#bytes.length) this.#room(1);
    this.#bytes[this.#size] = value;
    this.#size += 1;
    return this;
  }

  raw(bytes: Uint8Array): this {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#size);
    this.#size += bytes.length;
    return this;
  }

  /** All that was written. The next is written from the beginning again. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#size);
    this.#size = 0;
    return taken;
  }

  #room(more: number): void {
    if (this.#size + more <= this.#bytes.length) return;
    const wider = new Uint8Array(2 * (this.#size + more));
    wider.set(this.#bytes);
    this.#bytes = wider;
  }
}

/** Which of three forms a number has: the remainder of its first part by three. */
const WHOLE = 0;
const THOUSANDTHS = 1;
const FLOAT = 2;
const MOST_TRIPLED = Math.floor(Number.MAX_SAFE_INTEGER / 3) - 1;

/** Reads what a Packer wrote. Beyond the end it throws: bytes that were cut off are not taken for fewer. */
export class Unpacker {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** How many bytes were read, those before the beginning included. */
  get at(): number {
    return this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  count(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      if (byte < 128) return value + byte * scale;
      value += (byte - 128) * scale;
      scale *= 128;
    }
  }

  whole(): number {
    const value = this.count();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  number(): number {
    const value = this.count();
    if (value % 3 === WHOLE) return value / 3;
    if (value % 3 === THOUSANDTHS) return (value - THOUSANDTHS) / 3 / 1000;
    const bytes = this.raw(8);
    return new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0);
  }

  text(): string {
    return new TextDecoder().decode(this.raw(this.count()));
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new RangeError("packed bytes end too early");
    this.#at += 1;
    return byte;
  }

  raw(size: number): Uint8Array {
    const end = this.#at + size;
    if (end > this.#bytes.length) throw new RangeError("packed bytes end too early");
    const bytes = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }
}
