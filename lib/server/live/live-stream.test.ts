import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveStream } from "./live-stream.ts";

const AT = "2026-01-31T09:30:00Z";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A way out that takes everything, or, when it is stopped, nothing at all. */
function wayOut() {
  const taken: string[] = [];
  let isStopped = false;
  const out = new Writable({
    highWaterMark: 100,
    write(chunk, _, done) {
      taken.push(String(chunk));
      if (!isStopped) done();
    },
  });
  return {
    out,
    taken,
    stop: () => {
      isStopped = true;
    },
  };
}

describe("a stream", () => {
  it("tells a burst at once, and then together, of what it follows", () => {
    const { out, taken } = wayOut();
    const stream = new LiveStream(out, ["runs", "run:a"]);
    stream.tell(new Set(["run:a"]));
    stream.tell(new Set(["run:a", "run:b"]));
    stream.tell(new Set(["runs"]));
    stream.tell(new Set(["run:a"]));
    stream.tell(new Set(["run:c"]));
    expect(taken).toEqual([`event: changed\ndata: {"topics":["run:a"]}\n\n`]);
    vi.advanceTimersByTime(10_000);
    expect(taken.slice(1)).toEqual([`event: changed\ndata: {"topics":["run:a","runs"]}\n\n`]);
  });

  it("is told all that it follows where many changed", () => {
    const { out, taken } = wayOut();
    new LiveStream(out, ["runs", "run:a"]).tell("many");
    expect(taken).toEqual([`event: changed\ndata: {"topics":["runs","run:a"]}\n\n`]);
  });

  it("holds little for a reader that takes nothing, and cuts it off after two beats", () => {
    const { out, taken, stop } = wayOut();
    const stream = new LiveStream(out, ["run:a"]);
    stop();
    for (let i = 0; i < 1_000; i += 1) {
      stream.tell(new Set(["run:a"]));
      vi.advanceTimersByTime(1_000);
    }
    expect(taken).toHaveLength(1);
    expect(out.writableLength).toBeLessThan(300);
    expect([stream.beat(AT), out.destroyed]).toEqual([true, false]);
    expect([stream.beat(AT), out.destroyed]).toEqual([false, true]);
    vi.advanceTimersByTime(10_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("tells a reader that was slow, when it takes again, what changed meanwhile", () => {
    const written: string[] = [];
    let release = () => {};
    const out = new Writable({
      highWaterMark: 10,
      write(chunk, _, done) {
        written.push(String(chunk));
        release = done;
      },
    });
    const stream = new LiveStream(out, ["run:a", "run:b"]);
    stream.tell(new Set(["run:a"]));
    stream.tell(new Set(["run:b"]));
    expect(stream.beat(AT)).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(written).toHaveLength(1);
    release();
    vi.advanceTimersByTime(1_000);
    expect(written[1]).toContain("run:b");
    release();
    vi.advanceTimersByTime(1_000);
    expect(stream.beat(AT)).toBe(true);
    out.destroy();
  });
});
