import { expect, it } from "vitest";
import { messageIdOf } from "./accepted.ts";

it("names a message as it always did: what is in a log already would come in a second time under another name", () => {
  const message = {
    run: { runId: "0190a8e2-7f33-7c1e-9d1a-2f6b1c4d5e6f", facets: {} },
    job: { namespace: "näme", name: 'a "quoted" \u0001\u007f\ud83d\ude00\ud800' },
    outputs: [{ name: "t", facets: { 10: 1e21, 9: -0, z: [null, true] } }],
  };
  expect(messageIdOf(message)).toBe("cfae49aa-a209-1acf-8076-96876ef3d33c");
});
