"use client";

import { useQuery } from "@tanstack/react-query";
import { ruleListQuery } from "@/lib/client/rule-queries";

/** A rule's title by its id; the id in words where the catalogue is not there. */
export function useRuleTitle(): (id: string) => string {
  const { data } = useQuery(ruleListQuery());
  return (id) => {
    const title = data?.rules.find((rule) => rule.id === id)?.title;
    if (title) return title;
    const words = id.replaceAll("-", " ");
    return words.charAt(0).toUpperCase() + words.slice(1);
  };
}

/** What a word for certainty means; the word itself where that is not there. */
export function useCertaintyMeaning(): (certainty: string) => string {
  const { data } = useQuery(ruleListQuery());
  return (certainty) => data?.certainties.find((each) => each.certainty === certainty)?.means ?? certainty;
}
