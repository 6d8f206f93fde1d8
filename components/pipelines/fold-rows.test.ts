import { describe, expect, it } from "vitest";
import { foldRows, type Opened } from "@/components/pipelines/fold-rows";
import type { GridRow } from "@/lib/contract/pipelines";

function rows(text: string): GridRow[] {
  return text.split(" ").map((part) => {
    const [key = "", group = null] = part.split("<");
    return { key, label: key, group, gone: false, usual: null };
  });
}

/** `key:members`, indented by a dot for each level; `+` is closed and `-` open. */
function drawn(text: string, opened: Opened = new Set()): string[] {
  return foldRows(rows(text), opened).map(
    ({ key, depth, members, below, open }) =>
      `${".".repeat(depth)}${below === 0 ? "" : open ? "-" : "+"}${key}:${members.join()}`,
  );
}

describe("the rows of a history", () => {
  it("stand as they come where nothing groups them", () => {
    expect(drawn("a b c")).toEqual(["a:0", "b:1", "c:2"]);
  });

  it("are folded into their groups, where the first of them stood", () => {
    expect(drawn("a t0<t b t1<t c")).toEqual(["a:0", "+t:1,3", "b:2", "c:4"]);
    expect(drawn("a t0<t b t1<t c", "all")).toEqual(["a:0", "-t:1,3", ".t0:1", ".t1:3", "b:2", "c:4"]);
  });

  it("are not folded where a group has but one", () => {
    expect(drawn("a t0<t b")).toEqual(["a:0", "t0:1", "b:2"]);
  });

  it("fold below a node that is their parent: closed it stands for all of them, open for itself", () => {
    expect(drawn("g g/a<g g/b<g")).toEqual(["+g:0,1,2"]);
    expect(drawn("g g/a<g g/b<g", new Set(["g"]))).toEqual(["-g:0", ".g/a:1", ".g/b:2"]);
    expect(drawn("g g/h<g g/h/a<g/h", new Set(["g"]))).toEqual(["-g:0", ".+g/h:1,2"]);
  });

  it("are all there, though they be below each other in a circle", () => {
    expect(drawn("a<b b<a c<c")).toEqual(["c:2", "+a:0,1", "+b:1,0"]);
  });
});
