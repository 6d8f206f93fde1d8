type RawParams = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface CompareParams {
  readonly other: string | undefined;
  /** Whether what is alike is shown, too. */
  readonly all: boolean;
  readonly ignored: string | undefined;
}

/** Reads `?with=` and `?show=`. What is wrong in them is left out and told; it never fails. */
export function readCompareParams(raw: RawParams): CompareParams {
  const one = (name: string) => {
    const value = raw[name];
    return (typeof value === "string" ? value : value?.[0]) || undefined;
  };
  const show = one("show");
  const known = show === undefined || show === "all" || show === "differences";
  return {
    other: one("with"),
    all: show === "all",
    ignored: known ? undefined : `show=${show.slice(0, 40)} (one of all, differences)`,
  };
}
