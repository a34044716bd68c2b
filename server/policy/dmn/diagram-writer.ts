import "server-only";

export const DECISION_ID = "decision";
export const NOTE_ID = "note";
export const NOTE_LINE_ID = "note-line";
export const inputId = (fact: string) => `input.${fact}`;
export const requirementId = (fact: string) => `requirement.${fact}`;

/** In the units of DMN diagrams, which modelling tools show as pixels. */
const WIDTH = 160;
const HEIGHT = 60;
const GAP = 40;
const TOP = 80;
const NOTE = { width: 460, height: 100 };
const BETWEEN_ROWS = 140;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A diagram of the model: the decision in the middle, its inputs in one row below it, what it is about beside it. */
export function diagramOf(facts: readonly string[]) {
  const row = facts.length * (WIDTH + GAP) - GAP;
  const decision: Box = { x: GAP + Math.max(0, (row - WIDTH) / 2), y: TOP, width: WIDTH, height: HEIGHT };
  const note: Box = { ...NOTE, x: decision.x + WIDTH + 2 * GAP, y: TOP + (HEIGHT - NOTE.height) / 2 };
  const inputs = facts.map((fact, at) => {
    const box = { x: GAP + at * (WIDTH + GAP), y: TOP + HEIGHT + BETWEEN_ROWS, width: WIDTH, height: HEIGHT };
    return { fact, box };
  });
  return {
    "dmndi:DMNDiagram": {
      "@id": "diagram",
      "@name": "Overview",
      "dmndi:DMNShape": [
        shape(DECISION_ID, decision),
        ...inputs.map(({ fact, box }) => shape(inputId(fact), box)),
        shape(NOTE_ID, note),
      ],
      "dmndi:DMNEdge": [
        ...inputs.map(({ fact, box }) =>
          edge(requirementId(fact), [middle(box), box.y], [middle(decision), decision.y + HEIGHT]),
        ),
        edge(NOTE_LINE_ID, [decision.x + WIDTH, TOP + HEIGHT / 2], [note.x, TOP + HEIGHT / 2]),
      ],
    },
  };
}

function shape(element: string, { x, y, width, height }: Box) {
  return {
    "@id": `shape.${element}`,
    "@dmnElementRef": element,
    "dc:Bounds": { "@x": x, "@y": y, "@width": width, "@height": height },
  };
}

function edge(element: string, ...points: [x: number, y: number][]) {
  return {
    "@id": `edge.${element}`,
    "@dmnElementRef": element,
    "di:waypoint": points.map(([x, y]) => ({ "@x": x, "@y": y })),
  };
}

function middle({ x, width }: Box): number {
  return x + width / 2;
}
