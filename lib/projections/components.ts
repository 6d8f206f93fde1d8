/** Tarjan's strongly connected components, with its own stack so that a chain of any length is safe. By key. */
export function componentsOf(
  edges: readonly { readonly from: string; readonly to: string }[],
): Map<string, number> {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const known = next.get(from);
    if (known) known.push(to);
    else next.set(from, [to]);
    if (!next.has(to)) next.set(to, []);
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const component = new Map<string, number>();
  const open: string[] = [];
  let components = 0;
  for (const start of next.keys()) {
    if (index.has(start)) continue;
    const work = [{ key: start, at: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1];
      if (!frame) break;
      const { key } = frame;
      if (frame.at === 0) {
        index.set(key, index.size);
        low.set(key, index.get(key) ?? 0);
        open.push(key);
      }
      const child = next.get(key)?.[frame.at];
      frame.at += 1;
      if (child !== undefined) {
        if (!index.has(child)) work.push({ key: child, at: 0 });
        else if (!component.has(child)) low.set(key, Math.min(low.get(key) ?? 0, index.get(child) ?? 0));
        continue;
      }
      work.pop();
      const above = work[work.length - 1];
      if (above) low.set(above.key, Math.min(low.get(above.key) ?? 0, low.get(key) ?? 0));
      if (low.get(key) === index.get(key)) {
        for (
          let member = open.pop();
          member !== undefined;
          member = member === key ? undefined : open.pop()
        ) {
          component.set(member, components);
          if (member === key) break;
        }
        components += 1;
      }
    }
  }
  return component;
}
