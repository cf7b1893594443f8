import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { machine, today } from '../measure/machine';
import { projectFolder } from '../measure/places';
import { toMarkdown, type RowReport } from '../measure/report';

const path = join(projectFolder, 'docs', 'benchmarks.md');

/**
 * Puts a row into the document. Rows of other runs stay, as long as they are of this machine:
 * ratios of two machines do not belong on one page.
 */
export async function writeDocument(report: RowReport): Promise<void> {
	const sections = await readSections();
	sections.set(report.id, `${toMarkdown(report)}\n\nMeasured on ${today()}.`);
	const ordered = [...sections].sort(([a], [b]) => a.localeCompare(b));
	const text = [head(), ...ordered.map(([id, section]) => `${marker(id)}\n${section}`)].join(
		'\n\n',
	);
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, `${text}\n`);
}

async function readSections(): Promise<Map<string, string>> {
	const text = await readFile(path, 'utf8').catch(() => '');
	if (!text.includes(machine())) return new Map();
	const [, ...parts] = text.split(/^<!-- row (\w) -->\n/m);
	const pairs = parts.flatMap((part, index) =>
		index % 2 === 0 ? [[part, parts[index + 1].trim()] as const] : [],
	);
	return new Map(pairs);
}

const marker = (id: string) => `<!-- row ${id} -->`;

function head(): string {
	return `# Benchmarks

Each figure is a ratio within one run on one machine: contenders take turns, the medians count.
Service and storage are the local ones of \`test/services/dingtalk\` and, in rows (f) and (g),
\`test/services/pds\`, each in a process of their own; the network is the loopback interface, so what shows is the work of the node, not the wire.

Repeat it with \`npm run bench\` (all rows; needs Linux, about 8 GiB of disk and 45 minutes),
\`npm run bench -- a c\` (those rows), \`--runs 5\` (more runs than 3) or \`--quick\` (small sizes, to
see that it works; not written here). This page is written by it.

${machine()}`;
}
