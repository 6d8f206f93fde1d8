import { describe, expect, it } from "vitest";
import { homeHref, readHomeParams } from "@/app/search-params";
import { NO_FILTERS } from "@/lib/client/run-query-params";

describe("the address of the home page", () => {
  it("holds names with commas, colons, slashes and percent signs, and gives them back", () => {
    const filters = { ...NO_FILTERS, pipeline: ["load, clean", "s3://a/b%20c", "C:\\jobs"] };
    const { search } = new URL(homeHref(filters), "http://localhost");
    expect(readHomeParams(Object.fromEntries(new URLSearchParams(search))).filters).toEqual(filters);
  });

  it("still reads a list that was written by hand", () => {
    expect(readHomeParams({ state: "stuck, open" }).filters.state).toEqual(["stuck", "open"]);
  });
});
