import { describe, expect, it } from "vitest";
import { all, lineageMessage, only, tell } from "../../testing/lineage.ts";

const fields = [{ name: "id", type: "bigint", description: "the key" }, { name: "price" }];

describe("columns", () => {
  it("are told of inputs and outputs, from either place, with the type where there is one", () => {
    const told = tell(
      lineageMessage({
        inputs: [{ namespace: "lake", name: "orders", facets: { schema: { fields } } }],
        outputs: [
          { namespace: "lake", name: "report", outputFacets: { schema: { fields: [{ name: "n" }] } } },
        ],
      }),
    );
    expect(all(told, "columns.told").map(({ as, dataset, columns }) => [as, dataset.name, columns])).toEqual([
      ["input", "orders", [{ name: "id", type: "bigint" }, { name: "price" }]],
      ["output", "report", [{ name: "n" }]],
    ]);
  });

  it("are no more than a thousand, and none where the list is empty", () => {
    const many = Array.from({ length: 1500 }, (_, i) => ({ name: `c${i}` }));
    const of = (given: unknown) =>
      tell(
        lineageMessage({ inputs: [{ namespace: "lake", name: "t", facets: { schema: { fields: given } } }] }),
      );
    expect(only(of(many), "columns.told").columns).toHaveLength(1000);
    expect(all(of([]), "columns.told")).toEqual([]);
  });
});

describe("assertions", () => {
  const assertions = [
    { assertion: "not_null", column: "id", success: true },
    {
      assertion: "unique",
      name: "one row an order",
      success: false,
      severity: "warn",
      expected: 0,
      actual: "3",
    },
  ];

  it("are read where dbt puts them: on what a test reads, among the facets of a dataset", () => {
    const told = tell(
      lineageMessage({
        inputs: [{ namespace: "lake", name: "orders", facets: { dataQualityAssertions: { assertions } } }],
      }),
    );
    expect(all(told, "dataset.checked")).toMatchObject([
      { dataset: { name: "orders" }, assertion: "not_null", column: "id", success: true },
      { assertion: "one row an order", success: false, severity: "warn", expected: "0", actual: "3" },
    ]);
  });

  it("are read where the standard puts them", () => {
    const inputFacets = { dataQualityAssertions: { assertions } };
    const told = tell(lineageMessage({ inputs: [{ namespace: "lake", name: "orders", inputFacets }] }));
    expect(all(told, "dataset.checked")).toHaveLength(2);
  });

  it("keep those that failed, where there are too many", () => {
    const many = [
      ...Array.from({ length: 300 }, (_, i) => ({ assertion: `a${i}`, success: true })),
      assertions[1],
    ];
    const outputs = [
      { namespace: "lake", name: "t", facets: { dataQualityAssertions: { assertions: many } } },
    ];
    const checked = all(tell(lineageMessage({ outputs })), "dataset.checked");
    expect(checked).toHaveLength(200);
    expect(checked[0]).toMatchObject({ success: false });
  });

  it("of the run as a whole name no dataset, and what was skipped was not checked", () => {
    const tests = [
      { name: "row_count", status: "PASS" },
      { name: "freshness", status: "fail", expected: "1d", actual: "4d" },
      { name: "later", status: "skip" },
    ];
    const told = all(tell(lineageMessage({ run: { test: { tests } } })), "dataset.checked");
    expect(told.map(({ assertion, success, dataset }) => [assertion, success, dataset])).toEqual([
      ["row_count", true, undefined],
      ["freshness", false, undefined],
    ]);
  });

  it("that cannot be read cost only themselves, and are noted", () => {
    const dataQualityAssertions = { assertions: [{ assertion: "a", success: "yes" }, assertions[0]] };
    const told = tell(
      lineageMessage({ inputs: [{ namespace: "lake", name: "t", facets: { dataQualityAssertions } }] }),
    );
    expect(all(told, "dataset.checked")).toHaveLength(1);
    expect(only(told, "ingest.noted").path).toContain("assertions[0].success");
  });
});

describe("parameters", () => {
  it("are told by name, as texts", () => {
    const parameters = [{ key: "days", value: 365 }, { key: "full", value: true }, { key: "empty" }];
    const observed = only(
      tell(lineageMessage({ run: { executionParameters: { parameters } } })),
      "attempt.observed",
    );
    expect(observed.parameters).toEqual({ days: "365", full: "true", empty: "" });
  });
});
