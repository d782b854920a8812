/**
 * The network document: plain, versioned JSON and the only source of truth.
 *
 * Everything else (shapes, counts, problems, code, the running model) is derived from it.
 * This file states its structure once, as a zod schema; types and the published JSON Schema
 * are derived from the same declaration.
 */
import { z } from 'zod';
import { optimizer } from './optimizers';

/** The strict Content-Security-Policy forbids `new Function`, which zod would otherwise probe for. */
z.config({ jitless: true });

export const DOCUMENT_VERSION = 1;

const id = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]+$/u, 'an id may not hold control characters')
  .refine((value) => value !== '__proto__', 'this id is reserved');

const finite = z.number().finite();
/** A hyperparameter's value: any JSON. What a layer makes of it is checked by its declaration. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), finite, z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
);

/** A node id is a string, unique in its graph. */
export type NodeId = string;

/** A node's port: `[node id, port name]`. */
const endpoint = z.tuple([id, z.string().min(1).max(100)]);

const node = z.strictObject({
  type: z.string().min(1).max(100).describe('The layer type, as in the catalogue.'),
  name: z.string().max(200).optional().describe('What people see; the id where absent.'),
  params: z.record(z.string(), json).optional().describe('Hyperparameters that differ from the defaults.'),
  at: z.tuple([finite, finite]).optional().describe('Where the node lies on the canvas, in pixels.'),
  tiedTo: id
    .optional()
    .describe(
      'Shares the weights of that node: of the same type, or the embedding that an embeddingProjection goes back by.',
    ),
  trainable: z.boolean().optional().describe('`false` freezes the weights.'),
  note: z.string().max(10_000).optional().describe("The author's remark."),
  repeat: z
    .union([z.int().min(1).max(1000), z.string().min(1).max(200)])
    .optional()
    .describe('Of a block: so many copies in a chain, the first output into the first input.'),
  along: z
    .record(z.string(), z.array(json).min(1))
    .optional()
    .describe('Of a repeated block: parameters that vary, a value for each copy; the last one holds on.'),
  shared: z.boolean().optional().describe('Of a repeated block: all copies share the weights of the first.'),
});

const edge = z.strictObject({ from: endpoint, to: endpoint });

const graph = z.strictObject({
  nodes: z.record(id, node),
  edges: z.array(edge),
});

const block = z.strictObject({
  title: z.string().max(200).optional().describe('What people see; the id where absent.'),
  note: z.string().max(10_000).optional().describe("The author's remark."),
  params: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a parameter is named by letters, digits and _'), json)
    .optional()
    .describe('Parameters with their defaults. Hyperparameters inside may be expressions over them.'),
  graph: graph.describe('Nodes of type blockInput and blockOutput are the ports; their ids are the names.'),
});

const phase = z.strictObject({
  name: z.string().max(200).optional(),
  minimise: z
    .union([z.literal('all'), z.array(id)])
    .default('all')
    .describe('The loss nodes this phase minimises.'),
  train: z
    .union([z.literal('all'), z.array(id)])
    .default('all')
    .describe('The nodes whose weights this phase changes.'),
  optimizer: optimizer.prefault({ type: 'adam' }),
});

const training = z.strictObject({
  dataset: z.string().max(200).optional().describe('A data set of the catalogue.'),
  batchSize: z.int().min(1).max(65_536).default(64),
  epochs: z.int().min(1).max(100_000).default(10),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  shuffle: z.boolean().default(true),
  validationSplit: finite
    .min(0)
    .max(0.9)
    .optional()
    .describe("The share of samples held out. Absent: the data set's own test part, else 0.2."),
  stopping: z
    .strictObject({
      patience: z.int().min(1).max(100_000).default(5),
      minDelta: finite.min(0).default(0),
      restoreBest: z.boolean().default(true),
    })
    .optional()
    .describe('Ends the run when the validation loss has not become less for so many epochs.'),
  timeLimit: finite.positive().max(10_000_000).optional().describe('Seconds after which the run ends.'),
  phases: z
    .array(phase)
    .min(1)
    .default([{ minimise: 'all', train: 'all', optimizer: optimizer.parse({ type: 'adam' }) }]),
});

/** The whole document. Reading through this schema fills in the training defaults. */
export const documentSchema = z.strictObject({
  format: z.literal('tensorloom'),
  version: z.literal(DOCUMENT_VERSION),
  name: z.string().max(200).default('Untitled'),
  graph,
  blocks: z.record(id, block).optional(),
  training: training.prefault({}),
});

/** The clipboard's content. */
export const fragmentSchema = z.strictObject({
  format: z.literal('tensorloom-fragment'),
  ...graph.shape,
  blocks: z.record(id, block).optional(),
});

export type Endpoint = z.infer<typeof endpoint>;
export type NetworkNode = z.infer<typeof node>;
export type Edge = z.infer<typeof edge>;
export type Graph = z.infer<typeof graph>;
export type Block = z.infer<typeof block>;
export type Phase = z.infer<typeof phase>;
export type Training = z.infer<typeof training>;
export type NetworkDocument = z.infer<typeof documentSchema>;
