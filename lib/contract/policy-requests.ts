/** What may be asked of the policy, with a reason for each refusal. Apart from what the pages read: it knows all bounds. */
import { z } from "zod";
import { isThresholdName, type ThresholdName, thresholds } from "../diagnosis/policy.ts";

const NAME = 200;

const glob = (what: string) =>
  z
    .string({ error: `${what}, in which * stands for any characters, is missing or no text` })
    .trim()
    .min(1, `${what} must not be empty: * stands for all`)
    .max(NAME, `${what} may have at most ${NAME} characters`)
    .refine(
      (text) => text.isWellFormed() && !text.includes("\u0000"),
      "holds characters that cannot be stored",
    );
const said = (what: string) =>
  z
    .string({ error: `${what} is missing or no text` })
    .trim()
    .max(NAME, `${what} may have at most ${NAME} characters`)
    .refine(
      (text) => text.isWellFormed() && !text.includes("\u0000"),
      "holds characters that cannot be stored",
    );

const place = z.object({
  pipeline: glob("a glob of pipelines"),
  /** Left out, or null: for whole runs. */
  node: glob("a glob of node keys")
    .nullish()
    .transform((node) => node ?? null),
  who: said("who sets it").min(1, "say who sets it"),
  note: said("the note").default(""),
});

/** The threshold of that name, where there is one. */
export function thresholdNamed(name: string): ThresholdName | undefined {
  return isThresholdName(name) ? name : undefined;
}

/** What is asked of a threshold: that it has a value for some pipelines and nodes. */
export function settingOf(name: ThresholdName) {
  const { unit, least, most, of } = thresholds[name];
  const bounds = `${name} takes ${least} to ${most} ${unit}`;
  return z
    .strictObject({
      ...place.shape,
      value: z
        .number({ error: `${bounds}: a number is expected` })
        .min(least, bounds)
        .max(most, bounds),
    })
    .refine(({ node }) => of === "node" || node === null, {
      path: ["node"],
      message: `${name} holds for whole runs: leave the node out`,
    });
}

/** What is asked of an override: that it goes. */
export const clearing = z.strictObject(place.shape);

/** The body of a setting, as the OpenAPI document shows it. */
export const settingBody = z.object({
  value: z.number(),
  pipeline: z.string(),
  node: z.string().nullish(),
  who: z.string(),
  note: z.string().optional(),
});
