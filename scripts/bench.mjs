/**
 * `npm run bench`: runs every tests/bench/*.bench.ts, one after the other, and writes their tables to
 * docs/performance.md.
 *
 *   npm run bench                 all of them
 *   npm run bench -- inference    those whose file name holds this word; the other tables stay as they are
 *
 * A benchmark's default export is `{ title, run() }`, and `run` gives `{ table, notes? }`, the table in Markdown.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './support/browser.mjs';
import { ensureInstalled, fail, importTypeScript, ROOT, requireNode } from './support/project.mjs';

const FOLDER = 'tests/bench';
const PAGE = join(ROOT, 'docs/performance.md');
const ENDING = '.bench.ts';

requireNode();
ensureInstalled();

const names = readdirSync(join(ROOT, FOLDER))
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length))
  .sort();
const wanted = process.argv[2] ?? '';
const chosen = names.filter((name) => name.includes(wanted));
if (chosen.length === 0) fail(`No benchmark is called “${wanted}”. There are: ${names.join(', ')}`);

const browser = await findBrowser();
if (browser !== undefined) process.env.TENSORLOOM_CHROMIUM = browser;

const sections = keptSections();
for (const name of chosen) {
  console.log(`\n▶ ${name}`);
  const { default: bench } = await importTypeScript(join(FOLDER, `${name}${ENDING}`));
  const { table, notes = [] } = await bench.run();
  const lines = [`## ${bench.title}`, '', table.trim(), ...notes.flatMap((note) => ['', note])];
  console.log(lines.join('\n'));
  sections.set(name, lines.join('\n'));
}
write();
// A benchmark may leave a backend's threads behind.
process.exit();

/** The sections of the present page, by the name of their benchmark. */
function keptSections() {
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const parts = page.split(/^<!-- (\S+) -->$/m).slice(1);
  const kept = new Map();
  for (let part = 0; part < parts.length; part += 2) {
    if (names.includes(parts[part])) kept.set(parts[part], parts[part + 1].trim());
  }
  return kept;
}

function write() {
  const [cpu] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpu?.model.trim()}, ${cpus().length} cores, ${gigabytes} GB, Node ${process.versions.node}`;
  const page = [
    '# Performance',
    'Made by `npm run bench`, which runs `tests/bench/*.bench.ts` and writes this page.',
    `Machine: ${machine}.`,
    ...names.filter((name) => sections.has(name)).map((name) => `<!-- ${name} -->\n\n${sections.get(name)}`),
  ];
  mkdirSync(join(ROOT, 'docs'), { recursive: true });
  writeFileSync(PAGE, `${page.join('\n\n')}\n`);
  console.log(`\nWrote ${PAGE}`);
}
