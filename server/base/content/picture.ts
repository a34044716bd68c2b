import { create } from "xmlbuilder2";

/** A logo that a page shows at once on a phone. */
const MOST_BYTES = 64_000;
/** Sides of a PNG: it is drawn some 40 pixels high, twice as many on fine screens. */
const MOST_PIXELS = 2_000;

export type PictureType = "image/svg+xml" | "image/png";

/** @param name of a file that ends in .svg or .png */
export const pictureType = (name: string): PictureType => (name.endsWith(".svg") ? "image/svg+xml" : "image/png");

/** Why a picture cannot be shown, as sentences that say what to do; null if it can. */
export function pictureProblem(bytes: Buffer, type: PictureType): string | null {
  if (bytes.length > MOST_BYTES)
    return `The picture has ${bytes.length} bytes; at most ${MOST_BYTES} are shown. Save it smaller, or as a plain SVG.`;
  return type === "image/png" ? pngProblem(bytes) : svgProblem(bytes.toString("utf8"));
}

const PNG_BEGINS = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function pngProblem(bytes: Buffer): string | null {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(PNG_BEGINS))
    return "This is no PNG, whatever its name says. Save it as PNG again.";
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return Math.max(width, height) > MOST_PIXELS || Math.min(width, height) < 1
    ? `The picture is ${width} by ${height} pixels; at most ${MOST_PIXELS} are shown. Save it smaller.`
    : null;
}

/** Shapes, words and colours: what draws, and nothing that runs, loads or moves. */
const ELEMENTS =
  "svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon text tspan linearGradient radialGradient stop clipPath mask pattern style".split(
    " ",
  );
const ELEMENT = 1;
const WITHIN = /^#[\w.-]+$/;
/** In styles: anything that loads, and the escapes that would hide it. */
const LOADS = /@import|\\|url\(\s*["']?(?!#)|image-set|expression|-moz-binding|behavior/i;

/**
 * Why an SVG is not shown. Browsers run nothing in a picture, and its address forbids scripts; what does not belong in
 * one is refused all the same, since files are opened and passed on in other ways too.
 */
function svgProblem(text: string): string | null {
  if (/<!(DOCTYPE|ENTITY)|<\?(?!xml\s)/i.test(text))
    return "Remove what begins with <! or <? from the SVG. Save it as plain SVG.";
  let root: Tree;
  try {
    root = create(text).root().node as unknown as Tree;
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
    return `This is no SVG that can be read: ${reason.slice(0, 120)}`;
  }
  if (root.localName !== "svg") return "This is no SVG: it does not begin with <svg>. Save it as SVG again.";
  return nodeProblem(root);
}

/** As much of a tree as is looked at. */
interface Tree {
  nodeType: number;
  nodeName: string;
  localName: string;
  textContent: string | null;
  childNodes: Iterable<Tree>;
  attributes: Iterable<{ name: string; localName: string; value: string }>;
}

function nodeProblem(node: Tree): string | null {
  if (node.nodeType !== ELEMENT) return null;
  if (!ELEMENTS.includes(node.nodeName))
    return `Remove <${node.nodeName.slice(0, 40)}> from the SVG: a logo has shapes and words alone. Save it as plain SVG.`;
  if (node.nodeName === "style" && LOADS.test(node.textContent ?? ""))
    return "Remove what loads something from <style> in the SVG.";
  for (const { name, localName, value } of node.attributes) {
    if (/^on/i.test(localName)) return `Remove ${name} from <${node.nodeName}> in the SVG: it is a script.`;
    if (/^(href|src)$/i.test(localName) && !WITHIN.test(value))
      return `Remove ${name} from <${node.nodeName}> in the SVG: it loads or leads to something else.`;
    if (!/^xmlns/i.test(name) && LOADS.test(value))
      return `Remove ${name} from <${node.nodeName}> in the SVG: it loads something.`;
  }
  for (const child of node.childNodes) {
    const problem = nodeProblem(child);
    if (problem !== null) return problem;
  }
  return null;
}
