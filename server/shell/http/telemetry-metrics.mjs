// @ts-check
// What /api/metrics says, as OpenTelemetry has it.
import { ValueType } from "@opentelemetry/api";
import { AggregationTemporality, DataPointType } from "@opentelemetry/sdk-metrics";
import { shared } from "../../base/process-shared.mjs";

/** @typedef {import("@opentelemetry/sdk-metrics").MetricData} MetricData */
/** @typedef {import("prom-client").MetricObjectWithValues<import("prom-client").MetricValue<string>>} Measured */
/** @typedef {Measured["values"][number] & { metricName?: string }} MeasuredValue */

/**
 * Gives the portal's metrics to OpenTelemetry's reader, as numbers since the start.
 * @param {import("@opentelemetry/resources").Resource} resource
 * @returns {import("@opentelemetry/sdk-metrics").MetricProducer}
 */
export function metricProducer(resource) {
  const startTime = now();
  return {
    collect: async () => {
      const measured = (await shared.listMetrics?.()) ?? [];
      const times = { startTime, endTime: now() };
      const metrics = measured.flatMap((one) => (one.values.length > 0 ? [toMetric(one, times)] : []));
      return { resourceMetrics: { resource, scopeMetrics: [{ scope: { name: "with-care" }, metrics }] }, errors: [] };
    },
  };
}

/** @typedef {{ startTime: [number, number], endTime: [number, number] }} Times */

/** @returns {[number, number]} seconds, and nanoseconds of them */
function now() {
  const at = Date.now();
  return [Math.floor(at / 1000), (at % 1000) * 1e6];
}

/** @param {Measured} measured @param {Times} times @returns {MetricData} */
function toMetric({ name, help, type, values }, times) {
  const descriptor = { name, description: help, unit: "", valueType: ValueType.DOUBLE };
  const aggregationTemporality = AggregationTemporality.CUMULATIVE;
  const point = (/** @type {MeasuredValue} */ { value, labels }) => ({ ...times, attributes: text(labels), value });
  // prom-client has words for its types, and declares numbers.
  switch (String(type)) {
    case "counter":
      return {
        descriptor,
        aggregationTemporality,
        dataPointType: DataPointType.SUM,
        isMonotonic: true,
        dataPoints: values.map(point),
      };
    case "histogram":
      return {
        descriptor,
        aggregationTemporality,
        dataPointType: DataPointType.HISTOGRAM,
        dataPoints: toHistograms(values, times),
      };
    default:
      return { descriptor, aggregationTemporality, dataPointType: DataPointType.GAUGE, dataPoints: values.map(point) };
  }
}

/**
 * One for each set of labels: prom-client has a value for each bound with all below it, and two for sum and count.
 * @param {MeasuredValue[]} values
 * @param {Times} times
 */
function toHistograms(values, times) {
  /** @type {Map<string, { attributes: Record<string, string>, bounds: number[], upTo: number[], sum: number }>} */
  const found = new Map();
  for (const { metricName = "", labels, value } of values) {
    const { le, ...attributes } = text(labels);
    const key = JSON.stringify(attributes);
    const one = found.get(key) ?? { attributes, bounds: [], upTo: [], sum: 0 };
    found.set(key, one);
    if (metricName.endsWith("_sum")) one.sum = value;
    if (le === undefined) continue;
    if (le !== "+Inf") one.bounds.push(Number(le));
    one.upTo.push(value);
  }
  return [...found.values()].map(({ attributes, bounds: boundaries, upTo, sum }) => {
    const counts = upTo.map((count, at) => count - (upTo[at - 1] ?? 0));
    return { ...times, attributes, value: { buckets: { boundaries, counts }, count: upTo.at(-1) ?? 0, sum } };
  });
}

/** @param {Partial<Record<string, string | number>>} labels @returns {Record<string, string>} */
const text = (labels) => Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
