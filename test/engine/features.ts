import type { TestContext } from 'vitest';

import { requireFromCore } from './n8n-folder';

/** What n8n has not always had, by the n8n-core that has it first. All else holds in every n8n. */
const CAME_WITH = {
	'the combined binary mode': '2.5.0',
	'the size of a stored file in bytes': '2.5.0',
	'the names of missing parameters in its error': '2.27.0',
	'an egress filter': '2.28.0',
	'a package of its own for the stores of files': '2.33.0',
	'a store that removes what it has of a broken file': '2.33.0',
	"a credential test that tells the node's own reason": '2.34.0',
} as const;

type Feature = keyof typeof CAME_WITH;

const { version } = requireFromCore('n8n-core/package.json') as { version: string };

/** Whether an n8n has it, by the version of its n8n-core; that of the engine unless told. */
export function has(feature: Feature, core = version): boolean {
	return !isOlder(core, CAME_WITH[feature]);
}

/** Leaves the running test out, named in the output, where n8n lacks what it is about. */
export function needs({ skip }: TestContext, feature: Feature): void {
	skip(!has(feature), `n8n-core ${version} lacks ${feature}`);
}

/** What n8n says, before a node runs, of a required parameter that is empty. */
export function refusalWithout(label: string): string {
	const names = has('the names of missing parameters in its error');
	return names ? `Parameter "${label}" is required` : 'The workflow has issues';
}

function isOlder(version: string, than: string): boolean {
	const [own, other] = [version, than].map((text) => text.split('.').map(Number));
	const at = own.findIndex((part, index) => part !== other[index]);
	return at >= 0 && own[at] < other[at];
}
