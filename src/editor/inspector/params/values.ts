import type { Json } from '@/document';
import type { ParamSpec } from '@/layers';
import type { ParamValue } from './ParamField';

/** What a field shows for one node, or for several that may differ. `raw` holds undefined for the default. */
export function paramValue(spec: ParamSpec, raws: readonly (Json | undefined)[]): ParamValue {
  const [raw] = raws;
  const mixed = new Set(raws.map((value) => JSON.stringify(value ?? spec.default))).size > 1;
  if (raw === undefined || mixed) return { raw, value: spec.default, ...(mixed && { mixed }) };
  const read = spec.read(raw);
  return 'error' in read ? { raw, value: spec.default, problem: read.error } : { raw, value: read.value };
}
