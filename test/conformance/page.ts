import { code, table } from '../docs/markdown';
import { CASES } from './cases';
import type { Difference } from './compare';
import { EXPLANATIONS, explanationOf, NOT_IN_SDK, NOT_SENT } from './explained';
import { REQUESTS } from './requests';

/** The page `docs/conformance.md`, from what the test has found. */
export function conformancePage(found: Difference[], sdkVersion: string): string {
	return `${[
		'# The official client beside ours',
		'<!-- Made by `npm run docs` from what test/conformance finds; the test compares them. -->',
		`The same ${CASES.length} wishes are given to DingTalk's official SDK (\`@alicloud/dingtalk\` ${sdkVersion}) and to the built node in n8n's engine, both against the local DingTalk. Method, path, query (as it is encoded), every header and every field of the body are compared; upload keys and tokens, which the service hands out, count as equal. A difference that is not explained below fails the test, and so does an explanation of a difference that is not there.`,
		'## The calls',
		table(
			['Call', 'In the SDK', 'Cases', 'Explained differences'],
			REQUESTS.map(({ call, method }) => [
				code(call),
				code(method),
				String(CASES.filter((each) => each.call === call).length),
				list(found.filter((each) => each.call === call).map(({ field }) => code(field))),
			]),
		),
		'## The differences',
		table(
			['Field', 'The SDK sends', 'The node sends', 'Why'],
			EXPLANATIONS.map((explanation) => {
				const seen = found.filter((each) => explanationOf(each) === explanation);
				const { field, sdk, node, why } = explanation;
				return [code(field), sdk ?? values(seen, 'sdk'), node ?? values(seen, 'node'), why];
			}),
		),
		'## What the node never sends',
		'Every other field of these requests of the SDK is sent by the node in at least one case.',
		table(
			['Call', 'Field', 'Why'],
			Object.entries(NOT_SENT).flatMap(([call, fields]) =>
				Object.entries(fields).map(([field, why]) => [code(call), code(field), why]),
			),
		),
		'## What the SDK does not have',
		NOT_IN_SDK.map(({ why }) => `- ${why}`).join('\n'),
	].join('\n\n')}\n`;
}

function values(seen: Difference[], who: 'sdk' | 'node'): string {
	return list(seen.map((each) => (each[who] === undefined ? 'nothing' : code(each[who]))));
}

function list(texts: string[]): string {
	return [...new Set(texts)].join(', ');
}
