/** How many questions are really asked on every path, by walking them: what the line about questions to come is compared with. */
import { decide } from "#domain/policy/decision/decide.ts";
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";

/** A place in the wizard where something is asked, or the result, and the questions still asked from there on. */
export interface WalkedPlace {
  answers: Answers;
  /** Null for a result. */
  asked: string | null;
  fewest: number;
  most: number;
}

/** Every place that answering the questions can lead to, from the first question on. */
export function walkedPlaces(table: DecisionTable): WalkedPlace[] {
  const places: WalkedPlace[] = [];
  const walk = (answers: Answers): WalkedPlace => {
    const decision = decide(table, answers);
    const asked = decision.settled ? null : decision.needs[0];
    const possible = table.facts.find(({ name }) => name === asked)?.answers ?? [];
    const after = possible.map((answer) => walk({ ...answers, [asked ?? ""]: answer }));
    const place = {
      answers,
      asked,
      fewest: asked === null ? 0 : 1 + Math.min(...after.map(({ fewest }) => fewest)),
      most: asked === null ? 0 : 1 + Math.max(...after.map(({ most }) => most)),
    };
    places.push(place);
    return place;
  };
  walk({});
  return places;
}
