/** Every scenario. */
import type { Scenario } from "./scenario.ts";
import { airflowScenarios } from "./scenarios/airflow.ts";
import { airflowRules } from "./scenarios/airflow-rules.ts";
import { asItUsuallyGoes } from "./scenarios/as-it-usually-goes.ts";
import { azureScenarios } from "./scenarios/azure.ts";
import { beats } from "./scenarios/beats.ts";
import { caching } from "./scenarios/caching.ts";
import { clocks } from "./scenarios/clocks.ts";
import { compute } from "./scenarios/compute.ts";
import { ends } from "./scenarios/ends.ts";
import { engineScenarios } from "./scenarios/engines.ts";
import { validation } from "./scenarios/finalizing-and-validation.ts";
import { heldGroups } from "./scenarios/held-groups.ts";
import { lateAndOld } from "./scenarios/late-and-old.ts";
import { mixed } from "./scenarios/mixed.ts";
import { outputs } from "./scenarios/outputs.ts";
import { plainProducers } from "./scenarios/plain-producers.ts";
import { slots } from "./scenarios/slots.ts";
import { toldInOneGo } from "./scenarios/told-in-one-go.ts";
import { toldWaits } from "./scenarios/told-waits.ts";
import { underOneId } from "./scenarios/under-one-id.ts";
import { unfinishedWork } from "./scenarios/unfinished-work.ts";
import { waits } from "./scenarios/waits.ts";
import { weakEvidence } from "./scenarios/weak-evidence.ts";
import { wordsOfOthers } from "./scenarios/words-of-others.ts";

export const scenarios: readonly Scenario[] = [
  ...beats,
  ...clocks,
  ...outputs,
  ...unfinishedWork,
  ...ends,
  ...airflowScenarios,
  ...airflowRules,
  ...engineScenarios,
  ...waits,
  ...toldWaits,
  ...heldGroups,
  ...compute,
  ...azureScenarios,
  ...caching,
  ...mixed,
  ...validation,
  ...slots,
  ...underOneId,
  ...weakEvidence,
  ...plainProducers,
  ...lateAndOld,
  ...wordsOfOthers,
  ...toldInOneGo,
  ...asItUsuallyGoes,
];
