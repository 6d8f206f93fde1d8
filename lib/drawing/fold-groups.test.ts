import fc from "fast-check";
import { expect, test } from "vitest";
import { type FoldNode, foldGroups } from "./fold-groups.ts";

const none: ReadonlySet<string> = new Set();
const node = (id: string, parent: string | null = null, group: string | null = null): FoldNode => ({
  id,
  parent,
  group,
});
const mapped = (count: number): FoldNode[] =>
  Array.from({ length: count }, (_, i) => node(`score[${i}]`, null, "score"));
const read = (rows: ReturnType<typeof foldGroups>) =>
  rows.map(({ id, group, depth, open, folded }) =>
    [" ".repeat(depth), group ?? id, open ? " open" : "", folded.length > 0 ? ` +${folded.length}` : ""].join(
      "",
    ),
  );

test("a few of a kind stand in a row, and many in one", () => {
  const few = [node("load"), ...mapped(3), node("end")];
  expect(read(foldGroups(few, { turned: none, kept: none }))).toEqual([
    ...["load", "score[0]", "score[1]", "score[2]", "end"],
  ]);
  const many = [node("load"), ...mapped(3_000), node("end")];
  expect(read(foldGroups(many, { turned: none, kept: none }))).toEqual(["load", "score +3000", "end"]);
});

test("what holds the run is seen though its group is folded", () => {
  const kept = new Set(["score[7]"]);
  expect(read(foldGroups(mapped(20), { turned: none, kept }))).toEqual(["score +20", " score[7]"]);
});

test("a folded group opens, and an open one folds", () => {
  const [head] = foldGroups(mapped(13), { turned: none, kept: none });
  const opened = foldGroups(mapped(13), { turned: new Set([head?.id ?? ""]), kept: none });
  expect(read(opened).slice(0, 2)).toEqual(["score open", " score[0]"]);
  const group = [node("a"), node("a/b", "a"), node("a/c", "a")];
  expect(read(foldGroups(group, { turned: none, kept: none }))).toEqual(["a open", " a/b", " a/c"]);
  expect(read(foldGroups(group, { turned: new Set(["a"]), kept: none }))).toEqual(["a +2"]);
});

test("each node is in one row or folded into one, whatever is whose parent", () => {
  const id = fc.nat(40).map(String);
  const some = fc.uniqueArray(
    fc.record({ id, parent: fc.option(id), group: fc.option(fc.constantFrom("g", "h")) }),
    { selector: (n) => n.id, maxLength: 40 },
  );
  fc.assert(
    fc.property(some, fc.uniqueArray(id), (nodes, turned) => {
      const rows = foldGroups(nodes, { turned: new Set(turned), kept: none });
      const found = rows.flatMap((row) => [...(row.group === undefined ? [row.id] : []), ...row.folded]);
      expect(found.toSorted()).toEqual(nodes.map((n) => n.id).toSorted());
    }),
  );
});
